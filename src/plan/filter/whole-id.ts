import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { pathFault } from '../../view/path.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { RESERVED_KEY } from '../update/stored-value.ts';
import { isPlainScalar } from './plain-value.ts';

/** The fields by which a compound `_id` may be compared as a whole: any, or those of a branch. `undefined` if it may not. */
export type IdFields = PathNode | 'any' | undefined;

/**
 * Whether a value is a whole compound `_id`. The server compares it exactly, in the order of its fields, so who does not know all of it
 * finds nothing.
 */
export function isWholeId(value: InputCopy, fields: IdFields): value is InputObject {
  if (fields === undefined || !isInputObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => isField(key, value[key], fields));
}

function isField(key: string, value: InputCopy, fields: Exclude<IdFields, undefined>): boolean {
  if (key.includes('.') || key === RESERVED_KEY || pathFault(key) !== undefined) return false;
  if (fields === 'any') return isPlainValue(value) || isWholeId(value, 'any');
  const field = fields.children.get(key);
  if (field === undefined) return false;
  if (field.kind === 'leaf') return isPlainValue(value);
  return isWholeId(value, field.kind === 'branch' ? field : 'any') || (field.kind === 'subtree' && isPlainValue(value));
}

function isPlainValue(value: InputCopy): boolean {
  return isPlainScalar(value) || (isInputArray(value) && value.every(isPlainValue));
}
