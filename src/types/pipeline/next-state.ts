import type { Kept, Settled, Unwound, WithFields, Without } from './document-type.ts';
import type { AccumulatedFields, NoVariables, WindowFields } from './accumulator-types.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Given, Present } from './field-type.ts';
import type { AfterLookup } from './lookup-types.ts';
import type { StateAfter } from './pipeline-type.ts';
import type { After, PipelineState } from './state.ts';

/** The state after a stage. A refused stage does not change it, because the error message is enough. */
export type NextState<S extends PipelineState, Stage> = NamedState<S, keyof Stage, Stage[keyof Stage]>;

type NamedState<S extends PipelineState, Name, A> = Name extends '$match' | '$sort' | '$limit' | '$skip'
  ? S['place'] extends 'joins'
    ? After<S, S['document']>
    : S
  : Name extends '$sample'
    ? After<S, S['document']>
    : Name extends '$lookup'
      ? AfterLookup<S, A>
      : Name extends keyof Documents<S, A>
        ? After<S, Documents<S, A>[Name]>
        : S;

/** The documents after each stage that changes them. It is looked up by name, so only the used member is evaluated. */
interface Documents<S extends PipelineState, A> {
  $project: Projection<S['document'], A>;
  $addFields: WithFields<S['document'], Expressions<S['document'], A>>;
  $set: WithFields<S['document'], Expressions<S['document'], A>>;
  $unset: Without<S['document'], A extends readonly (infer P extends string)[] ? P : A & string>;
  $group: Settled<
    { readonly _id: Present<ExpressionType<S['document'], IdOf<A>, NoVariables>> } & AccumulatedFields<
      S['document'],
      Omit<A, '_id'>
    >
  >;
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

type IdOf<A> = A extends { readonly _id: infer Id } ? Id : never;

type Expressions<T, A> = { readonly [K in keyof A]: ExpressionType<T, A[K], NoVariables> };

/** The paths that a `$project` includes with `1` or `true`. */
export type Included<A> = Extract<{ [K in keyof A]: A[K] extends 1 | true ? K : never }[keyof A], string>;
export type Excluded<A> = Extract<{ [K in keyof A]: A[K] extends 0 | false ? K : never }[keyof A], string>;

type Projection<T, A> = [Exclude<keyof A, '_id' | Excluded<A>>] extends [never]
  ? [Exclude<keyof A, Excluded<A>>] extends [never]
    ? Without<T, Excluded<A>>
    : Inclusion<T, A>
  : Inclusion<T, A>;

type Inclusion<T, A> = [Exclude<keyof A, Included<A> | Excluded<A>>] extends [never]
  ? Kept<T, Included<A>>
  : WithFields<Kept<T, Included<A>>, Expressions<T, Omit<A, Included<A> | Excluded<A>>>>;

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
    ? Indexed<Unwound<T, P, A extends { readonly preserveNullAndEmptyArrays: true } ? true : false>, A>
    : T;

type Indexed<T, A> = A extends { readonly includeArrayIndex: infer I extends string }
  ? WithFields<T, { readonly [K in I]: number | null }>
  : T;
