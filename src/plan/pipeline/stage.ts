import type { Site } from '../../errors/site.ts';
import type { InputCopy } from '../../input/copy-input.ts';
import type { OperatorStyle, ViewPolicy } from '../../view/policy.ts';
import type { Emitted } from '../emit.ts';
import type { PipelineTerms } from './joins.ts';
import type { PipelineNotes } from './pipeline-notes.ts';
import type { Shape } from './shape.ts';

/** Where a stage stands: what documents look like there, and how to go into the pipelines that it holds. */
export interface StageContext {
  readonly shape: Shape;
  readonly site: Site;
  readonly operators: OperatorStyle;
  readonly terms: PipelineTerms;
  /** Whether the stage stands inside `$facet`, which does not nest. */
  readonly inFacet: boolean;
  readonly notes: PipelineNotes;
  /** Parses stages one after the other, for a pipeline inside this stage. */
  readonly parseStages: (stages: readonly InputCopy[], context: StageContext) => ParsedStages;
  /** Parses the pipeline of a `$lookup`, which begins with what the program demands and the foreign view. */
  readonly parseJoined: (
    stages: readonly InputCopy[],
    foreign: ViewPolicy,
    trustedFilter: readonly Emitted[],
  ) => ParsedStages;
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

export type ParseStage = (operand: InputCopy, context: StageContext) => ParsedStage;
