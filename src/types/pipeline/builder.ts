import type { KeepingStage, STAGE_METHODS } from '../../grammar/stages.ts';
import type { SafeAggregationCursor } from '../../collection/safe-aggregation-cursor.ts';
import type { Exposed } from '../exposed.ts';
import type { CheckStageOperand } from './check-stage.ts';
import type { States } from './ending.ts';
import type { NextState } from './next-state.ts';
import type { Plain } from './plain.ts';
import type { Offered, OperandOffer } from './stage-offer.ts';
import type { PipelineState } from './state.ts';

type StageMethods = typeof STAGE_METHODS;

/**
 * A pipeline that is put together step by step, with a method for each stage. Every step gives a new one and leaves the
 * old one as it is. It can be read once it says what comes out, as a pipeline of `aggregate()` has to at its end.
 */
export type PipelineBuilder<S extends PipelineState, Stated extends boolean = false> = {
  readonly [M in keyof StageMethods]: <const A extends OperandOffer<S, StageMethods[M]>>(
    operand: A & ([Extract<A, Offered>] extends [never] ? CheckStageOperand<S, StageMethods[M], A> : unknown),
  ) => AfterStep<
    NextState<S, { readonly [Name in StageMethods[M]]: A }>,
    StageMethods[M] extends KeepingStage ? Stated : States<{ readonly [Name in StageMethods[M]]: A }>
  >;
};

type AfterStep<Next extends PipelineState, Stated extends boolean> = Stated extends true
  ? ProjectedPipeline<Next>
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

/** A pipeline whose last stage states the fields to return, so that it may be read: `toArray()`, `for await` and the other reads of a cursor. */
export type ProjectedPipeline<S extends PipelineState> = PipelineBuilder<S, true> &
  PipelineReads<Exposed<Plain<S['document']>>>;
