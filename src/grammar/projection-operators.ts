import type { QueryOperator } from './query-operators.ts';

/** The operators that a projection may use at an array: they return some of its elements. */
export const PROJECTION_OPERATORS = ['$slice', '$elemMatch'] as const;

export type ProjectionOperator = (typeof PROJECTION_OPERATORS)[number];

/** The query operators that a projection's `$elemMatch` does not take: the server has no expression that does the same. */
export const UNMATCHED_OPERATORS = [
  '$mod',
  '$bitsAllSet',
  '$bitsAnySet',
  '$bitsAllClear',
  '$bitsAnyClear',
] as const satisfies readonly QueryOperator[];

export type UnmatchedOperator = (typeof UNMATCHED_OPERATORS)[number];

/** The query operators that a projection's `$elemMatch` takes. */
export type MatchedOperator = Exclude<QueryOperator, UnmatchedOperator>;
