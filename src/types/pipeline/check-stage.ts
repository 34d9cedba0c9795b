import type { StageName as ListedStage } from '../../grammar/stages.ts';
import type { SameNames } from '../same-names.ts';
import type { CheckCallersFilter } from '../filter.ts';
import type { Refused } from '../refused.ts';
import type { CheckSort } from '../sort.ts';
import type { CheckOf, Fault, Settle } from '../every-member.ts';
import type { IsOpaque } from '../is-opaque.ts';
import type { IsUnion } from '../is-union.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckAccumulators, NoVariables, WindowFunctionName } from './accumulator-types.ts';
import type { CheckExpression, CheckPath } from './check-expression.ts';
import type { Collapse } from './collapse.ts';
import type { CheckLookup } from './check-lookup.ts';
import type { CheckMatchStage, CheckSortStage } from './check-match.ts';
import type { CheckFields, CheckGone, CheckProject } from './check-fields.ts';
import type { Filtering } from './next-state.ts';
import type { CheckInner } from './pipeline-type.ts';
import type { After, PipelineState } from './state.ts';

/** The names of the stages. */
export type StageName = SameNames<ListedStage, keyof Checks<PipelineState, unknown>, ListedStage>;

/** Completions for a stage. The index signature allows a refused one, which then gets its error message. */
export type StageShape = ({ readonly [name in StageName]?: unknown } & { readonly [name: string]: unknown }) | object;

/** A stage checked against the state before it: each refused part gets an error message. */
export type CheckStage<S extends PipelineState, Stage> =
  IsAny<Stage> extends true
    ? never
    : IsUnion<Stage> extends true
      ? CheckOf<Stage extends unknown ? Fault<CheckChoice<S, Stage>> : never>
      : CheckOneStage<S, Stage>;

type CheckOneStage<S extends PipelineState, Stage> = true extends IsUnion<keyof Stage> | IsOpaque<Stage>
  ? Refused<'a stage must be an object with one key'>
  : Collapse<{ readonly [Name in keyof Stage]: CheckStageOperand<S, Name, Stage[Name]> }>;

/** One of several possible stages. The stages after it must not depend on which one it is. */
export type CheckChoice<S extends PipelineState, Stage> =
  Written<Stage> extends Filtering
    ? CheckOneStage<S, { readonly [Name in Written<Stage>]: Stage[Name] }>
    : Refused<'a stage that is chosen by a condition, or spread in, must be a $match, $sort, $limit or $skip'>;

/** The keys of one choice. Where literals are chosen from, the compiler gives each the keys of the others, as ones that are never there. */
type Written<Stage> = { [K in keyof Stage]-?: [Stage[K]] extends [undefined] ? never : K }[keyof Stage];

/** The operand of a stage, checked against the state before it. */
export type CheckStageOperand<S extends PipelineState, Name, A> =
  IsAny<A> extends true
    ? never
    : undefined extends A
      ? Refused<`'${Name & string}' may be undefined here: leave the stage out instead`>
      : IsUnion<A> extends true
        ? Name extends Filtering | '$sample' | '$sortByCount'
          ? CheckOf<A extends unknown ? Fault<CheckOperand<S, Name, A>> : never>
          : Refused<`'${Name & string}' must be a literal, not chosen by a condition`>
        : CheckOperand<S, Name, A>;

type CheckOperand<S extends PipelineState, Name, A> = Name extends keyof Checks<S, A>
  ? Checks<S, A>[Name]
  : Refused<`'${Name & string}' is not a supported stage`>;

