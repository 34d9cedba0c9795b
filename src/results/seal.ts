import { isPlainObject } from '../input/read.ts';
import type { PathNode } from '../view/path-tree.ts';
import { Sensitive } from '../values/sensitive.ts';

/**
 * Wraps each leaf of `sealed` in a result in a `Sensitive`. The result was made for this call, so it is changed in place. A
 * value of an unexpected form is sealed as a whole.
 */
export function seal(result: object, sealed: PathNode): object {
  const holder = result as Record<string, unknown>;
  for (const [key, node] of sealed.children) {
    if (Object.hasOwn(holder, key)) holder[key] = sealNode(holder[key], node);
  }
  return result;
}

function sealNode(value: unknown, node: PathNode): unknown {
  if (node.kind !== 'branch') return new Sensitive(value);
  if (Array.isArray(value)) return value.map((element) => sealNode(element, node));
  return isPlainObject(value) ? seal(value, node) : new Sensitive(value);
}
