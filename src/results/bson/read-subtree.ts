import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { nextLevel } from './nesting.ts';
import { NOT_DECODED, type ReadValue } from './read-scalar.ts';
import type { Sink } from './sink.ts';

/** A reader of any value at a subtree, except classes that contain documents (DBRef, Code). */
export function subtreeReader(path: string, { scalar, elements, anyDocument }: Sink): ReadValue {
  const readAny = (type: number, bytes: Buffer, at: number, end: number, level: number): unknown => {
    if (type === BSON_TYPE.object) return anyDocument(readAny, bytes, at, end, nextLevel(level)) ?? drifted(path);
    if (type === BSON_TYPE.array) return elements(readAny, bytes, at, end, nextLevel(level));
    const value = scalar(type, bytes, at, end);
    return value === NOT_DECODED ? drifted(path) : value;
  };
  return (type, bytes, at, end) => readAny(type, bytes, at, end, 0);
}
