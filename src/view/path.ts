import { quote } from '../errors/quote.ts';

/** Longer paths are refused. */
export const LONGEST_PATH = 512;

/** Most paths match this and need no further checks. */
const PLAIN_WORDS = /^[A-Za-z]\w*(?:\.[A-Za-z]\w*)*$/;

/** What is wrong with the form of a dotted path, or `undefined`. Whether a number may be in it depends on the view: see `numberFault()`. */
export function pathFault(path: string): string | undefined {
  if (path.length === 0) return 'a path is empty';
  if (path.length > LONGEST_PATH) return `${quote(path)} is longer than ${LONGEST_PATH} characters`;
  if (PLAIN_WORDS.test(path)) return undefined;
  for (const segment of path.split('.')) {
    const fault = segmentFault(segment);
    if (fault !== undefined) return `${quote(path)} ${fault}`;
  }
  return undefined;
}

function segmentFault(segment: string): string | undefined {
  if (segment === '') return 'has an empty segment';
  if (segment.startsWith('$')) return 'has a segment that starts with $';
  if (segment === '__proto__') return 'has the segment __proto__';
  if (segment.includes('\0')) return 'has a null byte';
  return undefined;
}

/** Whether a path is the branch or is below it. */
export function isWithin(path: string, branch: string): boolean {
  return path === branch || path.startsWith(`${branch}.`);
}

/** The branches above a path, starting at the top. */
export function branchesOf(field: string): readonly string[] {
  if (!field.includes('.')) return [];
  const segments = field.split('.');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('.'));
}
