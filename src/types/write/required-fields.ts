import type { DocumentCarrier, Scalar } from '../scalar.ts';
import type { Head, Tail } from '../split.ts';
import type { IsNever } from '../type-fest.ts';

/** The required keys of an object. */
export type RequiredKeys<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? never : K }[keyof T];

/** The required fields of a document or a part of it that a caller may not write; `never` if a caller may write all of them. */
export type Lacking<T, W extends string> = {
  [K in RequiredKeys<T> & string]: K extends W
    ? never
    : K extends Head<W>
      ? LackingBelow<NonNullable<T[K]>, K, Tail<W, K>>
      : K;
}[RequiredKeys<T> & string];

type LackingBelow<V, K, W extends string> = V extends Scalar | DocumentCarrier
  ? K
  : V extends readonly (infer E)[]
    ? Lacking<E, W>
    : Lacking<V, W>;

/** Whether a caller may write whole elements of an array: they require no field that only the program may set. */
export type IsCallersArray<V, W extends string> =
  NonNullable<V> extends readonly (infer E)[] ? IsNever<Lacking<E, W>> : false;
