import { depthRules } from '../../view/depth-rules.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { nextLevel } from './nesting.ts';
import type { ReadDocument } from './read-document.ts';
import { ABSENT, readElements } from './read-elements.ts';
import { isScalarType, type ReadValue } from './read-scalar.ts';

/**
 * A reader of the value at a branch: a document, or an array of documents of the depth that the view declares. Scalars are left
 * out, as in the server's projection, unless an aggregation may have put one there.
 */
export function branchReader(
  { path, depths }: PathNode,
  readDocument: ReadDocument,
  readScalar: ReadValue | undefined,
): ReadValue {
  const { mayNest, mayEnd } = depthRules(depths);
  const readElement = (type: number, bytes: Buffer, at: number, end: number, level: number): unknown => {
    if (type === BSON_TYPE.object)
      return mayEnd(level) ? (readDocument(bytes, at, end) ?? drifted(path)) : drifted(path);
    if (type === BSON_TYPE.array)
      return mayNest(level) ? readElements(readElement, bytes, at, end, nextLevel(level)) : drifted(path);
    if (!isScalarType(type)) return drifted(path);
    return readScalar === undefined ? ABSENT : readScalar(type, bytes, at, end);
  };
  return (type, bytes, at, end) => readElement(type, bytes, at, end, 0);
}
