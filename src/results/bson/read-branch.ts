import { depthRules } from '../../view/depth-rules.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { nextLevel } from './nesting.ts';
import { isScalarType, type ReadValue } from './read-scalar.ts';
import { ABSENT, type ReadDocument, type Sink } from './sink.ts';

/**
 * A reader of the value at a branch: a document, or an array of documents of the depth that the view declares. Scalars are left
 * out, as in the server's projection, unless an aggregation may have put one there.
 */
export function branchReader(
  { path, depths, mayBeScalar }: PathNode,
  readDocument: ReadDocument,
  { scalar, elements }: Sink,
): ReadValue {
  const { mayNest, mayEnd } = depthRules(depths);
  const readElement = (type: number, bytes: Buffer, at: number, end: number, level: number): unknown => {
    if (type === BSON_TYPE.object)
      return mayEnd(level) ? (readDocument(bytes, at, end) ?? drifted(path)) : drifted(path);
    if (type === BSON_TYPE.array)
      return mayNest(level) ? elements(readElement, bytes, at, end, nextLevel(level)) : drifted(path);
    if (!isScalarType(type)) return drifted(path);
    return mayBeScalar ? scalar(type, bytes, at, end) : ABSENT;
  };
  return (type, bytes, at, end) => readElement(type, bytes, at, end, 0);
}
