/** The server's name for the type of a value, as used by `$type`. Not for arrays. */
export function bsonType(value: unknown): string {
  if (value === null) return 'null';
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  if (value instanceof Uint8Array) return 'binData';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'int' : 'double';
    case 'bigint':
      return 'long';
    case 'object':
      return ofClass(value);
    default:
      return 'undefined';
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  ObjectId: 'objectId',
  Binary: 'binData',
  UUID: 'binData',
  Long: 'long',
  Int32: 'int',
  Double: 'double',
  Decimal128: 'decimal',
  Timestamp: 'timestamp',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
  DBRef: 'dbPointer',
  Code: 'javascript',
  BSONRegExp: 'regex',
  BSONSymbol: 'symbol',
};

function ofClass(value: object): string {
  const name = (value as { readonly _bsontype?: unknown })._bsontype;
  return typeof name === 'string' ? (CLASSES[name] ?? 'object') : 'object';
}
