import type { IsUnion } from '../is-union.ts';
import type { PathKind } from '../path-value.ts';
import type { Refused } from '../refused.ts';
import type { ScalarLike } from '../scalar.ts';
import type { IsAny } from '../type-fest.ts';
import type { NoVariables } from './accumulator-types.ts';
import type { CheckExpression, CheckPath } from './check-expression.ts';
import type { Collapse } from './collapse.ts';
import type { HasField, Reached } from './field-type.ts';
import type { Excluded, IsFields } from './nested-fields.ts';

/** The fields of `$addFields`. An object over an existing branch sets fields in it. */
export type CheckFields<T, A> = [keyof A] extends [never]
  ? Refused<'this stage needs at least one field'>
  : Collapse<{ readonly [K in keyof A]: CheckField<T, T, K, A[K], ''> }>;

type CheckField<Root, Here, K, X, Prefix extends string> = K extends `${string}.${string}` | `$${string}`
  ? Refused<`'${K}' is not a field name that a stage can make`>
  : [Extract<X, object>] extends [never]
    ? CheckExpression<Root, X, NoVariables>
    : CheckObject<Root, Here, K & string, X, Prefix, 'set'>;

/** Either all marks leave out, or each brings in a path or makes a field. */
export type CheckProject<T, A> = [keyof A] extends [never]
  ? Refused<'a $project needs at least one field'>
  : [Exclude<keyof A, Excluded<A>>] extends [never]
    ? [keyof A] extends ['_id']
      ? Refused<'a $project must return at least one field'>
      : Collapse<{ readonly [K in keyof A]: CheckGone<T, K> }>
    : Collapse<{ readonly [K in keyof A]: CheckNamed<T, A, K> }>;

/** A path that a stage takes away. */
export type CheckGone<T, P> = P extends string
  ? P extends '_id'
    ? unknown
    : string extends P
      ? Refused<'write the path as a literal'>
      : CheckPath<T, P>
  : string;

type CheckNamed<T, A, K extends keyof A> =
  IsFields<A[K]> extends true
    ? [Extract<keyof A, `${K & string}.${string}`>] extends [never]
      ? CheckMark<T, T, K, A[K], ''>
      : Refused<`'${K & string}' is named twice: by an object and by a path`>
    : CheckMark<T, T, K, A[K], ''>;

/** A mark that may be another one, or missing, is refused: the result would be of another type than the compiler says. */
type CheckMark<Root, Here, K, Mark, Prefix extends string> =
  IsAny<Mark> extends true
    ? never
    : [Mark] extends [1 | true]
      ? HasField<Here, K & string> extends true
        ? unknown
        : Refused<`'${Prefix}${K & string}' does not exist at this point of the pipeline`>
      : [Mark] extends [0 | false]
        ? `${Prefix}${K & string}` extends '_id'
          ? unknown
          : Refused<`a $project that includes fields can't exclude others: drop '${Prefix}${K & string}'`>
        : [Extract<Mark, number | boolean>] extends [never]
          ? CheckComputed<Root, Here, K, Mark, Prefix>
          : Refused<`'${Prefix}${K & string}' takes the literal 1 or true, or an expression; a constant is { $literal: … }`>;

type CheckComputed<Root, Here, K, X, Prefix extends string> = K extends `${string}.${string}` | `$${string}`
  ? Refused<`'${K}' is not a field name that a stage can make`>
  : [Extract<X, object>] extends [never]
    ? CheckExpression<Root, X, NoVariables>
    : CheckObject<Root, Here, K & string, X, Prefix, 'project'>;

/** An object: an expression, fields of an existing branch, or a new document. */
type CheckObject<Root, Here, K extends string, X, Prefix extends string, Stage extends 'set' | 'project'> =
  IsAny<X> extends true
    ? never
    : true extends IsFields<X>
      ? IsUnion<X> extends true
        ? Refused<`'${Prefix}${K}' must be a literal, not chosen by a condition`>
        : HasField<Here, K> extends true
          ? CheckInside<Root, Reached<Here, K>, X, `${Prefix}${K}`, Stage>
          : CheckNew<Root, X, `${Prefix}${K}`, Stage>
      : [keyof X, IsUnion<X>] extends [never, false]
        ? Refused<'an empty object names no field: write { $literal: {} }'>
        : CheckExpression<Root, X, NoVariables>;

type CheckInside<Root, V, X, Path extends string, Stage> =
  'open' extends PathKind<V>
    ? Refused<`'${Path}' has no fixed fields, so none can be set in it: use $mergeObjects, or another name`>
    : 'branch' extends PathKind<V>
      ? Collapse<{
          readonly [N in keyof X]: Stage extends 'set'
            ? CheckField<Root, V, N, X[N], `${Path}.`>
            : CheckMark<Root, V, N, X[N], `${Path}.`>;
        }>
      : Refused<`'${Path}' is there and has no fields: give the new document another name, or use $mergeObjects`>;

type CheckNew<Root, X, Path extends string, Stage> = Stage extends 'project'
  ? HoldsMark<X> extends true
    ? Refused<`'${Path}' is not there: below it, a number or a boolean would bring a field in; a constant is { $literal: … }`>
    : CheckExpression<Root, X, NoVariables>
  : CheckExpression<Root, X, NoVariables>;

type HoldsMark<X> = true extends {
  [K in keyof X]: X[K] extends number | boolean
    ? true
    : X[K] extends ScalarLike
      ? false
      : [keyof X[K]] extends [never]
        ? true
        : IsFields<X[K]> extends true
          ? HoldsMark<X[K]>
          : false;
}[keyof X]
  ? true
  : false;
