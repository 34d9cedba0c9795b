import type { DocumentCarrier, Scalar } from '../scalar.ts';
import type { Head, Tail } from '../split.ts';
import type { IsNever } from '../type-fest.ts';

/** The keys that an object can't do without. The methods of a class are no fields. */
export type RequiredKeys<T> = {
  [K in keyof T]-?: {} extends Pick<T, K> ? never : T[K] extends Method ? never : K;
}[keyof T];

/** What a class has beside its fields. */
export type Method = (...args: never) => unknown;

/** The required fields of a document, or of a part of it, that a caller may not write; `never` where a caller may make it whole. */
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

/** Whether an array of subdocuments is the caller's: no element lacks a field that only the program may set. */
export type IsCallersArray<V, W extends string> =
  NonNullable<V> extends readonly (infer E)[] ? IsNever<Lacking<E, W>> : false;
