import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { types } from 'node:util';

import { copyBinary } from '../input/copy-bson.ts';
import { bsonTypeOf } from '../input/copy-scalar.ts';

/**
 * Random in every process, so that an attacker can't search for values with similar digests. It is made on first use, because some
 * platforms forbid random numbers while a module is loaded.
 */
let key: Buffer | undefined;

/** The keyed digest of a string or of bytes. It has a fixed length and differs between the two. UTF-16 distinguishes lone surrogates. */
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
