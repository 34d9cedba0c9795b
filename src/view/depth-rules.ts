import type { ArrayDepths } from './parse-arrays.ts';

/** What may stand in so many arrays. */
export interface DepthRules {
  /** Whether one more array may. */
  readonly mayNest: (level: number) => boolean;
  /** Whether a value that is no array may. `null` may anyway. */
  readonly mayEnd: (level: number) => boolean;
}

const ANY_DEPTH: DepthRules = { mayNest: () => true, mayEnd: () => true };
const NO_ARRAY: DepthRules = { mayNest: () => false, mayEnd: () => true };

/** What the depths that a view declares at a path mean for the values there. */
export function depthRules(depths: ArrayDepths | undefined): DepthRules {
  if (depths === undefined) return ANY_DEPTH;
  const deepest = depths[depths.length - 1] ?? 0;
  if (deepest === 0) return NO_ARRAY;
  return { mayNest: (level) => level < deepest, mayEnd: (level) => depths.includes(level) };
}
