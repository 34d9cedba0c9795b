import type { CallContext } from '../../errors/call-context.ts';
import { append } from '../../input/append.ts';
import type { InputCopy } from '../../input/copy-input.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { Emitted } from '../emit.ts';
import type { PipelineTerms } from './joins.ts';
import { parseStages, readStage } from './parse-stages.ts';
import { PipelineNotes } from './pipeline-notes.ts';
import { parseHeadStage, placeStage, type Position } from './place-stage.ts';
import { NO_VARIABLES } from './scope.ts';
import type { ParsedStages, StageContext } from './stage.ts';
import { ViewUsage } from './usage.ts';
import { viewShape } from './view-shape.ts';
import { afterView, viewStages } from './view-stages.ts';

/** Parses a pipeline over a view: `[checked head] + [the view] + [stages on public data]`. */
export function parsePipeline(
  stages: readonly InputCopy[],
  policy: ViewPolicy,
  terms: PipelineTerms,
  call: CallContext,
): ParsedStages {
  const notes = new PipelineNotes(call);
  const parsed = parseOver(stages, policy, [], { call, notes, terms, variables: NO_VARIABLES });
  notes.keep(parsed.shape);
  notes.finish();
  return parsed;
}

/** The start position of a pipeline over a view. */
export function firstPosition(policy: ViewPolicy, usage = new ViewUsage()): Position {
  return { part: 'filters', shape: viewShape(policy, usage) };
}

/** Checks the next stage of the pipeline builder. */
export function nextPosition(
  position: Position,
  stage: InputCopy,
  policy: ViewPolicy,
  terms: PipelineTerms,
  call: CallContext,
): Position {
  return placeStage(
    stage,
    position,
    policy,
    contextOf(position, policy, { call, terms, notes: new PipelineNotes(call), variables: NO_VARIABLES }),
  ).position;
}

/** Parses filters, sorts, skips and limits on the stored documents of a view. */
export function parseHead(
  stages: readonly InputCopy[],
  policy: ViewPolicy,
  around: Omit<Around, 'variables'>,
): readonly Emitted[] {
  const { call } = around;
  const context = contextOf(firstPosition(policy), policy, { ...around, variables: NO_VARIABLES });
  return stages.map((stage) => {
    const [name, operand] = readStage(stage, call);
    return (
      parseHeadStage(name, operand, policy, context) ??
      call.refuse('pipeline_stage', `${name} can't run on stored documents.`, name)
    );
  });
}

/** The highest number of stages that `viewStages` makes. */
const STAGES_OF_A_VIEW = 2;

type Around = Pick<StageContext, 'call' | 'notes' | 'terms' | 'variables'>;

/** The view's stages are made last, when it is known which paths the whole pipeline needs. */
function parseOver(
  stages: readonly InputCopy[],
  policy: ViewPolicy,
  trustedFilter: readonly Emitted[],
  around: Around,
): ParsedStages {
  const usage = new ViewUsage();
  around.notes.countStages(STAGES_OF_A_VIEW);
  let position = firstPosition(policy, usage);
  const context = contextOf(position, policy, around);
  const head: Emitted[] = [];
  const body: Emitted[] = [];
  let endOfHead = position;
  for (const stage of stages) {
    const placed = placeStage(stage, position, policy, context);
    position = placed.position;
    append(position.part === 'body' ? body : head, placed.emitted);
    if (position.part !== 'body') endOfHead = position;
  }
  const joined = namesBeside(endOfHead, policy);
  const emitted: Emitted[] = [];
  around.notes.later(() => {
    const view = viewStages(policy, joined, usage);
    for (const stage of [...trustedFilter, ...head, ...view, ...afterView(view, body)]) append(emitted, stage);
  });
  return { emitted, shape: position.shape };
}

/** The fields that the joins of the head added to the view's fields. */
function namesBeside({ shape }: Position, { public: { root } }: ViewPolicy): readonly string[] {
  return [...shape.fields.keys()].filter((name) => !root.children.has(name));
}

function contextOf({ shape }: Position, policy: ViewPolicy, around: Around): StageContext {
  // Field by field: a spread takes several times as long.
  const { call, notes, terms, variables } = around;
  return {
    call,
    notes,
    terms,
    variables,
    shape,
    operators: policy.operators,
    inFacet: false,
    parseStages,
    parseJoined: (stages, foreign, trustedFilter, bound) =>
      parseOver(stages, foreign, trustedFilter, { ...around, variables: bound }),
  };
}
