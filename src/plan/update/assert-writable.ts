import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { assertFree, assertLeaf, checkKey, RESERVED_KEY } from './stored-value.ts';

/** Throws unless a caller's copied input is a document with only writable leaves. */
export function assertWritable(
  document: InputCopy,
  writable: PathNode,
  call: CallContext,
): asserts document is InputObject {
  if (!isInputObject(document)) return call.refuse('argument_invalid', 'A document must be an object of fields.');
  assertFields(document, '', writable, call);
}

/** The same for an element of an array of subdocuments at a branch, which comes entirely from the caller. */
export function assertElement(element: InputCopy, branch: PathNode, call: CallContext): asserts element is InputObject {
  const { path } = branch;
  if (!isInputObject(element))
    return call.refuse('write_value', `${quote(path)} holds subdocuments: each element must be an object.`, path);
  assertFields(element, `${path}.`, branch, call);
}

function assertFields(fields: InputObject, prefix: string, { children }: PathNode, call: CallContext): void {
  for (const key of Object.keys(fields)) {
    const node = children.get(key);
    if (node === undefined || key === RESERVED_KEY) return refuseField(key, `${prefix}${key}`, call);
    assertField(fields[key], node, call);
  }
}

/** The same for the value of one field: a leaf, a subtree, or a branch with only writable leaves. */
export function assertField(value: InputCopy, node: PathNode, call: CallContext): void {
  const { kind, path } = node;
  if (kind === 'leaf') return assertLeaf(value, path, call);
  if (kind === 'subtree') return assertFree(value, path, call);
  if (isInputObject(value)) return assertFields(value, `${path}.`, node, call);
  // A new document has nothing at the branch that could get lost.
  if (value === null) return;
  if (!isInputArray(value))
    return call.refuse('write_value', `${quote(path)} is a branch: it takes an object, or an array of objects.`, path);
  for (const element of value) assertElement(element, node, call);
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
