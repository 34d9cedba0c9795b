import { types } from 'node:util';

/**
 * A copy in memory of its own: a Buffer's pool, and the driver's network buffer, hold other people's bytes too. Throws for what is no
 * bytes, or has a length of its own beside the true one.
 */
export function copyBytes(bytes: unknown): Buffer {
  if (!types.isUint8Array(bytes)) throw new TypeError('These are not bytes.');
  // This copies what is in the array, and asks none of its methods or properties.
  const own = new Uint8Array(bytes);
  if (own.length !== bytes.length) throw new TypeError('The length of these bytes is not their own.');
  return Buffer.from(own.buffer);
}

/** The same for bytes that have to be so many. */
export function copyExactly(bytes: unknown, length: number): Buffer {
  const own = copyBytes(bytes);
  if (own.length !== length) throw new TypeError('These are not so many bytes.');
  return own;
}
