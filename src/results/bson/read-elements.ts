import { append } from '../../input/append.ts';
import type { ReadValue } from './read-scalar.ts';
import { endOfKey, endOfValue } from './value-end.ts';

/** What a reader answers where there is nothing to hand out. */
export const ABSENT: unique symbol = Symbol('absent');

/** A reader of a value that knows how many arrays and documents it lies in. */
export type ReadNested = (...at: [...Parameters<ReadValue>, level: number]) => unknown;

/** Reads the elements of an array, each by `read`; those that are absent are left out. */
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
