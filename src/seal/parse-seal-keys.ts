import { createSecretKey, type KeyObject } from 'node:crypto';

import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { copyExactly } from '../input/bytes.ts';
import { readArray } from '../input/read.ts';
import { fromBase64Url } from './base64-url.ts';

/** A key for sealing: 32 random bytes, or the same as base64url (43 characters). */
export type SealKey = Uint8Array | string;

const KEY_LENGTH = 32;

/** Reads the option `sealKeys`: one key or more, the newest first. The bytes are copied into key objects, which print nothing. */
export function parseSealKeys(value: unknown, call: CallContext): readonly KeyObject[] {
  const keys = readArray(value, '`sealKeys`', call).map((key, index) => parseKey(key, `sealKeys.${index}`, call));
  if (keys.length > 0) return keys;
  return call.refuse(
    'option_value',
    'The option `sealKeys` needs at least one key. Leave it out if you seal nothing.',
    'sealKeys',
  );
}

/** The error names the place of the key, never the key. */
function parseKey(value: unknown, path: string, call: CallContext): KeyObject {
  try {
    const bytes = typeof value === 'string' ? fromBase64Url(value) : value;
    return createSecretKey(copyExactly(bytes, KEY_LENGTH));
  } catch {
    return call.refuse(
      'option_value',
      `${quote(path)} must be ${KEY_LENGTH} random bytes (a Buffer, a Uint8Array or base64url). randomBytes(32).toString('base64url') makes one.`,
      path,
    );
  }
}
