import { WINDOW_ACCUMULATORS } from './accumulators.ts';

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

export type WindowOnly = (typeof WINDOW_ONLY)[number];
export type WindowFunction = (typeof WINDOW_FUNCTIONS)[number];
