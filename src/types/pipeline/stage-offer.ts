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
 * What completion offers in the stages of a pipeline: the fields that are there, stage by stage. It refuses nothing.
 *
 * Stage by stage an object and no tuple: the compiler would look up all methods of an array. While a string is being
 * written, the compiler knows no stage of the pipeline, and every string is offered what may be read at the beginning.
 */
export type OfferStages<S extends PipelineState, P, Before extends readonly unknown[] = []> = P extends readonly [infer Stage, ...infer Rest]
  ? { readonly [I in `${Before['length']}`]?: StageOffer<S> } & OfferStages<NextState<S, Stage>, Rest, [...Before, unknown]>
  : P extends readonly []
    ? unknown
    : readonly (ReferenceOffers<FieldReference<S['document']>> | object)[];

type StageOffer<S extends PipelineState> = S['place'] extends 'head' ? HeadOffers<S['capabilities']> | object : BodyOffers<S['document']> | object;

type Stages = { readonly [name in StageName]?: unknown };

interface HeadOffers<C extends Capabilities> extends Stages {
  readonly $match?: FilterShape<C>;
  readonly $sort?: SortShape<C>;
  readonly $project?: { readonly [P in ProjectablePath<C> | '_id']?: unknown } | object;
}

interface BodyOffers<T> extends Stages {
  readonly $match?: Fields<T>;
  readonly $sort?: Fields<T>;
  readonly $project?: Fields<T>;
}

type Fields<T> = { readonly [K in keyof T]?: unknown } | object;

/** The fields of a document as an expression refers to them. */
type FieldReference<T> = `$${LeafPaths<T> | BranchOf<LeafPaths<T>>}`;

interface ReferenceOffers<R extends string> {
  readonly $unwind?: Expression<R>;
  readonly $group?: Expression<R>;
  readonly $project?: Expression<R>;
  readonly $addFields?: Expression<R>;
  readonly $set?: Expression<R>;
  readonly $sortByCount?: Expression<R>;
  readonly $replaceRoot?: Expression<R>;
  readonly $replaceWith?: Expression<R>;
  readonly $bucket?: Expression<R>;
  readonly $bucketAuto?: Expression<R>;
  readonly $setWindowFields?: Expression<R>;
}

type Expression<R extends string> = R | readonly Expression<R>[] | { readonly [operand: string]: Expression<R> };