/** The check of each stage. It is looked up by name, so only the used member is evaluated. */
interface Checks<S extends PipelineState, A> {
  $match: S['place'] extends 'head'
    ? '$expr' extends keyof A
      ? CheckMatchStage<After<S, S['document']>, A>
      : Settle<CheckCallersFilter<S['source'], S['capabilities'], A>>
    : CheckMatchStage<S, A>;
  $sort: S['place'] extends 'head' ? Settle<CheckSort<S['capabilities'], A>> : CheckSortStage<S, A>;
  $limit: A extends number ? unknown : number;
  $skip: A extends number ? unknown : number;
  $sample: A extends { readonly size: number } ? unknown : { readonly size: number };
  $project: CheckProject<S['document'], A>;
  $addFields: CheckFields<S['document'], A>;
  $set: CheckFields<S['document'], A>;
  $unset: A extends readonly unknown[]
    ? Collapse<{
        readonly [I in keyof A]: IsUnion<A[I]> extends true
          ? Refused<'write one path as a literal'>
          : CheckGone<S['document'], A[I]>;
      }>
    : CheckGone<S['document'], A>;
  $group: A extends { readonly _id: infer Id }
    ? Collapse<{ readonly _id: CheckExpression<S['document'], Id, NoVariables> }> &
        CheckAccumulators<S['document'], Omit<A, '_id'>>
    : Refused<'$group needs _id: the group key, or null'>;
  $count: A extends '' | '_id' | `$${string}` | `${string}.${string}`
    ? Refused<'$count takes the name of a field'>
    : A extends string
      ? CheckLiteral<A>
      : string;
  $sortByCount: CheckExpression<S['document'], A, NoVariables>;
  $bucket: CheckBucket<S['document'], A, 'groupBy' | 'boundaries' | 'default' | 'output'>;
  $bucketAuto: CheckBucket<S['document'], A, 'groupBy' | 'buckets' | 'granularity' | 'output'>;
  $facet: Collapse<{ readonly [K in keyof A]: CheckInner<After<S, S['document']>, A[K]> }>;
  $unwind: CheckUnwind<S['document'], A>;
  $replaceRoot: A extends { readonly newRoot: infer R }
    ? Collapse<{ readonly newRoot: CheckExpression<S['document'], R, NoVariables> }>
    : { readonly newRoot: object | string };
  $replaceWith: CheckExpression<S['document'], A, NoVariables>;
  $setWindowFields: CheckWindow<S, A>;
  $lookup: CheckLookup<S, A>;
}

type CheckLiteral<A extends string> = string extends A ? Refused<'write the name as a literal'> : unknown;

type CheckBucket<T, A, Names extends string> = Collapse<{
  readonly [K in keyof A]: K extends 'groupBy'
    ? CheckExpression<T, A[K], NoVariables>
    : K extends 'output'
      ? CheckAccumulators<T, A[K]>
      : K extends Names
        ? unknown
        : Refused<`'${K & string}' is not an operand of this stage`>;
}>;

type CheckUnwind<T, A> = A extends string
  ? CheckFieldPath<T, A>
  : Collapse<{
      readonly [K in keyof A]: K extends 'path'
        ? CheckFieldPath<T, A[K]>
        : K extends 'includeArrayIndex'
          ? CheckFieldName<A[K]>
          : K extends 'preserveNullAndEmptyArrays'
            ? A[K] extends boolean
              ? unknown
              : boolean
            : Refused<`'${K & string}' is not an operand of $unwind`>;
    }>;

type CheckFieldPath<T, A> =
  IsUnion<A> extends true
    ? Refused<'write one path as a literal'>
    : A extends `$${infer P}`
      ? CheckPath<T, P>
      : Refused<"$unwind takes a field path: '$tags'">;

/** The name of a field that a stage makes. */
type CheckFieldName<X> = X extends string
  ? true extends IsUnion<X> | (string extends X ? true : false)
    ? Refused<'write the name as a literal'>
    : X extends '' | `$${string}` | `${string}.${string}`
      ? Refused<`'${X}' is not a field name that a stage can make`>
      : unknown
  : string;

type CheckWindow<S extends PipelineState, A> = Collapse<{
  readonly [K in keyof A]: K extends 'partitionBy'
    ? CheckExpression<S['document'], A[K], NoVariables>
    : K extends 'sortBy'
      ? CheckSortStage<S, A[K]>
      : K extends 'output'
        ? CheckAccumulators<S['document'], A[K], WindowFunctionName>
        : Refused<`'${K & string}' is not an operand of $setWindowFields`>;
}>;
