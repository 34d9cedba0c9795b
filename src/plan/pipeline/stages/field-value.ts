import { quote } from '../../../errors/quote.ts';
import { isInputObject, type InputCopy } from '../../../input/copy-input.ts';
import type { StageContext } from '../stage.ts';

/**
 * Checks an object that a stage uses as a field's value. The server reads `{ a: { b: … } }` there as `'a.b'`, which keeps the
 * other fields below `a`, and in `$project` a number or a boolean in it means inclusion. Both are refused, so that the object is
 * always a document with these fields, as elsewhere.
 */
export function checkFieldValue(
  name: string,
  value: InputCopy,
  { shape, site }: StageContext,
  stage: '$project' | '$addFields',
): void {
  if (!isInputObject(value) || Object.keys(value).some((key) => key.startsWith('$'))) return;
  if (shape.kind === 'subtree' || shape.fields.has(name)) {
    site.refuse(
      'pipeline_value',
      `${stage} would merge the object at ${quote(name)} into the existing field; write { $mergeObjects: [ … ] }, or use another name.`,
      name,
    );
  }
  if (stage === '$project' && holdsMark(value)) {
    site.refuse(
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
