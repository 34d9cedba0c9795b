import type { Node } from './syntax.ts';

/** A place where a document leaves the code that can be followed, as a whole or in a part. */
export interface Exit {
  readonly how: 'response' | 'returned' | 'argument' | 'stored' | 'dynamic';
  /** The part of the document that leaves: `''` for all of it. */
  readonly path: string;
  readonly node: Node;
  /** What was taken out before: `delete user.password`, `const { password, ...rest }`. */
  readonly without: readonly string[];
}

/** What code does with the documents that a call returns. */
export interface ResultUse {
  /** The paths that are read, as far as they can be told. */
  readonly paths: readonly string[];
  /** Where each path is read: an access, or an element of a pattern. */
  readonly reads: readonly { readonly path: string; readonly node: Node }[];
  /** Where more than single fields goes on. */
  readonly exits: readonly Exit[];
  /** Where single fields are sent to a client: path and place. */
  readonly sent: readonly { readonly path: string; readonly node: Node }[];
}
