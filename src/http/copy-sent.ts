import { types } from 'node:util';

import { BSONSymbol, MaxKey, MinKey } from 'mongodb';

import { bsonTypeOf, copyScalar, NOT_A_SCALAR } from '../input/copy-scalar.ts';
import type { OutputClass } from '../grammar/bson-classes.ts';

/** Scalars that `copyScalar` does not copy, because they can't be sent to the server. */
const COPIES = {
  MinKey: () => new MinKey(),
  MaxKey: () => new MaxKey(),
  BSONSymbol: copySymbol,
} satisfies Record<OutputClass, (value: object) => unknown>;

const OTHERS: ReadonlyMap<string, (value: object) => unknown> = new Map(Object.entries(COPIES));

/**
 * Copies a scalar for a response. It is a new instance, so extra keys or a `toJSON` of the original are not written.
 * `NOT_A_SCALAR` if the value is not a scalar.
 */
export function copySent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'function' || typeof value === 'symbol' ? NOT_A_SCALAR : value;
  const copy = copyObject(value);
  if (typeof copy !== 'object' || copy === null) return copy;
  // Bytes can't be frozen. Without extra keys they are written as bytes.
  return types.isUint8Array(copy) ? Object.preventExtensions(copy) : Object.freeze(copy);
}

function copyObject(value: object): unknown {
  if (types.isProxy(value)) return NOT_A_SCALAR;
  if (types.isDate(value)) return new Date(Date.prototype.getTime.call(value));
  if (types.isRegExp(value)) return new RegExp(value.source, value.flags);
  if (types.isUint8Array(value)) return Buffer.isBuffer(value) ? Buffer.from(value) : Uint8Array.from(value);
  return OTHERS.get(bsonTypeOf(value) ?? '')?.(value) ?? copyScalar(value);
}

function copySymbol(value: object): unknown {
  const { value: text } = value as { value?: unknown };
  return typeof text === 'string' ? new BSONSymbol(text) : NOT_A_SCALAR;
}
