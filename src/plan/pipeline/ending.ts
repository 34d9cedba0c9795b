import type { Site } from '../../errors/site.ts';
import { KEEPING_STAGES, STATING_STAGES } from '../../grammar/stages.ts';
import { isInputArray, isInputObject, type InputCopy } from '../../input/copy-input.ts';
import { readStage } from './parse-stages.ts';
import { isInclusion } from './stages/project.ts';

const STATING: ReadonlySet<string> = new Set(STATING_STAGES);
const KEEPING: ReadonlySet<string> = new Set(KEEPING_STAGES);

/** Whether a pipeline says what comes out, if it ends with this stage and said so before it, or did not. */
export function statesAfter(stage: InputCopy, before: boolean, site: Site): boolean {
  const [name, operand] = readStage(stage, site);
  if (KEEPING.has(name)) return before;
  if (name === '$project') return isInclusion(operand);
  return name === '$facet' ? allState(operand, site) : STATING.has(name);
}

/** Whether a pipeline ends with a stage that names every field of what it makes, and others after it that only sort and cut. */
export function statesShape(stages: readonly InputCopy[], site: Site): boolean {
  return stages.reduce<boolean>((before, stage) => statesAfter(stage, before, site), false);
}

function allState(pipelines: InputCopy, site: Site): boolean {
  return (
    isInputObject(pipelines) &&
    Object.values(pipelines).every((stages) => isInputArray(stages) && statesShape(stages, site))
  );
}
