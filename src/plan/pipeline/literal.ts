import type { Site } from '../../errors/site.ts';
import { isInertObject, type Inert } from '../../input/snapshot.ts';
import { isScalar } from '../../view/leaf-kind.ts';
import { checkName } from './field-path.ts';
import type { Expression } from './scope.ts';
import { branch, COMPUTED, merge, type Shape } from './shape.ts';

/** A `$literal`: the only place where a string that begins with `$` is text. */
export function literal(value: Inert, site: Site): Expression {
  return { emitted: value, shape: shapeOf(value, site) };
}

function shapeOf(value: Inert, site: Site): Shape {
  if (Array.isArray(value)) return merge(value.map((each: Inert) => shapeOf(each, site)));
  if (isScalar(value)) return COMPUTED;
  if (!isInertObject(value))
    return site.refuse('pipeline_value', '$literal takes plain data, not the result of op() or trusted().', '$literal');
  const fields = new Map<string, Shape>();
  for (const [name, below] of Object.entries(value)) {
    checkName(name, '$literal', site);
    fields.set(name, shapeOf(below, site));
  }
  return branch(fields);
}
