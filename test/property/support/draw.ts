import * as fc from 'fast-check';
import type { Arbitrary, GeneratorValue } from 'fast-check';

/** Draws the parts of a random case, one after the other. */
export interface Draw {
  number(min: number, max: number): number;
  chance(percent: number): boolean;
  oneOf<T>(values: readonly T[]): T;
  /** Some of the values, in their order. */
  some<T>(values: readonly T[], atLeast?: number): T[];
  /** A number of distinct values between `min` and `max`. */
  different<T>(values: readonly T[], min: number, max: number): T[];
  value<T>(arbitrary: Arbitrary<T>): T;
}

const itself = <T>(arbitrary: Arbitrary<T>): Arbitrary<T> => arbitrary;

/** A case is drawn from `fc.gen()`, so that fast-check can repeat and shrink it. */
export function drawFrom(g: GeneratorValue): Draw {
  // Without its bias to small numbers, which would make of a chance of 2 in a hundred one of 1 in 3.
  const value = <T>(arbitrary: Arbitrary<T>): T => g<T, [Arbitrary<T>]>(itself, fc.noBias(arbitrary));
  const number = (min: number, max: number): number => value(fc.integer({ min, max }));
  return {
    value,
    number,
    chance: (percent) => number(1, 1000) <= percent * 10,
    oneOf: (values) => values[number(0, values.length - 1)] as (typeof values)[number],
    some: (values, minLength = 0) => value(fc.subarray([...values], { minLength })),
    different: (values, minLength, maxLength) => value(fc.shuffledSubarray([...values], { minLength, maxLength })),
  };
}

/** `fc.gen()`, as a `Draw`. */
export function draws(): Arbitrary<Draw> {
  return fc.gen().map(drawFrom);
}
