import type { GivenAt } from '../given-at.ts';
import type { CheckOf, Fault } from '../every-member.ts';
import type { IsOpaque } from '../is-opaque.ts';
import type { IsUnion } from '../is-union.ts';
import type { FilterValue, Op, PresenceOperators, WholeList } from '../op.ts';
import type { PathKind } from '../path-value.ts';
import type { Refused } from '../refused.ts';
import type { SortDirection } from '../sort.ts';
import type { IsAny } from '../type-fest.ts';
import type { Collapse } from './collapse.ts';
import type { HasField, Reached } from './field-type.ts';
import type { CheckExpression } from './check-expression.ts';
import type { PipelineState } from './state.ts';

/** A `$match` stage after the view: a filter, and an expression that may use the variables of a surrounding `$lookup`. */
export type CheckMatchStage<S extends PipelineState, A> = '$expr' extends keyof A
  ? Collapse<
      { readonly $expr: CheckExpression<S['document'], A['$expr'], S['variables']> } & CheckMatch<S, Omit<A, '$expr'>>
    >
  : CheckMatch<S, A>;

/** A `$match` after the view, checked against the documents there. */
export type CheckMatch<S extends PipelineState, F> =
  IsAny<F> extends true
    ? never
    : IsUnion<F> extends true
      ? CheckOf<F extends unknown ? Fault<CheckMatch<S, F>> : never>
      : IsOpaque<F> extends true
        ? Refused<'a filter must be a literal, or a SafeFilter'>
        : Collapse<{ readonly [K in keyof F]: IsAny<F[K]> extends true ? never : CheckEntry<S, K, GivenAt<F, K>> }>;

type CheckEntry<S extends PipelineState, K, X> = K extends '$and' | '$or' | '$nor'
  ? X extends readonly unknown[]
    ? Collapse<{ readonly [I in keyof X]: CheckMatch<S, X[I]> }>
    : readonly [object, ...object[]]
  : K extends `$${string}`
    ? Refused<`'${K}' is not allowed in a filter`>
    : HasField<S['document'], K & string> extends true
      ? CheckValue<
          Exclude<Reached<S['document'], K & string>, undefined>,
          X,
          K & string,
          S['capabilities']['operators']
        >
      : Refused<`'${K & string}' does not exist at this point of the pipeline`>;

type CheckValue<V, X, K extends string, Style> =
  PathKind<Exclude<V, null>> extends 'branch'
    ? [IsBranchCondition<X>] extends [true]
      ? unknown
      : Refused<`'${K}' is a branch: name a leaf below it, or use $elemMatch`>
    : [X] extends [FilterValue<Exclude<V, null>, Style> | WholeList<Exclude<V, null>>]
      ? unknown
      : X extends { readonly [name: `$${string}`]: unknown }
        ? Refused<`an operator on '${K}' is written op({ … })`>
        : FilterValue<Exclude<V, null>, Style>;

/** Whether a branch may be compared with this. All that is here is public, so its presence and its number of elements are too. */
type IsBranchCondition<X> = X extends null ? true : X extends Op<infer O> ? AreForBranches<O> : false;

type AreForBranches<O> = [keyof O] extends [keyof BranchConditions]
  ? [O] extends [BranchConditions]
    ? true
    : false
  : false;

interface BranchConditions extends Partial<PresenceOperators> {
  readonly $elemMatch?: object;
  readonly $not?: Op<BranchConditions> | BranchConditions;
}

/** A `$sort` after the view, checked against the documents there. */
export type CheckSortStage<S extends PipelineState, A> = [keyof A] extends [never]
  ? Refused<'a sort needs at least one path'>
  : Collapse<{
      readonly [K in keyof A]: IsAny<A[K]> extends true
        ? never
        : HasField<S['document'], K & string> extends true
          ? GivenAt<A, K> extends SortDirection
            ? PathKind<Exclude<Reached<S['document'], K & string>, null | undefined>> extends 'branch'
              ? Refused<`'${K & string}' is a branch: sort by a leaf below it`>
              : unknown
            : Refused<'a sort direction must be 1 or -1'>
          : Refused<`'${K & string}' does not exist at this point of the pipeline`>;
    }>;
