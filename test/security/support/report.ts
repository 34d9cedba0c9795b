import { appendFileSync } from 'node:fs';

/** How many cells of a test were tried, and what came out. */
export interface Counts {
  tried: number;
  refused: number;
  allowed: number;
  differences: number;
}

export function noCounts(): Counts {
  return { tried: 0, refused: 0, allowed: 0, differences: 0 };
}

/** Adds a line to the report of `npm run test:security`, if it runs. */
export function report(name: string, counts: Counts): void {
  const file = process.env['SECURITY_REPORT'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ name, ...counts })}\n`);
}
