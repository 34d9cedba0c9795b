import type { ArrayDepths } from './parse-arrays.ts';

/** What is allowed inside a number of nested arrays. */
export interface DepthRules {
  /** Whether another array is allowed at this level. */
  readonly mayNest: (level: number) => boolean;
  /** Whether a value that is not an array is allowed at this level. `null` always is. */
  readonly mayEnd: (level: number) => boolean;
}

const ANY_DEPTH: DepthRules = { mayNest: () => true, mayEnd: () => true };
const NO_ARRAY: DepthRules = { mayNest: () => false, mayEnd: () => true };

/** The rules for the values at a path with these declared depths. */
export function depthRules(depths: ArrayDepths | undefined): DepthRules {
  if (depths === undefined) return ANY_DEPTH;
  const deepest = depths[depths.length - 1] ?? 0;
  if (deepest === 0) return NO_ARRAY;
  return { mayNest: (level) => level < deepest, mayEnd: (level) => depths.includes(level) };
}
