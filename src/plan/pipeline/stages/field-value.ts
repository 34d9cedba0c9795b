import { quote } from '../../../errors/quote.ts';
import { isInputObject, type InputCopy } from '../../../input/copy-input.ts';
import type { Shape } from '../shape.ts';
import type { StageContext } from '../stage.ts';

/** The existing branch that an object is merged into. `undefined` if the object is a new value. */
export function fieldsInside(name: string, value: InputCopy, here: Shape): Shape | undefined {
  if (!isInputObject(value) || Object.keys(value).length === 0) return undefined;
  if (Object.keys(value).some((key) => key.startsWith('$'))) return undefined;
  const field = here.kind === 'branch' ? here.fields.get(name) : undefined;
  return field?.kind === 'branch' ? field : undefined;
}

/**
 * Checks an object that a stage writes as a field's value, and that goes into no branch. The server reads `{ a: { b: … } }` there as
 * `'a.b'`, which keeps what a subdocument that is stored at a scalar holds, and in `$project` a number or a boolean below means inclusion.
 * Only where neither happens is it a document with those fields, as in every other place.
 */
export function checkFieldValue(
  name: string,
  value: InputCopy,
  { shape, call }: StageContext,
  stage: '$project' | '$addFields',
): void {
  if (!isInputObject(value) || Object.keys(value).some((key) => key.startsWith('$'))) return;
  if (Object.keys(value).length === 0)
    call.refuse('pipeline_value', `${stage} takes no empty object at ${quote(name)}: write { $literal: {} }.`, name);
  if (shape.kind === 'subtree' || shape.fields.has(name)) {
    call.refuse(
      'pipeline_value',
      `${stage} would merge the object at ${quote(name)} into the existing field, which has no fixed fields; write { $mergeObjects: [ … ] }, or use another name.`,
      name,
    );
  }
  if (stage === '$project' && holdsMark(value)) {
    call.refuse(
      'projection_value',
      `Below ${quote(name)}, $project reads a number or a boolean as inclusion; write a constant as { $literal: … }.`,
      name,
    );
  }
}

function holdsMark(value: InputCopy): boolean {
  if (typeof value === 'number' || typeof value === 'boolean') return true;
  if (!isInputObject(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length === 0 ||
    (!entries.some(([key]) => key.startsWith('$')) && entries.some(([, below]) => holdsMark(below)))
  );
}
