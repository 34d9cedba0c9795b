import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { Op, Operand, OperatorsFor } from '../op.ts';
import type { ValueAt } from '../path-value.ts';
import type { Refused } from '../refused.ts';
import type { Numeric } from '../scalar.ts';
import type { BranchOf } from '../split.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckElement } from './check-insert.ts';
import type { FieldOf, IsOptionalAt } from './update-path.ts';

/** Operators that write without telling what was stored: the only ones on a path that is not filterable. */
type SilentOperator = '$set' | '$unset' | '$setOnInsert';

/** The update operators of the grammar. */
export type UpdateOperator =
  | SilentOperator | '$inc' | '$mul' | '$min' | '$max' | '$push' | '$addToSet' | '$pull' | '$pop' | '$currentDate';

/** What completion offers in an update. */
export type UpdateShape<C extends Capabilities> =
  | ({ readonly [O in UpdateOperator]?: { readonly [K in C['writable']]?: unknown } & { readonly [path: string]: unknown } } & {
      readonly [name: string]: unknown;
    })
  | object;

/** A written update held to the view: each refused key carries a sentence. `never` refuses `any`. */
export type CheckUpdate<TDoc, C extends Capabilities, U> =
  IsAny<U> extends true
    ? never
    : U extends readonly unknown[]
      ? Refused<'an update is an object of operators; pipelines are refused'>
      : { readonly [O in keyof U]: O extends UpdateOperator ? CheckPaths<TDoc, C, O, U[O]> : IsAny<U[O]> extends true ? never : RefuseOperator<O> };

type RefuseOperator<O> = O extends `$${string}`
  ? Refused<`'${O}' is not an update operator that is allowed`>
  : Refused<`'${O & string}' stands where an operator belongs: write { $set: … }`>;

type CheckPaths<TDoc, C extends Capabilities, O extends UpdateOperator, Fields> =
  IsAny<Fields> extends true
    ? never
    : { readonly [P in keyof Fields]: IsAny<Fields[P]> extends true ? never : CheckPath<TDoc, C, O, P, FieldOf<P>, Fields[P]> };

type CheckPath<TDoc, C extends Capabilities, O extends UpdateOperator, P, Field extends string, X> = Field extends C['writable']
  ? O extends SilentOperator
    ? CheckSilent<TDoc, O, P, Field>
    : Field extends C['filterable']
      ? CheckOperand<O, ValueAt<Stored<TDoc>, Field>, X, Field>
      : Refused<`'${Field}' is not filterable, so it takes $set and $unset only`>
  : Field extends BranchOf<C['writable']>
    ? O extends '$push'
      ? CheckPushElement<ValueAt<TDoc, Field>, C['writable'], X, Field>
      : Refused<`'${Field}' is a branch: name the leaves below it`>
    : Refused<`'${Field}' is not writable in this view`>;

type CheckSilent<TDoc, O, P, Field extends string> = O extends '$unset'
  ? IsOptionalAt<Stored<TDoc>, Field> extends true
    ? '' | 1 | true
    : Refused<`'${Field}' is required, so it can't be unset`>
  : P extends `${string}.$` | `${string}.$[${string}]`
    ? Operand<ValueAt<Stored<TDoc>, Field>>
    : Exclude<ValueAt<Stored<TDoc>, Field>, undefined>;

type CheckOperand<O, V, X, Field extends string> = O extends '$inc' | '$mul'
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
  readonly $sort?: 1 | -1 | { readonly [path: string]: 1 | -1 };
}

type CheckArrayOperand<O, E, X> = O extends '$push'
  ? E | Op<PushModifiers<E>>
  : O extends '$addToSet'
    ? E | Op<{ readonly $each: readonly E[] }>
    : O extends '$pop'
      ? 1 | -1
      : O extends '$pull'
        ? E | (Extract<E, string> extends never ? never : RegExp) | Op<OperatorsFor<E>>
        : X;

type CheckPushElement<V, W extends string, X, Field extends string> = NonNullable<V> extends readonly (infer E)[]
  ? X extends Op<infer M>
    ? M extends { readonly $each: readonly (infer Each)[] }
      ? CheckElement<E, W, Each, Field> extends infer Problem
        ? [Each] extends [Problem]
          ? unknown
          : Refused<`an element of '${Field}' has a field that is not writable, or lacks one`>
        : never
      : Refused<'modifiers of $push need $each'>
    : CheckElement<E, W, X, Field>
  : Refused<`'${Field}' is not an array`>;

