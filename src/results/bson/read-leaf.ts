import type { ArrayDepths } from '../../view/parse-arrays.ts';
import { depthRules } from '../../view/depth-rules.ts';
import { BSON_TYPE } from './bson-type.ts';
import { drifted } from './decode-fault.ts';
import { nextLevel } from './nesting.ts';
import { isNullType, NOT_DECODED, type ReadValue } from './read-scalar.ts';
import type { Sink } from './sink.ts';

/** A reader of the value at a leaf: a scalar, or an array of scalars of the depth that the view declares. Anything else is drift. */
export function leafReader(path: string, depths: ArrayDepths | undefined, { scalar, elements }: Sink): ReadValue {
  if (depths?.length === 1 && depths[0] === 0) return singleReader(path, scalar);
  const { mayNest, mayEnd } = depthRules(depths);
  const readElement = (type: number, bytes: Buffer, at: number, end: number, level: number): unknown => {
    if (type === BSON_TYPE.array)
      return mayNest(level) ? elements(readElement, bytes, at, end, nextLevel(level)) : drifted(path);
    if (!mayEnd(level) && !isNullType(type)) return drifted(path);
    const value = scalar(type, bytes, at, end);
    return value === NOT_DECODED ? drifted(path) : value;
  };
  return (type, bytes, at, end) => readElement(type, bytes, at, end, 0);
}

/** The same for a leaf without arrays, as most are. */
function singleReader(path: string, readScalar: ReadValue): ReadValue {
  return (type, bytes, at, end) => {
    const value = readScalar(type, bytes, at, end);
    return value === NOT_DECODED ? drifted(path) : value;
  };
}
