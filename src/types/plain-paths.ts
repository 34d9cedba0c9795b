import type { ScalarLike } from './scalar.ts';
import type { Dotted } from './split.ts';

/**
 * The paths that are no scalars of the document itself. Most paths of a view are, and to check each of those like the others costs the
 * compiler ten times as much. A path that the document does not have is left out, unless it is dotted.
 */
export type NotPlain<T, P> = (P & Dotted) | NotScalar<T, P & keyof T>;

type NotScalar<T, K extends keyof T> = {
  [N in K]-?: [T[N]] extends [ScalarLike] ? ([T[N]] extends [never] ? N : never) : N;
}[K];
