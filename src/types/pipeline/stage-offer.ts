import type { Capabilities } from '../capabilities.ts';
import type { FilterShape } from '../filter.ts';
import type { ProjectablePath } from '../projection.ts';
import type { LeafPaths } from '../public-paths.ts';
import type { SortShape } from '../sort.ts';
import type { BranchOf } from '../split.ts';
import type { StageName } from './check-stage.ts';
import type { NextState } from './next-state.ts';
import type { PipelineState } from './state.ts';

/**
 * Completions in the stages of a pipeline: the fields that exist at each stage. It refuses nothing.
 *
 * It is an object and not a tuple, because for a tuple the compiler would look up all methods of an array.
 */
export type OfferStages<S extends PipelineState, P, Before extends readonly unknown[] = []> = P extends readonly [
  infer Stage,
  ...infer Rest,
]
  ? { readonly [I in `${Before['length']}`]?: StageOffer<S> | object } & OfferStages<
      NextState<S, Stage>,
      Rest,
      [...Before, unknown]
    >
  : unknown;

type StageOffer<S extends PipelineState> = S['place'] extends 'head'
  ? HeadOffers<S['capabilities'], S['document']>
  : BodyOffers<S['document']>;

interface Stages<R extends string> extends Names<StageName> {
  readonly $unwind?: R | object;
  readonly $group?:
    | { readonly _id?: Expression<R> | null; readonly [field: string]: Expression<R> | null | undefined }
    | object;
  readonly $addFields?: { readonly [field: string]: Expression<R> } | object;
  readonly $set?: { readonly [field: string]: Expression<R> } | object;
  readonly $bucket?: Names<'groupBy' | 'boundaries' | 'default' | 'output'> | object;
  readonly $bucketAuto?: Names<'groupBy' | 'buckets' | 'granularity' | 'output'> | object;
  readonly $lookup?: Names<'from' | 'localField' | 'foreignField' | 'let' | 'as' | 'pipeline'> | object;
  readonly $setWindowFields?: Names<'partitionBy' | 'sortBy' | 'output'> | object;
}

type Names<N extends string> = { readonly [name in N]?: unknown };

interface HeadOffers<C extends Capabilities, T> extends Stages<`$${keyof T & string}`> {
  readonly $match?: FilterShape<C>;
  readonly $sort?: SortShape<C>;
  readonly $project?: { readonly [P in ProjectablePath<C> | '_id']?: unknown } | object;
}

interface BodyOffers<T> extends Stages<`$${keyof T & string}`> {
  readonly $match?: Fields<T>;
  readonly $sort?: Fields<T>;
  readonly $project?: Fields<T>;
}

type Fields<T> = ({ readonly [K in keyof T]?: unknown } & { readonly [path: string]: unknown }) | object;

declare const offered: unique symbol;

/** Stands in what completion offers and in nothing that is written, so that the offer itself is told from a choice of operands. */
export interface Offered {
  readonly [offered]: never;
}

/** What completion offers as the operand of one stage. Anything else gets through to its sentence. */
export type OperandOffer<S extends PipelineState, Name> = Offered | OperandOf<S, Name>;

type OperandOf<S extends PipelineState, Name> = Name extends '$match' | '$sort' | '$project'
  ? NonNullable<StageOffer<S>[Name]> | object
  : Expression<FieldReference<S['document']>> | (string & {}) | number | boolean | object | null | undefined;

/** The fields of a document as an expression refers to them. */
type FieldReference<T> = `$${LeafPaths<T> | BranchOf<LeafPaths<T>>}`;

type Expression<R extends string> = R | readonly Expression<R>[] | { readonly [operand: string]: Expression<R> };
