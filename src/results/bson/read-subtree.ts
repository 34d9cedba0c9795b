import { BSON_TYPE } from './bson-type.ts';
import { DOLLAR, isDbRef, type DollarKeys } from './db-ref.ts';
import { drifted } from './decode-fault.ts';
import { defineField, needsDefining } from './define-field.ts';
import { nextLevel } from './nesting.ts';
import { readElements } from './read-elements.ts';
import { NOT_DECODED, type ReadValue } from './read-scalar.ts';
import { endOfKey, endOfValue } from './value-end.ts';

/** A reader of any value at a subtree, except classes that contain documents (DBRef, Code). */
export function subtreeReader(path: string, readScalar: ReadValue, promotesSymbols: boolean): ReadValue {
  const readFields = (bytes: Buffer, at: number, end: number, level: number): object => {
    const result: Record<string, unknown> = {};
    let dollars: DollarKeys | undefined;
    const limit = end - 1;
    let position = at + 4;
    while (position < limit) {
      const type = bytes[position] as number;
      const nameAt = position + 1;
      const nameEnd = endOfKey(bytes, nameAt, limit);
      const key = bytes.toString('utf8', nameAt, nameEnd);
      if (bytes[nameAt] === DOLLAR) dollars = (dollars ?? new Map<string, number>()).set(key, type);
      position = endOfValue(type, bytes, nameEnd + 1, limit);
      const value = readAny(type, bytes, nameEnd + 1, position, level);
      if (needsDefining(key)) defineField(result, key, value);
      else result[key] = value;
    }
    return dollars !== undefined && isDbRef(dollars, promotesSymbols) ? drifted(path) : result;
  };
  const readAny = (type: number, bytes: Buffer, at: number, end: number, level: number): unknown => {
    if (type === BSON_TYPE.object) return readFields(bytes, at, end, nextLevel(level));
    if (type === BSON_TYPE.array) return readElements(readAny, bytes, at, end, nextLevel(level));
    const value = readScalar(type, bytes, at, end);
    return value === NOT_DECODED ? drifted(path) : value;
  };
  return (type, bytes, at, end) => readAny(type, bytes, at, end, 0);
}
