import { types } from 'node:util';

import { SCALAR_CLASSES } from '../grammar/bson-classes.ts';
import { bsonTypeOf } from '../input/copy-scalar.ts';

const SCALAR_TYPES: ReadonlySet<string> = new Set(SCALAR_CLASSES);

/** Whether a stored value is a scalar, without parts that a projection could leave out. */
export function isScalar(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value !== 'function' && typeof value !== 'symbol';
  if (types.isDate(value) || types.isRegExp(value) || types.isUint8Array(value)) return true;
  return SCALAR_TYPES.has(bsonTypeOf(value) ?? '');
}

/** Whether a stored value is allowed at a leaf: a scalar, or an array (of arrays) of scalars. */
export function isLeafValue(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isLeafValue) : isScalar(value);
}
