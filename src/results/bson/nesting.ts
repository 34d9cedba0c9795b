import { malformed } from './decode-fault.ts';

/** The server allows at most 200 levels, or 250 with a setting. */
const DEEPEST = 1000;

/** The next level of a value below a subtree. Throws before the stack overflows. */
export function nextLevel(level: number): number {
  return level < DEEPEST ? level + 1 : malformed(`documents are nested deeper than ${DEEPEST} levels`);
}
