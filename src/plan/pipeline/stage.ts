import type { Site } from '../../errors/site.ts';
import type { Inert } from '../../inert/snapshot.ts';
import type { OperatorStyle, ViewPolicy } from '../../view/policy.ts';
import type { Emitted } from '../emit.ts';
import type { Joins } from './joins.ts';
import type { Shape } from './shape.ts';

/** Where a stage stands: what documents look like there, and how to go into the pipelines that it holds. */
export interface StageContext {
  readonly shape: Shape;
  readonly site: Site;
  readonly operators: OperatorStyle;
  /** The views that `$lookup` may name. */
  readonly joins: Joins;
  /** Whether the stage stands inside `$facet`, which does not nest. */
  readonly inFacet: boolean;
  /** Parses a pipeline over documents of this shape. */
  readonly parseStages: (stages: readonly Inert[], context: StageContext) => ParsedStages;
  /** Parses the pipeline of a `$lookup`, which begins with the foreign view, for documents that come under `as`. */
  readonly parseJoined: (stages: readonly Inert[], foreign: ViewPolicy, as: string) => ParsedStages;
}

/** A stage as it is sent, and what documents look like after it. */
export interface ParsedStage {
  readonly emitted: Emitted;
  readonly shape: Shape;
}

/** Stages as they are sent, and what documents look like after the last. */
export interface ParsedStages {
  readonly emitted: readonly Emitted[];
  readonly shape: Shape;
}

export type ParseStage = (operand: Inert, context: StageContext) => ParsedStage;
