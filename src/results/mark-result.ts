import { Sensitive } from '../values/sensitive.ts';
import type { PathNode } from '../view/path-tree.ts';
import { markExposed } from './exposed-results.ts';
import { isPlainObject } from '../input/read.ts';

/** The shape of a plan's results, and the leaves that are returned as `Sensitive`, if there are any. */
export interface ShapedPlan {
  readonly shape: PathNode;
  readonly sealed?: PathNode;
}

/** Marks a checked result as exposed or, if the plan seals leaves, wraps these in `Sensitive`. Never both. */
export function markResult(result: object, { shape, sealed }: ShapedPlan): object {
  return sealed === undefined ? markExposed(result, shape) : seal(result, sealed);
}

/** Same as `markResult`, for the values of one leaf. */
export function markValues(
  values: readonly unknown[],
  { leaf, sealed }: { readonly leaf: PathNode; readonly sealed?: boolean },
): readonly unknown[] {
  if (sealed === undefined) return markExposed(values, leaf);
  return sealed ? values.map((value) => new Sensitive(value)) : values;
}

/**
 * Wraps each leaf of `sealed` in a result in a `Sensitive`. The result was made for this call, so it is changed in place. A
 * value of an unexpected form is sealed as a whole.
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
