import type { Node } from './syntax.ts';

/** A followed value: which part of the document it is, and the objects that it was put into. */
export interface Carried {
  /** `''` for the document, `profile` for that part. */
  readonly path: string;
  /** The keys of the objects around it: `['user']` for `{ user }`. */
  readonly packed: readonly string[];
  readonly without: readonly string[];
  /** The calls of functions that it was passed to, the last one last: what they return goes back there. */
  readonly calls: readonly { readonly owner: Node; readonly call: Node }[];
}
