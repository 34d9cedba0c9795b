import { describe, expect, it } from 'vitest';

import { seededRandom, shuffled } from '../../bench/data/random.ts';
import { estimate, median } from '../../bench/measure/statistics.ts';

describe('the median', () => {
  it('is the middle value, or the mean of the middle two, in any order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(median([10, 9, 100])).toBe(10);
  });

  it('of nothing is an error, not a number', () => {
    expect(() => median([])).toThrow('no median');
  });
});

describe('the bootstrap interval', () => {
  it('is one point if all values are the same', () => {
    expect(estimate([2, 2, 2, 2], seededRandom(1))).toEqual({ median: 2, low: 2, high: 2 });
  });

  it('lies within the sample, with the median inside', () => {
    const { low, median: middle, high } = estimate([1, 2, 3, 4, 5, 6, 7, 8, 9, 100], seededRandom(1));
    expect(low).toBeGreaterThanOrEqual(1);
    expect(low).toBeLessThan(middle);
    expect(high).toBeGreaterThan(middle);
    expect(high).toBeLessThan(100);
  });

  it('holds the true median in about 95 of 100 samples', () => {
    const random = seededRandom(5);
    const holds = Array.from({ length: 120 }, () => {
      const { low, high } = estimate(
        Array.from({ length: 31 }, () => random()),
        random,
      );
      return low <= 0.5 && 0.5 <= high;
    });
    const share = holds.filter(Boolean).length / holds.length;
    expect(share).toBeGreaterThan(0.88);
    expect(share).toBeLessThan(1);
  });

  it('narrows with the size of the sample', () => {
    const random = seededRandom(9);
    const width = (size: number): number => {
      const { low, high } = estimate(
        Array.from({ length: size }, () => random()),
        random,
      );
      return high - low;
    };
    expect(width(400)).toBeLessThan(width(16));
  });
});

describe('seeded numbers', () => {
  it('are the same for the same seed, and others for another', () => {
    const draw = (seed: number): readonly number[] => Array.from({ length: 5 }, seededRandom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(1).every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('put a list in each order about as often', () => {
    const random = seededRandom(3);
    const counts = new Map<string, number>();
    for (let turn = 0; turn < 6_000; turn += 1) {
      const order = shuffled(random, ['a', 'b', 'c']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
