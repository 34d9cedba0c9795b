import { types } from 'node:util';

import { ObjectId } from 'mongodb';

import { copyBytes } from './bytes.ts';
import { copyBinary, copyDecimal, copyObjectId } from './copy-bson.ts';
import { bsonTypeOf } from './copy-scalar.ts';

const OBJECT_ID_LENGTH = 12;

/** Whether an ObjectId of the installed `bson` stores bytes (up to 7.2) or numbers. */
export const keepsBytes = objectIdsKeepBytes();

/** Copies the bytes and dates of a scalar: the driver's share memory with the next document, or with Node's pool. */
export function ownScalar(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (types.isDate(value)) return new Date(value.getTime());
  if (types.isUint8Array(value)) return copyBytes(value);
  const fields = value as Readonly<Record<string, unknown>>;
  switch (bsonTypeOf(value)) {
    case 'Binary':
      return copyBinary(fields);
    case 'Decimal128':
      return copyDecimal(fields);
    case 'ObjectId':
      return keepsBytes ? copyObjectId(fields) : value;
    default:
      return value;
  }
}

function objectIdsKeepBytes(): boolean {
  const bytes = new Uint8Array(OBJECT_ID_LENGTH);
  const id = new ObjectId(bytes);
  bytes[0] = 1;
  return id.id[0] === 1;
}
