import type { Capabilities } from '../capabilities.ts';
import type { Refused } from '../refused.ts';
import type { BranchOf, Dotted } from '../split.ts';
import type { Expected } from '../expected.ts';

/** The paths that a caller may write; below a subtree any path. */
export type WritablePath<C extends Capabilities> = C['writable'] | `${C['writableSubtree']}.${string}`;

/** The paths that a caller can see: the public and filterable paths, and those above and below them. */
export type SeenPath<C extends Capabilities> =
  | C['public' | 'filterable']
  | BranchOf<C['public' | 'filterable'] & Dotted>
  | `${C['subtree']}.${string}`;

/** The error message for a value that its path does not accept. */
export type Mismatch<Path extends string, X, V = unknown> = undefined extends X
  ? Refused<`'${Path}' may be undefined: leave the key out instead`>
  : Refused<`'${Path}' takes a value of another type${Expected<V>}`>;
