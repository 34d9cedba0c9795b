import { seal } from './seal.ts';
import { Sensitive } from '../values/sensitive.ts';
import type { PathNode } from '../view/path-tree.ts';
import { markExposed } from './exposed-results.ts';

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
