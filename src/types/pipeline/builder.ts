import type { STAGE_METHODS } from '../../grammar/stages.ts';
import type { SafeAggregationCursor } from '../../collection/safe-aggregation-cursor.ts';
import type { Exposed } from '../exposed.ts';
import type { CheckStageOperand } from './check-stage.ts';
import type { Excluded, NextState } from './next-state.ts';
import type { OperandOffer } from './stage-offer.ts';
import type { PipelineState } from './state.ts';

type StageMethods = typeof STAGE_METHODS;

/**
 * A pipeline that is built step by step, with a method for each stage. Every step returns a new pipeline and leaves the previous
 * one unchanged. It can be read after a `project()` as the last step.
 */
export type PipelineBuilder<S extends PipelineState> = {
  readonly [M in keyof StageMethods]: <const A extends OperandOffer<S, StageMethods[M]>>(
    operand: A & CheckStageOperand<S, StageMethods[M], A>,
  ) => AfterStep<StageMethods[M], A, NextState<S, { readonly [Name in StageMethods[M]]: A }>>;
};

type AfterStep<Name, A, Next extends PipelineState> = Name extends '$project'
  ? [Exclude<keyof A, Excluded<A>>] extends [never]
    ? PipelineBuilder<Next>
    : ProjectedPipeline<Next>
  : PipelineBuilder<Next>;

/** The reads of a projected pipeline. Each of them runs the whole pipeline; nothing is sent before. */
export interface PipelineReads<T> extends AsyncIterable<T> {
  /** A cursor over the documents. */
  cursor(): SafeAggregationCursor<T>;
  /** All documents. */
  toArray(): Promise<T[]>;
  /** The first document, or `null`. Each call returns the first; use `cursor()` to read on. */
  next(): Promise<T | null>;
  /** Calls a function with each document, until it returns `false`. */
  forEach(iterator: (document: T) => boolean | void): Promise<void>;
}

/** A pipeline that ends in a `$project`, so that it may be read: `toArray()`, `for await` and the other reads of a cursor. */
export type ProjectedPipeline<S extends PipelineState> = PipelineBuilder<S> & PipelineReads<Exposed<S['document']>>;
