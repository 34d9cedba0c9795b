import { isInputObject, type InputCopy } from '../../input/copy-input.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { emit, type Emitted } from '../emit.ts';
import { assertNoNear } from '../filter/assert-no-near.ts';
import { refuseLooseId } from '../filter/exact-ids.ts';
import { callerRules } from '../filter/filter-rules.ts';
import { parseFilter } from '../filter/parse-filter.ts';
import { assertNoText } from '../filter/parse-text.ts';
import { parseSort } from '../filter/parse-sort.ts';
import { parseStage, readStage } from './parse-stages.ts';
import type { Shape } from './shape.ts';
import type { StageContext } from './stage.ts';
import { limit, skip } from './stages/filter-stages.ts';
import { headLookup } from './stages/lookup.ts';

/**
 * The part of the pipeline that a stage belongs to. Leading filters and sorts run on the stored documents, so they can use indexes (on
 * 50,000 documents a sort and limit take 138 ms after the view and 5 ms before it). Joins by keys that the view may remove come next.
 * The first stage of another kind begins the body, after the view.
 */
type Part = 'filters' | 'joins' | 'body';

/** A position in a pipeline over a view: the part, and the shape of the documents there. */
export interface Position {
  readonly part: Part;
  readonly shape: Shape;
}

/** A stage as it is sent, and the position after it. */
export interface PlacedStage {
  readonly emitted: Emitted;
  readonly position: Position;
}

type ParseHeadStage = (operand: InputCopy, policy: ViewPolicy, context: StageContext) => Emitted;

/** The stages that may run on the stored documents, with the same rules as the filter and the sort of `find()`. */
const HEAD_STAGES: ReadonlyMap<string, ParseHeadStage> = new Map<string, ParseHeadStage>([
  ['$match', headMatch],
  ['$sort', (operand, policy, { call }) => emit('$sort', parseSort(operand, policy.sortable, call))],
  ['$limit', (operand, _policy, context) => limit(operand, context).emitted],
  ['$skip', (operand, _policy, context) => skip(operand, context).emitted],
]);

function headMatch(operand: InputCopy, policy: ViewPolicy, { call, terms }: StageContext): Emitted {
  const filter = parseFilter(operand, callerRules(policy), call);
  assertNoNear(filter, call);
  assertNoText(filter, 'a pipeline; search with find(), or write a $regex on an indexed path', call);
  refuseLooseId(filter, terms.collation, policy, call);
  return emit('$match', filter);
}

/** A stage that runs on the stored documents, or `undefined` if it is of another kind. */
export function parseHeadStage(
  name: string,
  operand: InputCopy,
  policy: ViewPolicy,
  context: StageContext,
): Emitted | undefined {
  const parse = HEAD_STAGES.get(name);
  if (parse === undefined) return undefined;
  context.notes.countStages(1);
  return parse(operand, policy, context);
}

/** The same at the start of a pipeline, where an expression is allowed too. */
export function parseLeadingStage(
  name: string,
  operand: InputCopy,
  policy: ViewPolicy,
  context: StageContext,
): Emitted | undefined {
  return hasExpression(name, operand) ? undefined : parseHeadStage(name, operand, policy, context);
}

/** Whether a stage is a `$match` with `$expr`. It may read any public field, so it has to run after the view. */
function hasExpression(name: string, operand: InputCopy): boolean {
  return name === '$match' && isInputObject(operand) && Object.hasOwn(operand, '$expr');
}

/** Parses the next stage of a pipeline over a view. */
export function placeStage(
  stage: InputCopy,
  { part, shape }: Position,
  policy: ViewPolicy,
  around: StageContext,
): PlacedStage {
  const context = { ...around, shape };
  const [name, operand] = readStage(stage, context.call);
  const filtered = part === 'filters' ? parseLeadingStage(name, operand, policy, context) : undefined;
  if (filtered !== undefined) return { emitted: filtered, position: { part, shape } };
  const joined = part !== 'body' && name === '$lookup' ? headLookup(operand, policy, context) : undefined;
  if (joined !== undefined) {
    context.notes.countStages(1);
    context.notes.countFields(joined.shape, joined.shape.fields.size);
    return { emitted: joined.emitted, position: { part: 'joins', shape: joined.shape } };
  }
  const parsed = parseStage(stage, context);
  return { emitted: parsed.emitted, position: { part: 'body', shape: parsed.shape } };
}
