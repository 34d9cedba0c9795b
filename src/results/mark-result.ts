import { Sensitive } from '../values/sensitive.ts';
import type { PathNode } from '../view/path-tree.ts';
import { markExposed } from './exposed-results.ts';
import { isPlainObject } from '../input/read.ts';

/** What a plan says of its results: their shape, and the leaves that are handed out as `Sensitive`, if there may be any. */
export interface ShapedPlan {
  readonly shape: PathNode;
  readonly sealed?: PathNode;
}

/** What becomes of a result that was held to its plan: known as exposed, or its private leaves sealed. Never both. */
export function markResult(result: object, { shape, sealed }: ShapedPlan): object {
  return sealed === undefined ? markExposed(result, shape) : seal(result, sealed);
}

/** As `markResult`, for the values of one leaf. */
export function markValues(
  values: readonly unknown[],
  { leaf, sealed }: { readonly leaf: PathNode; readonly sealed?: boolean },
): readonly unknown[] {
  if (sealed === undefined) return markExposed(values, leaf);
  return sealed ? values.map((value) => new Sensitive(value)) : values;
}

/**
 * Puts each leaf of `sealed` that a result has behind a `Sensitive`. The result was made for this call, so it is changed
 * in place. What is not of the expected form is sealed whole.
 */
function seal(result: object, sealed: PathNode): object {
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
