import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { nextLevel } from './nesting.ts';
import { readElements } from './read-elements.ts';
import { NOT_A_SCALAR, type ReadValue } from './read-scalar.ts';

/** A reader of the value at a leaf: a scalar, or an array (of arrays) of scalars. Anything else is drift. */
export function leafReader(path: string, readScalar: ReadValue): ReadValue {
  const readElement = (type: number, bytes: Buffer, at: number, end: number, level: number): unknown => {
    if (type === BSON_TYPE.array) return readElements(readElement, bytes, at, end, nextLevel(level));
    const value = readScalar(type, bytes, at, end);
    return value === NOT_A_SCALAR ? drifted(path) : value;
  };
  return (type, bytes, at, end) => readElement(type, bytes, at, end, 0);
}
