import { Binary, UUID } from 'mongodb';

import { copyBytes } from '../../input/bytes.ts';
import { malformed } from './decode-fault.ts';
import { int32At, lengthAt } from './value-end.ts';

const UUID_LENGTH = 16;

/** Copies bytes: the source is shared with the reply and its other documents. */
export function readBytes(bytes: Uint8Array, at: number, end: number): Buffer {
  return copyBytes(bytes.subarray(startOfBytes(bytes, at, end), end));
}

/** A Binary or UUID with copied bytes. */
export function readBinary(bytes: Uint8Array, at: number, end: number): Binary {
  const subtype = bytes[at + 4] as number;
  const own = readBytes(bytes, at, end);
  return subtype === Binary.SUBTYPE_UUID && own.length === UUID_LENGTH ? new UUID(own) : new Binary(own, subtype);
}

/** The old subtype 2 stores its length twice. */
function startOfBytes(bytes: Uint8Array, at: number, end: number): number {
  const start = at + 5;
  if (bytes[at + 4] !== Binary.SUBTYPE_BYTE_ARRAY) return start;
  const inner = lengthAt(bytes, start, end, 0);
  return inner === int32At(bytes, at) - 4 ? start + 4 : malformed('the two lengths of a binary differ');
}
