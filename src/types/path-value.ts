import type { CarrierLike, ScalarLike } from './scalar.ts';
import type { Arrays, OneLess } from './split.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/**
 * The type at a dotted path of a document, through arrays as in the server; `never` if there is no such path. Only the segments of
 * this path are evaluated: enumerating all paths of a document of 15 keys, 3 branches and depth 4 costs 1.9 million
 * instantiations.
 */
export type ValueAt<T, P extends string> = P extends `${infer Head}.${infer Rest}`
  ? ValueAt<Step<T, Head>, Rest>
  : Step<T, P>;

/**
 * Below a type that names no keys (`unknown`, `object`) anything may be stored. To the server a number is an element where it
 * meets an array, so it is a key only where the type has none.
 */
type Step<T, K extends string, Left extends readonly unknown[] = Arrays> = T extends readonly (infer E)[]
  ? K extends `${bigint}`
    ? never
    : Left extends readonly []
      ? never
      : Step<E, K, OneLess<Left>>
  : T extends ScalarLike | CarrierLike
    ? never
    : K extends keyof T
      ? T[K]
      : IsNever<keyof T> extends true
        ? unknown
        : K extends `${number}`
          ? InMap<T, K>
          : never;

/** The values at a key of a map. `Record<number, V>` has them too, as its keys are stored as strings. */
export type InMap<T, K> = K extends keyof T ? T[K] : number extends keyof T ? T[number & keyof T] : never;

/** The kind of a path: `unknown` if it does not exist, `open` if the type has no fixed leaves. Most are leaves, so these are told first. */
export type PathKind<V> = [V] extends [ScalarLike]
  ? [V] extends [never]
    ? 'unknown'
    : 0 extends 1 & V
      ? 'open'
      : 'leaf'
  : unknown extends V
    ? 'open'
    : KindOf<V>;

/** `null` and `undefined` are allowed at leaves and branches, so they are ignored. */
type KindOf<V, Left extends readonly unknown[] = Arrays> = V extends null | undefined
  ? never
  : V extends ScalarLike
    ? 'leaf'
    : V extends CarrierLike
      ? 'carrier'
      : V extends readonly (infer E)[]
        ? IsOpen<E, Left> extends true
          ? 'open'
          : KindOf<E, OneLess<Left>>
        : IsMap<V> extends true
          ? 'open'
          : 'branch';

/** Whether a type names no field: it has only index signatures, as in `Record<number, T>`, or no key at all. */
export type IsMap<V> = string extends keyof V ? true : {} extends Record<keyof V, 1> ? true : false;

type IsOpen<E, Left> =
  IsAny<E> extends true ? true : unknown extends E ? true : Left extends readonly [] ? true : false;
