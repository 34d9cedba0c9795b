import { types } from 'node:util';

import { bsonTypeOf } from '../input/copy-scalar.ts';

/**
 * The BSON classes that may stand at a leaf. DBRef and Code look like scalars and carry documents, so they are not
 * among them; neither is any class that is added to BSON later.
 */
const SCALAR_TYPES: ReadonlySet<string> = new Set([
  'ObjectId', 'Decimal128', 'Long', 'Int32', 'Double', 'Timestamp', 'Binary', 'BSONRegExp', 'BSONSymbol', 'MinKey', 'MaxKey',
]);

/** Whether a stored value is a scalar: it has no parts that a projection could have left out. */
export function isScalar(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && typeof value !== 'symbol';
  if (types.isDate(value) || types.isRegExp(value) || types.isUint8Array(value)) return true;
  return SCALAR_TYPES.has(bsonTypeOf(value) ?? '');
}

/** Whether a stored value may stand at a leaf: a scalar, or an array (of arrays) of scalars. */
export function isLeafValue(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isLeafValue) : isScalar(value);
}
