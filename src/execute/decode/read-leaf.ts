import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { nextLevel } from './nesting.ts';
import { NOT_A_SCALAR, type ReadValue } from './read-scalar.ts';
import { endOfKey, endOfValue } from './value-end.ts';

/** A reader of the value at a leaf: a scalar, or an array (of arrays) of scalars. Anything else is drift. */
export function leafReader(path: string, readScalar: ReadValue): ReadValue {
  const readElements = (bytes: Buffer, at: number, end: number, level: number): unknown[] => {
    const values: unknown[] = [];
    const limit = end - 1;
    let position = at + 4;
    while (position < limit) {
      const type = bytes[position] as number;
      const start = endOfKey(bytes, position + 1, limit) + 1;
      position = endOfValue(type, bytes, start, limit);
      values.push(readElement(type, bytes, start, position, level));
    }
    return values;
  };
  const readElement = (type: number, bytes: Buffer, at: number, end: number, level: number): unknown => {
    if (type === BSON_TYPE.array) return readElements(bytes, at, end, nextLevel(level));
    const value = readScalar(type, bytes, at, end);
    return value === NOT_A_SCALAR ? drifted(path) : value;
  };
  return (type, bytes, at, end) => readElement(type, bytes, at, end, 0);
}
