import type { CallContext } from '../../errors/call-context.ts';
import { KEEPING_STAGES, STATING_STAGES } from '../../grammar/stages.ts';
import { isInputArray, isInputObject, type InputCopy } from '../../input/copy-input.ts';
import { readStage } from './parse-stages.ts';
import { isInclusion } from './stages/project.ts';

const STATING: ReadonlySet<string> = new Set(STATING_STAGES);
const KEEPING: ReadonlySet<string> = new Set(KEEPING_STAGES);

/** Throws unless a pipeline says what comes out. Leading filters and sorts don't, so the stages may be those after them. */
export function requireEnding(stages: readonly InputCopy[], call: CallContext): void {
  if (statesShape(stages, call)) return;
  call.refuse(
    'projection_missing',
    'A pipeline must end with a stage that says what comes out: a $project that names the fields to return, $group, $count, $bucket, $bucketAuto, $sortByCount, or a $facet of such pipelines. Only $sort, $limit, $skip and $sample may follow it.',
    '$project',
  );
}

/** Whether a pipeline says what comes out, if it ends with this stage and said so before it, or did not. */
export function statesAfter(stage: InputCopy, before: boolean, call: CallContext): boolean {
  const [name, operand] = readStage(stage, call);
  if (KEEPING.has(name)) return before;
  if (name === '$project') return isInclusion(operand);
  return name === '$facet' ? allState(operand, call) : STATING.has(name);
}

/** Whether a pipeline ends with a stage that names every field of what it makes, and others after it that only sort and cut. */
function statesShape(stages: readonly InputCopy[], call: CallContext): boolean {
  return stages.reduce<boolean>((before, stage) => statesAfter(stage, before, call), false);
}

function allState(pipelines: InputCopy, call: CallContext): boolean {
  return (
    isInputObject(pipelines) &&
    Object.values(pipelines).every((stages) => isInputArray(stages) && statesShape(stages, call))
  );
}
