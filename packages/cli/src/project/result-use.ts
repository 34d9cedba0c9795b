import type { Node } from './syntax.ts';

/** A place from which a document or a part of it can't be followed any further. */
export interface Exit {
  readonly how: 'response' | 'returned' | 'argument' | 'stored' | 'dynamic';
  /** The part of the document: `''` for all of it. */
  readonly path: string;
  readonly node: Node;
  /** The paths that were removed before: `delete user.password`, `const { password, ...rest }`. */
  readonly without: readonly string[];
}

/** How code uses the documents that a call returns. */
export interface ResultUse {
  /** The paths that are read, as far as they are known. */
  readonly paths: readonly string[];
  /** The nodes that read each path: an access, or an element of a pattern. */
  readonly reads: readonly { readonly path: string; readonly node: Node }[];
  /** The places where more than a single field is passed on. */
  readonly exits: readonly Exit[];
  /** The places where single fields are sent to a client. */
  readonly sent: readonly { readonly path: string; readonly node: Node }[];
}
