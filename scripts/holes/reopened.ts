import type { Hole } from './hole.ts';

/** The source of a file with the hole open. Throws unless the code that closes it occurs exactly once. */
export function reopened(source: string, { title, file, closed, open }: Hole): string {
  const [before, after, ...others] = source.split(closed);
  if (before === undefined || after === undefined || others.length > 0)
    throw new Error(`The code that closes the hole "${title}" does not occur once in ${file}: update scripts/holes.`);
  return `${before}${open}${after}`;
}
