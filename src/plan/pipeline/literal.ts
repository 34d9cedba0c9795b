import type { Site } from '../../errors/site.ts';
import { isInputArray, isInputObject, type InputCopy } from '../../input/copy-input.ts';
import { isScalar } from '../../view/leaf-kind.ts';
import { checkName } from './field-path.ts';
import type { Expression } from './scope.ts';
import { branch, COMPUTED, merge, type Shape } from './shape.ts';

/** A constant as it is written: the one place where a string that begins with `$` is text. */
export function literal(value: InputCopy, site: Site): Expression {
  return { emitted: value, shape: shapeOf(value, site) };
}

function shapeOf(value: InputCopy, site: Site): Shape {
  if (isInputArray(value)) return merge(value.map((each) => shapeOf(each, site)));
  if (isScalar(value)) return COMPUTED;
  if (!isInputObject(value))
    return site.refuse('pipeline_value', '$literal takes plain data, not the result of op() or trusted().', '$literal');
  const fields = new Map<string, Shape>();
  for (const [name, below] of Object.entries(value)) {
    checkName(name, '$literal', site);
    fields.set(name, shapeOf(below, site));
  }
  return branch(fields);
}
