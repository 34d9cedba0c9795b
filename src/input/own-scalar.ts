import { types } from 'node:util';

import { ObjectId } from 'mongodb';

import type { ByteClass } from '../grammar/bson-classes.ts';
import { copyBytes } from './bytes.ts';
import { copyBinary, copyDecimal, copyObjectId, type Fields } from './copy-bson.ts';
import { bsonTypeOf } from './copy-scalar.ts';

const OBJECT_ID_LENGTH = 12;

/** Whether an ObjectId of the installed `bson` stores bytes (up to 7.2) or numbers. */
export const keepsBytes = objectIdsKeepBytes();

/** The classes whose instances hold bytes, each with a copy. An ObjectId of numbers needs none. */
const COPIES = {
  Binary: copyBinary,
  Decimal128: copyDecimal,
  ObjectId: (id: Fields) => (keepsBytes ? copyObjectId(id) : id),
} satisfies Record<ByteClass, (value: Fields) => unknown>;

const OWN_COPIES: ReadonlyMap<string, (value: Fields) => unknown> = new Map(Object.entries(COPIES));

/** Copies the bytes and dates of a scalar: the driver's share memory with the next document, or with Node's pool. */
export function ownScalar(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (types.isDate(value)) return new Date(value.getTime());
  if (types.isUint8Array(value)) return copyBytes(value);
  const copy = OWN_COPIES.get(bsonTypeOf(value) ?? '');
  return copy === undefined ? value : copy(value as Fields);
}

function objectIdsKeepBytes(): boolean {
  const bytes = new Uint8Array(OBJECT_ID_LENGTH);
  const id = new ObjectId(bytes);
  bytes[0] = 1;
  return id.id[0] === 1;
}
