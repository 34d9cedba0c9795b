import { types } from 'node:util';

import { BSONSymbol, MaxKey, MinKey } from 'mongodb';

import { bsonTypeOf, copyScalar, NOT_A_SCALAR } from '../input/copy-scalar.ts';
import type { OutputClass } from '../grammar/bson-classes.ts';

/** What `copyScalar` has no use for, because no caller needs to compare with it. */
const COPIES = {
  MinKey: () => new MinKey(),
  MaxKey: () => new MaxKey(),
  BSONSymbol: copySymbol,
} satisfies Record<OutputClass, (value: object) => unknown>;

const OTHERS: ReadonlyMap<string, (value: object) => unknown> = new Map(Object.entries(COPIES));

/**
 * A scalar as it is sent: an instance made here, so that neither keys nor a `toJSON` that somebody gave the original are
 * written. `NOT_A_SCALAR` where it is none.
 */
export function copySent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'function' || typeof value === 'symbol' ? NOT_A_SCALAR : value;
  const copy = copyObject(value);
  if (typeof copy !== 'object' || copy === null) return copy;
  // Bytes can't be frozen; without further keys they are written as bytes.
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
