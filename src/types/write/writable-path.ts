import type { Capabilities } from '../capabilities.ts';
import type { Refused } from '../refused.ts';
import type { BranchOf } from '../split.ts';

/** The paths that a caller may write, and below a subtree any. */
export type WritablePath<C extends Capabilities> = C['writable'] | `${C['writableSubtree']}.${string}`;

/** What shows of a document: what is above, at and below its public and filterable paths. */
export type SeenPath<C extends Capabilities> =
  | C['public' | 'filterable']
  | BranchOf<C['public' | 'filterable']>
  | `${C['subtree']}.${string}`;

/** The sentence for a value that its path does not take. */
export type Mismatch<Path extends string, X> = undefined extends X
  ? Refused<`'${Path}' may be undefined: leave the key out instead`>
  : Refused<`'${Path}' takes a value of another type`>;
