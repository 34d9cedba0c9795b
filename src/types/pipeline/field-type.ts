import type { InMap, IsMap } from '../path-value.ts';
import type { ScalarLike } from '../scalar.ts';
import type { IsNever } from '../type-fest.ts';

/** The type of a field path in an expression, through arrays as in the server. `undefined` if it may be missing. */
export type FieldType<T, P extends string> =
  P extends FixedKeys<T>
    ? T[P & keyof T]
    : P extends `${infer Head}.${infer Rest}`
      ? Head extends FixedKeys<T>
        ? FieldType<T[Head & keyof T], Rest>
        : FieldType<Get<T, Head>, Rest>
      : Get<T, P>;

/**
 * The keys that every document of a type names. A path that is one of them needs no walk, and most are. An array has none, as its elements
 * are meant.
 */
export type FixedKeys<T> = [T] extends [readonly unknown[]] ? never : true extends AnyMap<T> ? never : keyof T;

type AnyMap<T> = T extends unknown ? IsMap<T> : never;

type Get<T, K extends string> = unknown extends T
  ? unknown
  : T extends readonly (infer E)[]
    ? Exclude<Get<E, K>, undefined>[]
    : T extends ScalarLike
      ? undefined
      : K extends keyof T
        ? T[K] | MissingIn<T>
        : K extends `${number}`
          ? InMap<T, K> | undefined
          : undefined;

/** A map may lack any key. */
type MissingIn<T> = IsMap<T> extends true ? undefined : never;

/** Whether there is a field at a path. Below a type without fixed leaves there may be any. */
export type HasField<T, P extends string> =
  P extends FixedKeys<T>
    ? true
    : P extends `${infer Head}.${infer Rest}`
      ? Head extends FixedKeys<T>
        ? HasField<T[Head & keyof T], Rest>
        : HasField<Step<T, Head>, Rest>
      : IsNever<Step<T, P>> extends true
        ? false
        : true;

/** The values at a path, through arrays; `never` if there is no such path. */
export type Reached<T, P extends string> = P extends `${infer Head}.${infer Rest}`
  ? Reached<Step<T, Head>, Rest>
  : Step<T, P>;

type Step<T, K extends string> = unknown extends T
  ? unknown
  : T extends readonly (infer E)[]
    ? K extends `${bigint}`
      ? never
      : Step<E, K>
    : T extends ScalarLike
      ? never
      : K extends keyof T
        ? T[K]
        : K extends `${number}`
          ? InMap<T, K>
          : never;

/** The elements of an array, `never` for other types, and `unknown` for `unknown`. */
export type Elements<V> = unknown extends V ? unknown : V extends readonly (infer E)[] ? E : never;

/** `null` if a value may be `null` or missing. */
export type NullFrom<V> = unknown extends V ? null : Extract<V, null | undefined> extends never ? never : null;

/** A value that can't be missing: in an array, and as the key of a group, a missing value is `null`. */
export type Present<V> = unknown extends V ? unknown : undefined extends V ? Exclude<V, undefined> | null : V;

/** The value without `null` and `undefined`. */
export type Given<V> = unknown extends V ? unknown : Exclude<V, null | undefined>;
