import type { PlainAccumulator } from './accumulators.ts';

/** Accumulators that are also window functions. */
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

/** Functions that are only for windows. */
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
