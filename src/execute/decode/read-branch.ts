import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { nextLevel } from './nesting.ts';
import type { ReadDocument } from './read-document.ts';
import { ABSENT, readElements } from './read-elements.ts';
import { isScalarType, type ReadValue } from './read-scalar.ts';

/**
 * A reader of the value at a branch: a document, or an array (of arrays) of documents. Scalars are left out, as the server
 * does, but where an aggregation may have put one there.
 */
export function branchReader(path: string, readDocument: ReadDocument, readScalar: ReadValue | undefined): ReadValue {
  const readElement = (type: number, bytes: Buffer, at: number, end: number, level: number): unknown => {
    if (type === BSON_TYPE.object) return readDocument(bytes, at, end) ?? drifted(path);
    if (type === BSON_TYPE.array) return readElements(readElement, bytes, at, end, nextLevel(level));
    if (!isScalarType(type)) return drifted(path);
    return readScalar === undefined ? ABSENT : readScalar(type, bytes, at, end);
  };
  return (type, bytes, at, end) => readElement(type, bytes, at, end, 0);
}
