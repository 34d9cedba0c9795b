import type { DocumentCarrier, Scalar } from '../scalar.ts';
import type { Branching, Tail } from '../split.ts';
import type { IsNever } from '../type-fest.ts';

/** The keys that an object can't do without. The methods of a class are no fields. */
export type RequiredKeys<T> = {
  [K in keyof T]-?: [Presence<T>[K]] extends [1] ? (T[K] extends Method ? never : K) : never;
}[keyof T];

/** Which keys may be missing, whatever their values are. */
type Presence<T> = { [K in keyof T]: 1 };

/** What a class has beside its fields. */
export type Method = (...args: never) => unknown;

/** The required fields of a document or a part of it that a caller may not write; `never` if a caller may write all of them. */
export type Lacking<T, W extends string> = {
  [K in RequiredKeys<T> & string]: K extends W
    ? never
    : K extends Branching<W>
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

/** The fields of a branch that a caller may not write, and the elements of its arrays of subdocuments; `never` where a caller may write all of it. */
export type Unwritable<V, W extends string, Whole extends string = never> = V extends readonly unknown[]
  ? '$[]'
  : V extends unknown
    ? {
        [K in keyof V & string]-?: K extends W | Whole
          ? never
          : K extends Branching<W>
            ? `${K}.${Unwritable<NonNullable<V[K]>, Tail<W, K>, Tail<Whole, K>>}`
            : K;
      }[keyof V & string]
    : never;
