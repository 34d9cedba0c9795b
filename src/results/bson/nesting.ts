import { malformed } from './decode-fault.ts';

/** The server nests documents 200 levels deep at most, or 250 where it is told to. */
const DEEPEST = 1000;

/** The next level of a value that nests without a plan; ends the read before the stack would. */
export function nextLevel(level: number): number {
  return level < DEEPEST ? level + 1 : malformed(`documents are nested deeper than ${DEEPEST} levels`);
}
