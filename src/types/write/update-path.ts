import type { DepthsOf } from '../array-paths.ts';
import type { IsMap, ValueAt } from '../path-value.ts';
import type { IsNever } from '../type-fest.ts';

/** A segment that says which elements of an array are meant. */
type Position = '$' | `$[${string}]`;

/** Whether an update path ends with a position, so that it means elements and not the field. */
export type EndsWithPosition<P> = P extends `${string}.${Position}` ? true : false;

/** The field of an update path, without the positions that say which elements are meant. */
export type FieldOf<P> = P extends `${string}.$${string}` ? WithoutPositions<P> : P & string;

type WithoutPositions<P> = P extends `${infer A}.$[${string}].${infer B}`
  ? FieldOf<`${A}.${B}`>
  : P extends `${infer A}.$[${string}]`
    ? A
    : P extends `${infer A}.$.${infer B}`
      ? FieldOf<`${A}.${B}`>
      : P extends `${infer A}.$`
        ? A
        : P & string;

/** The fields that an update writes with any operator. */
export type WrittenFields<U> = FieldOf<WrittenPaths<U>>;

/** The paths that some operators of an update write, with positions. Operators and paths may be optional or unions. */
export type WrittenPaths<U, Operator = unknown> = {
  [Name in keyof U]-?: Name extends Operator ? KeysIn<U[Name]> : never;
}[keyof U];

type KeysIn<X> = X extends unknown ? keyof X : never;

/** The type at an update path. If the path ends with a position, it is the type of the elements. */
export type UpdateValueAt<T, P extends string> = P extends `${infer Head}.${infer Rest}`
  ? UpdateValueAt<StepTo<T, Head>, Rest>
  : StepTo<T, P>;

type StepTo<T, S extends string> = S extends Position ? ElementOf<T> : ValueAt<T, S>;
type ElementOf<T> = T extends readonly (infer E)[] ? E : never;

/**
 * The first array that an update path goes through without a position, or `never`. If nothing is stored there, the server would make
 * an object.
 */
export type WholeArray<T, P extends string, Prefix extends string = ''> = P extends `${infer Head}.${infer Rest}`
  ? StepTo<T, Head> extends infer V
    ? Rest extends Position | `${Position}.${string}`
      ? WholeArray<V, Rest, `${Prefix}${Head}.`>
      : [DepthsOf<V>] extends [infer Depths]
        ? IsNever<Depths> extends true
          ? never
          : 0 extends Depths
            ? WholeArray<V, Rest, `${Prefix}${Head}.`>
            : `${Prefix}${Head}`
        : never
    : never
  : never;

/** Whether the field at the end of a path may be missing. */
export type IsOptionalAt<T, P extends string> = T extends readonly (infer E)[]
  ? IsOptionalAt<E, P>
  : P extends `${infer Head}.${infer Rest}`
    ? Head extends keyof T
      ? IsOptionalAt<NonNullable<T[Head]>, Rest>
      : IsMap<T>
    : IsMap<T> extends true
      ? true
      : P extends keyof T
        ? {} extends Pick<T, P>
          ? true
          : false
        : false;
