import type { PushModifier, SilentOperator, UpdateOperator } from '../../grammar/update-operators.ts';
import type { Capabilities } from '../capabilities.ts';
import type { WholePath } from '../check-whole.ts';
import type { DeepReadonly } from '../deep-readonly.ts';
import type { FilterPath } from '../filter.ts';
import type { Op, Operand, PulledOperators } from '../op.ts';
import type { Refused } from '../refused.ts';
import type { SameNames } from '../same-names.ts';
import type { Numeric } from '../scalar.ts';
import type { IsNever } from '../type-fest.ts';
import type { CheckElement } from './check-insert.ts';
import type { EndsWithPosition, IsOptionalAt } from './update-path.ts';
import type { Mismatch } from './writable-path.ts';

/** The operand of an operator that reveals nothing about the stored value: `$set`, `$setOnInsert` and `$unset`. */
export type CheckSilent<T, V, O, P, Field extends string, X> = O extends '$unset'
  ? EndsWithPosition<P> extends true
    ? Refused<`elements of '${Field}' can't be unset: remove them with $pull`>
    : IsOptionalAt<T, Field> extends true
      ? '' | 1 | true
      : Refused<`'${Field}' is required, so it can't be unset`>
  : [X] extends [Exclude<DeepReadonly<V>, undefined>]
    ? unknown
    : Mismatch<Field, X, V>;

/** The operand of an operator that depends on the stored value. */
export type CheckOperand<O, V, Field extends string, X> = O extends TellingOperator
  ? O extends keyof SingleOperands<V, Field>
    ? SingleOperands<V, Field>[O]
    : NonNullable<V> extends readonly (infer E)[]
      ? Untagged<X> extends true
        ? Refused<`an operator on '${Field}' is written op({ … })`>
        : ArrayOperands<E>[O & keyof ArrayOperands<E>]
      : Refused<`'${Field}' is not an array`>
  : never;

/** Whether a value is an object of operators that was not made by `op()`. */
type Untagged<X> = X extends { readonly [name: `$${string}`]: unknown }
  ? [keyof X] extends [`$${string}`]
    ? true
    : false
  : false;

type TellingOperator = SameNames<
  Exclude<UpdateOperator, SilentOperator>,
  keyof ArrayOperands<unknown> | keyof SingleOperands<unknown, string>,
  Exclude<UpdateOperator, SilentOperator>
>;

/** The operand at a single value. Looked up by name, so only the one that is used costs. */
interface SingleOperands<V, Field extends string> {
  readonly $inc: NumberOperand<V, Field>;
  readonly $mul: NumberOperand<V, Field>;
  readonly $min: Exclude<Operand<V>, undefined>;
  readonly $max: Exclude<Operand<V>, undefined>;
  readonly $currentDate: Extract<V, Date> extends never ? Refused<`'${Field}' is not a date`> : true;
}

type NumberOperand<V, Field extends string> = [NonNullable<V>] extends [Numeric]
  ? Numeric
  : Refused<`'${Field}' is not a number`>;

/** The operand at an array of elements `E`. */
interface ArrayOperands<E> {
  readonly $push: E | Op<Pick<PushModifiers<E>, ModifierName>>;
  readonly $addToSet: E | Op<Pick<PushModifiers<E>, '$each'>>;
  readonly $pull: E | (Extract<E, string> extends never ? never : RegExp) | Op<PulledOperators<E>>;
  readonly $pullAll: readonly E[];
  readonly $pop: 1 | -1;
}

type ModifierName = SameNames<PushModifier, keyof PushModifiers<unknown>, PushModifier>;

/** The modifiers of `$push`, made by `op()`. */
interface PushModifiers<E> {
  readonly $each: readonly E[];
  readonly $slice?: number;
  readonly $position?: number;
  readonly $sort?: 1 | -1;
}

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
      ? Field extends WholePath<C>
        ? never
        : `$slice would remove elements of '${Field}', which may have fields that the caller may not write: list it in \`whole\` of the view if they have none`
      : never)
  | (M extends { readonly $sort: infer S }
      ? S extends 1 | -1
        ? Unsorted<C, Field>
        : SortProblem<C, S, Field>
      : never);

type Unsorted<C extends Capabilities, Field extends string> =
  Field extends WholePath<C> ? never : `$sort of '${Field}' names paths of its elements`;

type SortProblem<C extends Capabilities, S, Field extends string> = S extends object
  ? {
      [K in keyof S & string]: `${Field}.${K}` extends FilterPath<C>
        ? S[K] extends 1 | -1
          ? never
          : '$sort takes 1 or -1 at each path'
        : `'${Field}.${K}' is not filterable in this view`;
    }[keyof S & string]
  : `$sort of '${Field}' names paths of its elements`;
