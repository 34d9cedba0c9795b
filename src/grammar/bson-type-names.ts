/** MongoDB's names of the BSON types, as `$type` takes them. Numbers are refused, because names are easier to read. */
export const BSON_TYPE_NAMES = [
  'double',
  'string',
  'object',
  'array',
  'binData',
  'objectId',
  'bool',
  'date',
  'null',
  'regex',
  'int',
  'timestamp',
  'long',
  'decimal',
  'number',
  'minKey',
  'maxKey',
] as const;

export type BsonTypeName = (typeof BSON_TYPE_NAMES)[number];
