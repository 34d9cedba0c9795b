import { isFunction, withBody } from './functions.ts';
import type { NameIndex } from './name-index.ts';
import type { Node } from './syntax.ts';
import { functionsBehind } from './tracer.ts';

/** The functions that an expression may be; none if one of them is only declared, so that nobody knows what it does. */
export function bodiesBehind(node: Node, index: NameIndex): readonly Node[] {
  const targets = functionsBehind(node, index).filter((target) => isFunction(target));
  const bodies = targets.map((target) => withBody(target));
  return bodies.every((body) => body !== undefined) ? bodies : [];
}
