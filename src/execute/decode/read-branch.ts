import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { nextLevel } from './nesting.ts';
import type { ReadDocument } from './read-document.ts';
import { isScalarType, type ReadValue } from './read-scalar.ts';
import { endOfKey, endOfValue } from './value-end.ts';

/** What a reader answers where there is nothing to hand out. */
export const ABSENT: unique symbol = Symbol('absent');

/**
 * A reader of the value at a branch: a document, or an array (of arrays) of documents. Scalars are left out, as the server
 * does, but where an aggregation may have put one there.
 */
export function branchReader(path: string, readDocument: ReadDocument, readScalar: ReadValue | undefined): ReadValue {
  const readElements = (bytes: Buffer, at: number, end: number, level: number): unknown[] => {
    const values: unknown[] = [];
    const limit = end - 1;
    let position = at + 4;
    while (position < limit) {
      const type = bytes[position] as number;
      const start = endOfKey(bytes, position + 1, limit) + 1;
      position = endOfValue(type, bytes, start, limit);
      const value = readElement(type, bytes, start, position, level);
      if (value !== ABSENT) values.push(value);
    }
    return values;
  };
  const readElement = (type: number, bytes: Buffer, at: number, end: number, level: number): unknown => {
    if (type === BSON_TYPE.object) return readDocument(bytes, at, end) ?? drifted(path);
    if (type === BSON_TYPE.array) return readElements(bytes, at, end, nextLevel(level));
    if (!isScalarType(type)) return drifted(path);
    return readScalar === undefined ? ABSENT : readScalar(type, bytes, at, end);
  };
  return (type, bytes, at, end) => readElement(type, bytes, at, end, 0);
}
