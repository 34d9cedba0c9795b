import { append } from '../../input/append.ts';
import type { ReadValue } from './read-scalar.ts';
import { endOfKey, endOfValue } from './value-end.ts';

/** The result of a reader for a value that is left out. */
export const ABSENT: unique symbol = Symbol('absent');

/** A reader of a value that gets the nesting level. */
export type ReadNested = (...at: [...Parameters<ReadValue>, level: number]) => unknown;

/** Reads the elements of an array with `read`, without those that are left out. */
export function readElements(read: ReadNested, bytes: Buffer, at: number, end: number, level: number): unknown[] {
  const values: unknown[] = [];
  const limit = end - 1;
  let position = at + 4;
  while (position < limit) {
    const type = bytes[position] as number;
    const start = endOfKey(bytes, position + 1, limit) + 1;
    position = endOfValue(type, bytes, start, limit);
    const value = read(type, bytes, start, position, level);
    if (value !== ABSENT) append(values, value);
  }
  return values;
}
