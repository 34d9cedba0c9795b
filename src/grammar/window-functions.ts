import type { PlainAccumulator } from './accumulators.ts';

/** Accumulators that work over a window too. */
export const WINDOW_ACCUMULATORS = [
  '$sum',
  '$avg',
  '$stdDevPop',
  '$stdDevSamp',
  '$count',
  '$min',
  '$max',
  '$first',
  '$last',
  '$push',
  '$addToSet',
] as const satisfies readonly PlainAccumulator[];

/** Functions that only a window has. */
export const WINDOW_ONLY = [
  '$covariancePop',
  '$covarianceSamp',
  '$rank',
  '$denseRank',
  '$documentNumber',
  '$linearFill',
  '$locf',
  '$shift',
  '$derivative',
  '$integral',
  '$expMovingAvg',
] as const;

/** The functions of `$setWindowFields`. */
export const WINDOW_FUNCTIONS = [...WINDOW_ACCUMULATORS, ...WINDOW_ONLY] as const;

export type WindowAccumulator = (typeof WINDOW_ACCUMULATORS)[number];
export type WindowOnly = (typeof WINDOW_ONLY)[number];
export type WindowFunction = (typeof WINDOW_FUNCTIONS)[number];
