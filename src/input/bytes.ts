import { types } from 'node:util';

/**
 * A copy of bytes in separate memory: Node's Buffer pool and the driver's network buffer also hold other data. Throws if the value is
 * not bytes, or has an own `length` that differs from the real one.
 */
export function copyBytes(bytes: unknown): Buffer {
  if (!types.isUint8Array(bytes)) throw new TypeError('These are not bytes.');
  if (Object.hasOwn(bytes, 'length')) throw new TypeError('The length of these bytes is not their own.');
  // This copies the content of the array without calling its methods or properties.
  const own = new Uint8Array(bytes);
  return Buffer.from(own.buffer);
}

/** The same, and the number of bytes has to be `length`. */
export function copyExactly(bytes: unknown, length: number): Buffer {
  const own = copyBytes(bytes);
  if (own.length !== length) throw new TypeError('These are not so many bytes.');
  return own;
}
