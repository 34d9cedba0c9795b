import { isInputArray, isInputObject, type InputCopy } from '../../../input/copy-input.ts';
import { emit, emptyDocument } from '../../emit.ts';
import { checkName } from '../field-path.ts';
import { branch, type Shape } from '../shape.ts';
import type { ParsedStage, StageContext } from '../stage.ts';

/** `$facet`: several pipelines over the same public documents, each an array in one result. */
export function facet(operand: InputCopy, context: StageContext): ParsedStage {
  const { call } = context;
  if (context.inFacet) return call.refuse('pipeline_stage', '$facet is not allowed inside $facet.', '$facet');
  if (!isInputObject(operand) || Object.keys(operand).length === 0) {
    return call.refuse('pipeline_value', '$facet takes an object with at least one pipeline.', '$facet');
  }
  const emitted = emptyDocument();
  const fields = new Map<string, Shape>();
  for (const [name, stages] of Object.entries(operand)) {
    checkName(name, '$facet', call);
    if (!isInputArray(stages) || stages.length === 0)
      return call.refuse('pipeline_value', '$facet takes non-empty pipelines.', name);
    const parsed = context.parseStages(stages, { ...context, inFacet: true });
    emitted[name] = parsed.emitted;
    fields.set(name, parsed.shape);
  }
  return { emitted: emit('$facet', emitted), shape: branch(fields) };
}
