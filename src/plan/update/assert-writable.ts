import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isInputArray, isInputObject, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { assertFree, assertLeaf, checkKey, RESERVED_KEY } from './stored-value.ts';

/** Throws unless a caller's copied input is a document with only writable leaves. */
export function assertWritable(document: InputCopy, writable: PathNode, site: Site): asserts document is InputObject {
  if (!isInputObject(document)) return site.refuse('argument_invalid', 'A document must be an object of fields.');
  assertFields(document, '', writable, site);
}

/** The same for an element of an array of subdocuments at a branch, which comes entirely from the caller. */
export function assertElement(element: InputCopy, branch: PathNode, site: Site): asserts element is InputObject {
  const { path } = branch;
  if (!isInputObject(element))
    return site.refuse('write_value', `${quote(path)} holds subdocuments: each element must be an object.`, path);
  assertFields(element, `${path}.`, branch, site);
}

function assertFields(fields: InputObject, prefix: string, { children }: PathNode, site: Site): void {
  for (const key of Object.keys(fields)) {
    const node = children.get(key);
    if (node === undefined || key === RESERVED_KEY) return refuseField(key, `${prefix}${key}`, site);
    assertField(fields[key], node, site);
  }
}

function assertField(value: InputCopy, node: PathNode, site: Site): void {
  const { kind, path } = node;
  if (kind === 'leaf') return assertLeaf(value, path, site);
  if (kind === 'subtree') return assertFree(value, path, site);
  if (isInputObject(value)) return assertFields(value, `${path}.`, node, site);
  // A new document has nothing at the branch that could get lost.
  if (value === null) return;
  if (!isInputArray(value))
    return site.refuse('write_value', `${quote(path)} is a branch: it takes an object, or an array of objects.`, path);
  for (const element of value) assertElement(element, node, site);
}

function refuseField(key: string, path: string, site: Site): never {
  checkKey(key, path, site);
  return refuseNotWritable(path, site);
}

/** Throws for a path that is not writable (CWE-915, mass assignment). */
export function refuseNotWritable(path: string, site: Site): never {
  return site.refuse(
    'write_path',
    `${quote(path)} is not writable in this view: leave it out of the input, or set it in \`options.trusted\`.`,
    path,
  );
}
