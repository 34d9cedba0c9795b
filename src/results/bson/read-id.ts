import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { isNullType, type ReadValue } from './read-scalar.ts';
import type { Sink } from './sink.ts';

/** A reader of an opaque id. Only an `ObjectId` fits into one block of the cipher; `null` stays what it is, and everything else is drift. */
export function idReader(path: string, tag: number, { id, scalar }: Sink): ReadValue {
  const readId = id(tag);
  return (type, bytes, at, end) => {
    if (type === BSON_TYPE.objectId) return readId(type, bytes, at, end);
    return isNullType(type) ? scalar(type, bytes, at, end) : drifted(path);
  };
}
