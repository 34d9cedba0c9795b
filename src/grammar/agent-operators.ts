/** The tools that `agentTools()` makes of a collection. */
export const AGENT_METHODS = ['find', 'count', 'aggregate', 'paginate'] as const;

export type AgentMethod = (typeof AGENT_METHODS)[number];

/** The operators of a tool's conditions: MongoDB's own names without `$`, and two for text. None of them is a key. */
export const CONDITION_OPERATORS = {
  eq: { operator: '$eq', takes: 'value or null' },
  ne: { operator: '$ne', takes: 'value or null' },
  gt: { operator: '$gt', takes: 'value' },
  gte: { operator: '$gte', takes: 'value' },
  lt: { operator: '$lt', takes: 'value' },
  lte: { operator: '$lte', takes: 'value' },
  in: { operator: '$in', takes: 'values' },
  nin: { operator: '$nin', takes: 'values' },
  exists: { operator: '$exists', takes: 'boolean' },
  startsWith: { operator: '$regex', takes: 'text' },
  contains: { operator: '$regex', takes: 'text' },
} as const;

export type ConditionOperator = keyof typeof CONDITION_OPERATORS;

/** The operators at an `_id` that is not public. */
export const EXACT_CONDITIONS = ['eq', 'in'] as const satisfies readonly ConditionOperator[];

/** The operators at a sealed id: a text has no order. */
export const SEALED_CONDITIONS = ['eq', 'ne', 'in', 'nin', 'exists'] as const satisfies readonly ConditionOperator[];

/** The keys that combine conditions. */
export const CONDITION_LISTS = { and: '$and', or: '$or' } as const;

/** What a tool computes of the documents of a group. */
export const MEASURES = { count: '$sum', sum: '$sum', avg: '$avg', min: '$min', max: '$max' } as const;

export type Measure = keyof typeof MEASURES;

/** The kinds of values that a program may declare for a field. */
export const FIELD_KINDS = ['string', 'number', 'boolean', 'date', 'id'] as const;

export type FieldKind = (typeof FIELD_KINDS)[number];

/** The units by which a tool groups dates. */
export const DATE_UNITS = ['hour', 'day', 'week', 'month', 'quarter', 'year'] as const;

/** The highest numbers of parts in one call of a tool. They keep the work of a call small. */
export const TOOL_LIMITS = {
  inputLength: 64_000,
  conditions: 50,
  depth: 5,
  values: 100,
  text: 256,
  sortFields: 5,
  groupFields: 4,
  measures: 8,
  skip: 10_000,
} as const;
