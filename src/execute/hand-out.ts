import { seal } from '../marks/seal.ts';
import { Sensitive } from '../marks/sensitive.ts';
import type { DistinctPlan, FindPlan } from '../plan/plan.ts';
import { markExposed } from '../view/exposed-results.ts';

/** What becomes of a result that was held to its plan: known as exposed, or its private leaves sealed. Never both. */
export function handOut(result: object, { shape, sealed }: Pick<FindPlan, 'shape' | 'sealed'>): object {
  return sealed === undefined ? markExposed(result, shape) : seal(result, sealed);
}

/** As `handOut`, for the values of one leaf. */
export function handOutValues(values: readonly unknown[], { leaf, sealed }: DistinctPlan): readonly unknown[] {
  if (sealed === undefined) return markExposed(values, leaf);
  return sealed ? values.map((value) => new Sensitive(value)) : values;
}
