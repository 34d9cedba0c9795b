/** The fields of a collation, each with the type that the server takes. */
export const COLLATION_FIELDS = {
  locale: 'string',
  caseLevel: 'boolean',
  caseFirst: 'string',
  strength: 'number',
  numericOrdering: 'boolean',
  alternate: 'string',
  maxVariable: 'string',
  backwards: 'boolean',
  normalization: 'boolean',
} as const;

/** The values that the server takes, where it does not take all of the type. */
export const COLLATION_VALUES = {
  strength: [1, 2, 3, 4, 5],
  caseFirst: ['upper', 'lower', 'off'],
  alternate: ['non-ignorable', 'shifted'],
  maxVariable: ['punct', 'space'],
} as const satisfies Partial<Record<CollationField, readonly unknown[]>>;

export type CollationField = keyof typeof COLLATION_FIELDS;
