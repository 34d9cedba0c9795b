import type { CarrierLike, ScalarLike } from './scalar.ts';
import type { Branching, Dotted, Malformed, Minus, Tail } from './split.ts';

/**
 * The paths that are no scalars of the document itself. Most paths of a view are, and to check each of those like the others costs the
 * compiler ten times as much. A path that the document does not have is left out, unless it is dotted.
 */
export type NotPlain<T, P> = (P & Dotted) | NotScalar<T, P & keyof T>;

type NotScalar<T, K extends keyof T> = {
  [N in K]-?: [T[N]] extends [ScalarLike] ? ([T[N]] extends [never] ? N : never) : N;
}[K];

/**
 * Whether all paths end at scalars, or at arrays of scalars, and `Arrays` are all arrays at and above them, each of depth 1. This is true of
 * most sets of paths of a view, and is asked for the whole set at once, because one path by itself costs the compiler a hundred times as much.
 */
export type ArePlain<T, P, Arrays> = [P & Malformed] extends [never] ? AreFields<T, P, Arrays> : false;

type AreFields<T, P, Arrays> = [P] extends [keyof T | Dotted]
  ? 0 extends 1 & T[P & keyof T]
    ? false
    : [T[Minus<P & keyof T, Arrays>], T[P & keyof T & Arrays]] extends [ScalarLike, readonly ScalarLike[] | undefined]
      ? [unknown[]] extends [T[P & keyof T & Arrays]]
        ? false
        : false extends AreBranches<T, P, Arrays, Branching<P>>
          ? false
          : true
      : false
  : false;

type AreBranches<T, P, Arrays, H> = H extends keyof T
  ? IsBranch<T[H], Tail<P, H>, Tail<Arrays, H>, H extends Arrays ? true : false>
  : false;

/** Each member of a union has to have all of the paths. `null` is allowed everywhere. */
type IsBranch<V, P, Arrays, IsArray> = V extends null | undefined
  ? never
  : V extends readonly (infer E)[]
    ? IsArray extends true
      ? IsBranch<E, P, Arrays, false>
      : false
    : IsArray extends true
      ? false
      : V extends ScalarLike | CarrierLike
        ? false
        : AreFields<V, P, Arrays>;
