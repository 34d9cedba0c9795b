import type { StageName as ListedStage } from '../../grammar/stages.ts';
import type { SameNames } from '../same-names.ts';
import type { CheckCallersFilter } from '../filter.ts';
import type { Refused } from '../refused.ts';
import type { CheckSort } from '../sort.ts';
import type { IsUnion } from '../is-union.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckAccumulators, NoVariables, WindowFunctionName } from './accumulator-types.ts';
import type { CheckExpression, CheckPath } from './check-expression.ts';
import type { Collapse } from './collapse.ts';
import type { CheckLookup } from './check-lookup.ts';
import type { CheckMatch, CheckSortStage } from './check-match.ts';
import type { Excluded } from './next-state.ts';
import type { CheckStages } from './pipeline-type.ts';
import type { After, PipelineState } from './state.ts';

/** The names of the stages. */
export type StageName = SameNames<ListedStage, keyof Checks<PipelineState, unknown>, ListedStage>;

/** Completions for a stage. The index signature allows a refused one, which then gets its error message. */
export type StageShape = ({ readonly [name in StageName]?: unknown } & { readonly [name: string]: unknown }) | object;

/** A stage checked against the state before it: each refused part gets an error message. */
export type CheckStage<S extends PipelineState, Stage> =
  IsAny<Stage> extends true
    ? never
    : IsUnion<keyof Stage> extends true
      ? Refused<'a stage must be an object with one key'>
      : Collapse<{ readonly [Name in keyof Stage]: CheckStageOperand<S, Name, Stage[Name]> }>;

/** The operand of a stage, checked against the state before it. */
export type CheckStageOperand<S extends PipelineState, Name, A> =
  IsAny<A> extends true
    ? never
    : Name extends keyof Checks<S, A>
      ? Checks<S, A>[Name]
      : Refused<`'${Name & string}' is not a supported stage`>;

/** The check of each stage. It is looked up by name, so only the used member is evaluated. */
interface Checks<S extends PipelineState, A> {
  $match: S['place'] extends 'head'
    ? Collapse<CheckCallersFilter<S['source'], S['capabilities'], A>>
    : CheckMatch<S, A>;
  $sort: S['place'] extends 'head' ? Collapse<CheckSort<S['capabilities'], A>> : CheckSortStage<S, A>;
  $limit: A extends number ? unknown : number;
  $skip: A extends number ? unknown : number;
  $sample: A extends { readonly size: number } ? unknown : { readonly size: number };
  $project: CheckProject<S['document'], A>;
  $addFields: CheckFields<S['document'], A>;
  $set: CheckFields<S['document'], A>;
  $unset: A extends readonly unknown[]
    ? Collapse<{ readonly [I in keyof A]: CheckGone<S['document'], A[I]> }>
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
  $facet: Collapse<{ readonly [K in keyof A]: CheckStages<After<S, S['document']>, A[K]> }>;
  $unwind: CheckUnwind<S['document'], A>;
  $replaceRoot: A extends { readonly newRoot: infer R }
    ? Collapse<{ readonly newRoot: CheckExpression<S['document'], R, NoVariables> }>
    : { readonly newRoot: object | string };
  $replaceWith: CheckExpression<S['document'], A, NoVariables>;
  $setWindowFields: CheckWindow<S, A>;
  $lookup: CheckLookup<S, A>;
}

type CheckLiteral<A extends string> = string extends A ? Refused<'write the name as a literal'> : unknown;

type CheckGone<T, P> = P extends string
  ? P extends '_id'
    ? unknown
    : string extends P
      ? Refused<'write the path as a literal'>
      : CheckPath<T, P>
  : string;

type CheckName<T, K, X> = K extends `${string}.${string}` | `$${string}`
  ? Refused<`'${K}' is not a field name that a stage can make`>
  : CheckExpression<T, X, NoVariables>;

type CheckFields<T, A> = Collapse<{ readonly [K in keyof A]: CheckName<T, K, A[K]> }>;

/** Checks a `$project`: an exclusion of paths, or an inclusion of paths and computed fields. */
type CheckProject<T, A> = [keyof A] extends [never]
  ? Refused<'a $project needs at least one field'>
  : [Exclude<keyof A, Excluded<A>>] extends [never]
    ? [keyof A] extends ['_id']
      ? Refused<'a $project must return at least one field'>
      : Collapse<{ readonly [K in keyof A]: CheckGone<T, K> }>
    : Collapse<{ readonly [K in keyof A]: CheckMark<T, K, A[K]> }>;

type CheckMark<T, K, Mark> =
  IsAny<Mark> extends true
    ? never
    : Mark extends 1 | true
      ? CheckPath<T, K & string>
      : Mark extends 0 | false
        ? K extends '_id'
          ? unknown
          : Refused<`a $project that includes fields can't exclude others: drop '${K & string}'`>
        : Mark extends number | boolean
          ? Refused<`'${K & string}' takes the literal 1 or true, or an expression; a constant is { $literal: … }`>
          : CheckName<T, K, Mark>;

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
          ? A[K] extends string
            ? unknown
            : string
          : K extends 'preserveNullAndEmptyArrays'
            ? A[K] extends boolean
              ? unknown
              : boolean
            : Refused<`'${K & string}' is not an operand of $unwind`>;
    }>;

type CheckFieldPath<T, A> = A extends `$${infer P}` ? CheckPath<T, P> : Refused<"$unwind takes a field path: '$tags'">;

type CheckWindow<S extends PipelineState, A> = Collapse<{
  readonly [K in keyof A]: K extends 'partitionBy'
    ? CheckExpression<S['document'], A[K], NoVariables>
    : K extends 'sortBy'
      ? CheckSortStage<S, A[K]>
      : K extends 'output'
        ? CheckAccumulators<S['document'], A[K], WindowFunctionName>
        : Refused<`'${K & string}' is not an operand of $setWindowFields`>;
}>;
