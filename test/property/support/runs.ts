import type { Parameters } from 'fast-check';

/**
 * How often a property is tried: always with the same seed, so that a run that failed fails again. `PROPERTY_RUNS=20`
 * multiplies the runs, `PROPERTY_SEED=7` sets another seed, and `PROPERTY_SHRINK=1` looks for the smallest failing case.
 * `what` distinguishes properties that would draw the same otherwise.
 */
export function runs<T>(numRuns: number, what = 0): Parameters<T> {
  const factor = Number(process.env['PROPERTY_RUNS'] ?? 1);
  const seed = Number(process.env['PROPERTY_SEED'] ?? 1) * 1000 + what;
  return { numRuns: numRuns * factor, seed, endOnFailure: process.env['PROPERTY_SHRINK'] === undefined };
}

/** Long enough for the number of runs. */
export const PROPERTY_TIMEOUT = 120_000 * Math.max(1, Number(process.env['PROPERTY_RUNS'] ?? 1));
