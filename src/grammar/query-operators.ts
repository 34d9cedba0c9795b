/** The query operators that a filter may use at a path. */
export const QUERY_OPERATORS = [
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$all',
  '$exists',
  '$type',
  '$not',
  '$size',
  '$mod',
  '$bitsAllSet',
  '$bitsAnySet',
  '$bitsAllClear',
  '$bitsAnyClear',
  '$regex',
  '$options',
  '$elemMatch',
] as const;

export type QueryOperator = (typeof QUERY_OPERATORS)[number];

/** The operators that the server does not take in `$pull`, for the elements themselves (mongod 6.0.5, code 2). */
export const NOT_PULLED = ['$not'] as const satisfies readonly QueryOperator[];

export type NotPulled = (typeof NOT_PULLED)[number];

/** The operators that combine filters. They are keys of a filter, like paths. */
export const LOGICAL_OPERATORS = ['$and', '$or', '$nor'] as const;

export type LogicalOperator = (typeof LOGICAL_OPERATORS)[number];

/**
 * The operators at a branch that has a public leaf: its presence and its number of elements are public with the leaf. `$eq` and
 * `$ne` take only `null` there.
 */
export const BRANCH_OPERATORS = [
  '$elemMatch',
  '$exists',
  '$size',
  '$eq',
  '$ne',
  '$not',
] as const satisfies readonly QueryOperator[];

export type BranchOperator = (typeof BRANCH_OPERATORS)[number];

/** The operators at an `_id` that is not public: exact matches, which can't search for one. */
export const EXACT_OPERATORS = ['$eq', '$in'] as const satisfies readonly QueryOperator[];

export type ExactOperator = (typeof EXACT_OPERATORS)[number];

/** The operators at an opaque id: they ask for equality and presence. The sealed text has no order. */
export const OPAQUE_OPERATORS = [
  '$eq',
  '$ne',
  '$in',
  '$nin',
  '$all',
  '$exists',
  '$size',
  '$not',
] as const satisfies readonly QueryOperator[];

export type OpaqueOperator = (typeof OPAQUE_OPERATORS)[number];
