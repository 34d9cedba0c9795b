import type { CallContext } from '../../errors/call-context.ts';
import { append } from '../../input/append.ts';
import type { InputCopy } from '../../input/copy-input.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { Emitted } from '../emit.ts';
import { perPolicy } from '../per-policy.ts';
import { requireEnding } from './ending.ts';
import type { PipelineTerms } from './joins.ts';
import { parseStages, readStage } from './parse-stages.ts';
import { PipelineNotes } from './pipeline-notes.ts';
import { parseHeadStage, parseLeadingStage, placeStage, type Position } from './place-stage.ts';
import { rememberedPipeline, type ParsedPipeline } from './remembered-pipelines.ts';
import { NO_VARIABLES } from './scope.ts';
import { toPathNode } from './shape.ts';
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
): Pick<ParsedPipeline, 'emitted' | 'shape'> {
  const around = { call, notes: new PipelineNotes(call), terms, variables: NO_VARIABLES };
  const head = leadingStages(stages, policy, around);
  const others = stages.slice(head.length);
  const parse = (): ParsedPipeline => parseOthers(others, policy, terms, call);
  const { emitted, shape, stages: count } = rememberedPipeline(others, policy, terms, call, parse);
  around.notes.countStages(count);
  return { emitted: [...head, ...emitted], shape };
}

/** Parses the filters, sorts, skips and limits at the start. */
function leadingStages(stages: readonly InputCopy[], policy: ViewPolicy, around: Around): readonly Emitted[] {
  const context = contextOf(headPosition(policy), policy, around);
  const head: Emitted[] = [];
  for (const stage of stages) {
    const [name, operand] = readStage(stage, around.call);
    const emitted = parseLeadingStage(name, operand, policy, context);
    if (emitted === undefined) break;
    append(head, emitted);
  }
  return head;
}

/** Parses the stages from the first one on that needs the view. */
function parseOthers(
  stages: readonly InputCopy[],
  policy: ViewPolicy,
  terms: PipelineTerms,
  call: CallContext,
): ParsedPipeline {
  const notes = new PipelineNotes(call);
  const { emitted, shape } = parseOver(stages, policy, [], { call, notes, terms, variables: NO_VARIABLES });
  notes.keep(shape);
  notes.finish();
  requireEnding(stages, call);
  return {
    emitted,
    shape: toPathNode(shape),
    stages: notes.stages,
    joins: notes.hasJoins,
    fields: shape.size,
  };
}

/** The start position of a pipeline over a view. */
export function firstPosition(policy: ViewPolicy, usage = new ViewUsage()): Position {
  return { part: 'filters', shape: viewShape(policy, usage) };
}

/** The same for stages that look at no field of the shape, so that it can be shared. */
const headPosition = perPolicy(firstPosition);

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
  const context = contextOf(headPosition(policy), policy, { ...around, variables: NO_VARIABLES });
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
    parseJoined: (stages, foreign, trustedFilter, bound) => {
      notes.noteJoin();
      return parseOver(stages, foreign, trustedFilter, { ...around, variables: bound });
    },
  };
}
