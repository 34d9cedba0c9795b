import type { Capabilities } from '../capabilities.ts';
import type { DeepReadonly } from '../deep-readonly.ts';
import type { FilterPath } from '../filter.ts';
import type { Op, Operand, OperatorsFor } from '../op.ts';
import type { Refused } from '../refused.ts';
import type { Numeric } from '../scalar.ts';
import type { IsNever } from '../type-fest.ts';
import type { CheckElement } from './check-insert.ts';
import type { EndsWithPosition, IsOptionalAt } from './update-path.ts';
import type { Mismatch } from './writable-path.ts';

/** The operand of an operator that tells nothing of what was stored: of `$set`, `$setOnInsert` and `$unset`. */
export type CheckSilent<T, V, O, P, Field extends string, X> = O extends '$unset'
  ? EndsWithPosition<P> extends true
    ? Refused<`elements of '${Field}' can't be unset: take them out by $pull`>
    : IsOptionalAt<T, Field> extends true
      ? '' | 1 | true
      : Refused<`'${Field}' is required, so it can't be unset`>
  : [X] extends [Exclude<DeepReadonly<V>, undefined>]
    ? unknown
    : Mismatch<Field, X>;

/** The operand of an operator that goes on from what is stored. */
export type CheckOperand<O, V, X, Field extends string> = O extends '$inc' | '$mul'
  ? [NonNullable<V>] extends [Numeric]
    ? Numeric
    : Refused<`'${Field}' is not a number`>
  : O extends '$currentDate'
    ? Extract<V, Date> extends never
      ? Refused<`'${Field}' is not a date`>
      : true
    : O extends '$min' | '$max'
      ? Exclude<Operand<V>, undefined>
      : NonNullable<V> extends readonly (infer E)[]
        ? CheckArrayOperand<O, E, X>
        : Refused<`'${Field}' is not an array`>;

/** The modifiers of `$push`, made by `op()`. */
interface PushModifiers<E> {
  readonly $each: readonly E[];
  readonly $slice?: number;
  readonly $position?: number;
  readonly $sort?: 1 | -1;
}

type CheckArrayOperand<O, E, X> = O extends '$push'
  ? E | Op<PushModifiers<E>>
  : O extends '$addToSet'
    ? E | Op<{ readonly $each: readonly E[] }>
    : O extends '$pop'
      ? 1 | -1
      : O extends '$pullAll'
        ? readonly E[]
        : O extends '$pull'
          ? E | (Extract<E, string> extends never ? never : RegExp) | Op<OperatorsFor<E>>
          : X;

/** A `$push` to an array of subdocuments: it adds elements that are all the caller's, and drops none. */
export type CheckPushElement<V, C extends Capabilities, X, Field extends string> =
  NonNullable<V> extends readonly (infer E)[]
    ? X extends Op<infer M>
      ? ModifiersProblem<E, C, M, Field> extends infer Problem extends string
        ? IsNever<Problem> extends true
          ? unknown
          : Refused<Problem>
        : never
      : CheckElement<E, C['writable'], X, Field>
    : Refused<`'${Field}' is not an array`>;

type ModifiersProblem<E, C extends Capabilities, M, Field extends string> =
  | (M extends { readonly $each: readonly (infer Each)[] }
      ? [Each] extends [CheckElement<E, C['writable'], Each, Field>]
        ? never
        : `an element of '${Field}' has a field that is not writable, or lacks one`
      : 'modifiers of $push need $each')
  | ('$slice' extends keyof M
      ? `$slice would drop elements of '${Field}', whose other fields are not the caller's`
      : never)
  | (M extends { readonly $sort: infer S } ? SortProblem<C, S, Field> : never);

type SortProblem<C extends Capabilities, S, Field extends string> = S extends object
  ? {
      [K in keyof S & string]: `${Field}.${K}` extends FilterPath<C>
        ? S[K] extends 1 | -1
          ? never
          : '$sort takes 1 or -1 at each path'
        : `'${Field}.${K}' is not filterable in this view`;
    }[keyof S & string]
  : `$sort of '${Field}' names paths of its elements`;
