import type { Settled, Unwound, WithFields, Without } from './document-type.ts';
import type { AccumulatedFields, AccumulatedType, NoVariables, WindowFields } from './accumulator-types.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Given, Present } from './field-type.ts';
import type { AfterLookup } from './lookup-types.ts';
import type { Excluded, FieldsSet, Inclusion } from './nested-fields.ts';
import type { StateAfter } from './pipeline-type.ts';
import type { After, Enriched, PipelineState } from './state.ts';

/**
 * The state after a stage. Of stages that are chosen by a condition only those that leave the documents as they are get through, so
 * the others make nothing known.
 */
export type NextState<S extends PipelineState, Stage> = [keyof Stage] extends [never]
  ? [Stage] extends [FilteringStage]
    ? Unchanged<S>
    : After<S, unknown>
  : NamedState<S, keyof Stage, Stage[keyof Stage]>;

/** The stages that leave documents as they are, and may be chosen by a condition. */
export type Filtering = '$match' | '$sort' | '$limit' | '$skip';
type FilteringStage = { [Name in Filtering]: { readonly [N in Name]: unknown } }[Filtering];

/** The joins that come before the view end with any other stage. */
export type Unchanged<S extends PipelineState> = S['place'] extends 'joins' ? After<S, S['document']> : S;

type NamedState<S extends PipelineState, Name, A> = Name extends Filtering
  ? '$expr' extends keyof A
    ? After<S, S['document']>
    : Unchanged<S>
  : Name extends '$sample'
    ? After<S, S['document']>
    : Name extends '$lookup'
      ? AfterLookup<S, A>
      : Name extends '$unwind' | '$addFields' | '$set'
        ? A extends string
          ? Enriched<S, Documents<S, A>[Name], never>
          : Name extends '$unwind'
            ? After<S, Documents<S, A>[Name]>
            : Enriched<S, Documents<S, A>[Name], keyof A>
        : Name extends keyof Documents<S, A>
          ? After<S, Documents<S, A>[Name]>
          : After<S, unknown>;

/** The documents after each stage that changes them. It is looked up by name, so only the used member is evaluated. */
interface Documents<S extends PipelineState, A> {
  $project: Projection<S['document'], A>;
  $addFields: FieldsSet<S['document'], A>;
  $set: FieldsSet<S['document'], A>;
  $unset: Without<S['document'], A extends readonly (infer P extends string)[] ? P : A & string>;
  $group: {
    readonly [K in keyof A]: K extends '_id'
      ? Present<ExpressionType<S['document'], A[K], NoVariables>>
      : AccumulatedType<S['document'], keyof A[K], A[K][keyof A[K]]>;
  };
  $count: { readonly [K in A & string]: number };
  $sortByCount: { readonly _id: Present<ExpressionType<S['document'], A, NoVariables>>; readonly count: number };
  $bucket: Settled<{ readonly _id: BucketId<A> } & BucketOutput<S['document'], A>>;
  $bucketAuto: Settled<{ readonly _id: BucketRange<S['document'], A> } & BucketOutput<S['document'], A>>;
  $facet: { readonly [K in keyof A]: StateAfter<After<S, S['document']>, A[K]>['document'][] };
  $replaceRoot: Given<ExpressionType<S['document'], A extends { readonly newRoot: infer R } ? R : never, NoVariables>>;
  $replaceWith: Given<ExpressionType<S['document'], A, NoVariables>>;
  $unwind: AfterUnwind<S['document'], A>;
  $setWindowFields: WithFields<
    S['document'],
    A extends { readonly output: infer O } ? WindowFields<S['document'], O> : object
  >;
}

type Projection<T, A> = [Exclude<keyof A, '_id' | Excluded<A>>] extends [never]
  ? [Exclude<keyof A, Excluded<A>>] extends [never]
    ? Without<T, Excluded<A>>
    : Inclusion<T, A>
  : Inclusion<T, A>;

type BucketId<A> =
  | (A extends { readonly boundaries: readonly (infer B)[] } ? B : never)
  | (A extends { readonly default: infer D } ? D : never);

type BucketRange<T, A> = A extends { readonly groupBy: infer G }
  ? {
      readonly min: Present<ExpressionType<T, G, NoVariables>>;
      readonly max: Present<ExpressionType<T, G, NoVariables>>;
    }
  : never;

type BucketOutput<T, A> = A extends { readonly output: infer O } ? AccumulatedFields<T, O> : { readonly count: number };

type AfterUnwind<T, A> = A extends `$${infer P}`
  ? Unwound<T, P, false>
  : A extends { readonly path: `$${infer P}` }
    ? Indexed<Unwound<T, P, KeepsEmpty<A>>, A>
    : T;

/** Whether empty arrays may be kept. */
type KeepsEmpty<A> = A extends { readonly preserveNullAndEmptyArrays: infer Keeps }
  ? true extends Keeps
    ? true
    : false
  : false;

type Indexed<T, A> = A extends { readonly includeArrayIndex: infer I extends string }
  ? WithFields<T, { readonly [K in I]: number | null }>
  : T;
