import type { CallContext } from '../../errors/call-context.ts';
import type { InputCopy } from '../../input/copy-input.ts';
import type { OperatorStyle, ViewPolicy } from '../../view/policy.ts';
import type { Emitted } from '../emit.ts';
import type { PipelineTerms } from './joins.ts';
import type { PipelineNotes } from './pipeline-notes.ts';
import type { Shape } from './shape.ts';

/** The context of a stage: the shape of the documents there, and functions to parse the pipelines inside the stage. */
export interface StageContext {
  readonly shape: Shape;
  readonly call: CallContext;
  readonly operators: OperatorStyle;
  readonly terms: PipelineTerms;
  /** Whether the stage is inside a `$facet`, which can't be nested. */
  readonly inFacet: boolean;
  readonly notes: PipelineNotes;
  /** The variables that the `let` of the surrounding `$lookup` binds. */
  readonly variables: ReadonlyMap<string, Shape>;
  /** Parses the stages of a pipeline inside this stage. */
  readonly parseStages: (stages: readonly InputCopy[], context: StageContext) => ParsedStages;
  /** Parses the pipeline of a `$lookup`, which begins with the program's conditions and the foreign view. */
  readonly parseJoined: (
    stages: readonly InputCopy[],
    foreign: ViewPolicy,
    trustedFilter: readonly Emitted[],
    variables: ReadonlyMap<string, Shape>,
  ) => ParsedStages;
}

/** An emitted stage, and the shape of the documents after it. */
export interface ParsedStage {
  readonly emitted: Emitted;
  readonly shape: Shape;
}

/** Emitted stages, and the shape of the documents after the last. */
export interface ParsedStages {
  readonly emitted: readonly Emitted[];
  readonly shape: Shape;
}

export type ParseStage = (operand: InputCopy, context: StageContext) => ParsedStage;
