import { between, type Random } from '../data/random.ts';

/** The middle of a list, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of nothing');
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** A median with its 95 % interval. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

const RESAMPLES = 2_000;

/** The median of a sample, and a 95 % interval of it by the percentile bootstrap. */
export function estimate(values: readonly number[], random: Random): Estimate {
  const medians = Array.from({ length: RESAMPLES }, () => median(resampled(values, random))).toSorted(
    (left, right) => left - right,
  );
  const at = (share: number): number => medians[Math.round(share * (RESAMPLES - 1))] as number;
  return { median: median(values), low: at(0.025), high: at(0.975) };
}

function resampled(values: readonly number[], random: Random): readonly number[] {
  return values.map(() => values[between(random, 0, values.length - 1)] as number);
}
