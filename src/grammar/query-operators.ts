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
  '$regex',
  '$options',
  '$elemMatch',
] as const;

export type QueryOperator = (typeof QUERY_OPERATORS)[number];

/** The operators that combine filters. They are keys of a filter, like paths. */
export const LOGICAL_OPERATORS = ['$and', '$or', '$nor'] as const;

export type LogicalOperator = (typeof LOGICAL_OPERATORS)[number];

/** The operators for an `_id` that is not public: only exact matches, which can't be used to search. */
export const EXACT_OPERATORS = ['$eq', '$in'] as const satisfies readonly QueryOperator[];

export type ExactOperator = (typeof EXACT_OPERATORS)[number];
