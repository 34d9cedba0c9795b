import { seal } from './seal.ts';
import { Sensitive } from '../values/sensitive.ts';
import type { PathNode } from '../view/path-tree.ts';
import { markExposed } from './exposed-results.ts';

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
