import type { InMap, IsMap } from './path-value.ts';
import type { ScalarLike } from './scalar.ts';
import type { Arrays, Begun, Head, OneLess, Tail } from './split.ts';

/**
 * The part of a public type that a projection names. It walks only the projected keys of the public type, which is small, so its
 * cost does not depend on the document.
 */
export type ProjectedPaths<T, P extends string, Left extends readonly unknown[] = Arrays> = unknown extends T
  ? T
  : T extends ScalarLike
    ? T
    : T extends readonly (infer E)[]
      ? Left extends readonly []
        ? unknown[]
        : ProjectedPaths<E, P, OneLess<Left>>[]
      : IsMap<T> extends true
        ? { [K in Head<P>]?: K extends P ? InMap<T, K> : ProjectedPaths<InMap<T, K>, Tail<P, K>> }
        : ProjectedFields<T, P, Begun<T, P>>;

/** Conditional, because an editor would show a plain mapped type by the name of this one. */
type ProjectedFields<T, P extends string, Keys extends keyof T> = T extends unknown
  ? { -readonly [K in Keys]: ProjectedField<T, K, P> }
  : never;

type ProjectedField<T, K extends keyof T, P extends string> = K extends P ? T[K] : ProjectedPaths<T[K], Tail<P, K>>;

/** The public type with every field optional, for a projection that is chosen at run time. */
export type PartialDeep<T, Left extends readonly unknown[] = Arrays> = unknown extends T
  ? T
  : T extends ScalarLike
    ? T
    : T extends readonly (infer E)[]
      ? Left extends readonly []
        ? T
        : PartialDeep<E, OneLess<Left>>[]
      : { -readonly [K in keyof T]?: PartialDeep<T[K]> };
