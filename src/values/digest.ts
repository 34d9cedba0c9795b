import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { types } from 'node:util';

import { copyBinary } from '../input/copy-bson.ts';
import { bsonTypeOf } from '../input/copy-scalar.ts';

/**
 * New in every process, so that nobody can search for two values whose digests begin alike. It is made when it is first needed: some
 * platforms forbid random numbers while a module is loaded.
 */
let key: Buffer | undefined;

/** The keyed digest of a string or of bytes: always of one length, different for the two. UTF-16 keeps lone surrogates apart. */
export function digestOf(value: unknown): Buffer | undefined {
  if (typeof value === 'string') return digest('string', Buffer.from(value, 'utf16le'));
  const bytes = bytesOf(value);
  return bytes === undefined ? undefined : digest('bytes', bytes);
}

export function equalDigests(one: Buffer, other: Buffer): boolean {
  return timingSafeEqual(one, other);
}

function digest(kind: string, bytes: Uint8Array): Buffer {
  key ??= randomBytes(32);
  return createHmac('sha256', key).update(`${kind}:`).update(bytes).digest();
}

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined;
  if (types.isUint8Array(value)) return value;
  if (bsonTypeOf(value) !== 'Binary') return undefined;
  return copyBinary(value as unknown as Readonly<Record<string, unknown>>).buffer;
}
