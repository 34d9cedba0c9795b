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

export type CollationField = keyof typeof COLLATION_FIELDS;
