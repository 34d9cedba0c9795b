/** Accumulators of a group and of a window, whose operand is one expression (`$count` takes `{}`). */
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
] as const;

/** Accumulators whose operand is one expression. */
export const PLAIN_ACCUMULATORS = [...WINDOW_ACCUMULATORS, '$mergeObjects'] as const;

/** Accumulators that take named operands. */
export const NAMED_ACCUMULATORS = [
  '$firstN',
  '$lastN',
  '$minN',
  '$maxN',
  '$top',
  '$bottom',
  '$topN',
  '$bottomN',
] as const;

/** The accumulators of `$group`, `$bucket` and `$bucketAuto`. `$accumulator` runs code, so it is not one of them. */
export const ACCUMULATORS = [...PLAIN_ACCUMULATORS, ...NAMED_ACCUMULATORS] as const;

export type WindowAccumulator = (typeof WINDOW_ACCUMULATORS)[number];
export type PlainAccumulator = (typeof PLAIN_ACCUMULATORS)[number];
export type NamedAccumulator = (typeof NAMED_ACCUMULATORS)[number];
export type Accumulator = (typeof ACCUMULATORS)[number];
