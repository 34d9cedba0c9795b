import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import {
  emptyFields,
  inputArray,
  inputObject,
  isInputArray,
  isInputObject,
  type InputArray,
  type InputCopy,
  type InputFields,
  type InputObject,
} from '../../input/copy-input.ts';
import { storedKey, type PathNode } from '../../view/path-tree.ts';
import { openIds } from '../filter/open-id.ts';
import { assertFree, assertLeaf, checkKey, RESERVED_KEY } from './stored-value.ts';

/**
 * A caller's copied document as it is stored: the same, unless it has opaque ids, which are stored opened and by another name. Throws unless
 * it has only writable leaves.
 */
export function documentToStore(document: InputCopy, writable: PathNode, call: CallContext): InputObject {
  if (!isInputObject(document)) return call.refuse('argument_invalid', 'A document must be an object of fields.');
  return fieldsToStore(document, '', writable, call);
}

/** The same for an element of an array of subdocuments at a branch, which comes entirely from the caller. */
export function elementToStore(element: InputCopy, branch: PathNode, call: CallContext): InputObject {
  const { path } = branch;
  if (!isInputObject(element))
    return call.refuse('write_value', `${quote(path)} holds subdocuments: each element must be an object.`, path);
  return fieldsToStore(element, `${path}.`, branch, call);
}

/** The fields are copied only from the first one on that is stored in another form. */
function fieldsToStore(fields: InputObject, prefix: string, { children }: PathNode, call: CallContext): InputObject {
  let changed: InputFields | undefined;
  for (const key of Object.keys(fields)) {
    const node = children.get(key);
    if (node === undefined || key === RESERVED_KEY) return refuseField(key, `${prefix}${key}`, call);
    const value = fieldToStore(fields[key], node, call);
    if (changed === undefined && value === fields[key] && node.opaque === undefined) continue;
    changed ??= fieldsBefore(fields, key);
    changed[storedKey(key, node)] = value;
  }
  return changed === undefined ? fields : inputObject(changed);
}

function fieldsBefore(fields: InputObject, end: string): InputFields {
  const before = emptyFields();
  for (const key of Object.keys(fields)) {
    if (key === end) break;
    before[key] = fields[key];
  }
  return before;
}

/** The same for the value of one field: a leaf, a subtree, or a branch with only writable leaves. */
export function fieldToStore(value: InputCopy, node: PathNode, call: CallContext): InputCopy {
  const { kind, path, opaque } = node;
  if (kind === 'leaf') return opaque === undefined ? leafOf(value, path, call) : openIds(value, opaque, path, call);
  if (kind === 'subtree') assertFree(value, path, call);
  // A new document has nothing at a branch that could get lost, so `null` is allowed.
  if (kind === 'subtree' || value === null) return value;
  if (isInputObject(value)) return fieldsToStore(value, `${path}.`, node, call);
  if (isInputArray(value)) return elementsToStore(value, node, call);
  return call.refuse('write_value', `${quote(path)} is a branch: it takes an object, or an array of objects.`, path);
}

function leafOf(value: InputCopy, path: string, call: CallContext): InputCopy {
  assertLeaf(value, path, call);
  return value;
}

function elementsToStore(elements: InputArray, node: PathNode, call: CallContext): InputArray {
  const stored = elements.map((element) => elementToStore(element, node, call));
  return stored.every((element, index) => element === elements[index]) ? elements : inputArray(stored);
}

function refuseField(key: string, path: string, call: CallContext): never {
  checkKey(key, path, call);
  return refuseNotWritable(path, call);
}

/** Throws for a path that is not writable (CWE-915, mass assignment). */
export function refuseNotWritable(path: string, call: CallContext): never {
  return call.refuse(
    'write_path',
    `${quote(path)} is not writable in this view: leave it out of the input, or set it in \`options.trusted\`.`,
    path,
  );
}
