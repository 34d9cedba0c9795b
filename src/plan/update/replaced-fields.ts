import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import {
  emptyFields,
  isInputObject,
  type InputCopy,
  type InputFields,
  type InputObject,
} from '../../input/copy-input.ts';
import { branchesOf, isWithin } from '../../view/path.ts';
import type { PathNode } from '../../view/path-tree.ts';
import { isWhole } from '../../view/parse-whole.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { StoredNode } from '../../view/stored-tree.ts';
import { defaultValue } from './default-value.ts';

/** What a replacement changes, path by path. Everything else that is stored stays. */
export interface ReplacedFields {
  /** The values of the caller's document, by their leaves. */
  readonly callers: InputFields;
  /** The values of the program and the view's defaults. */
  readonly own: InputFields;
  /** The writable leaves that neither of them names. */
  readonly dropped: readonly string[];
}

/**
 * The changes of a replacement. It replaces what a caller may write. A real replacement would also delete what the view does not
 * name, so it is refused where that can't be kept: `null` at a branch, and arrays of subdocuments that only the caller names.
 */
export function replacedFields(
  document: InputObject,
  trusted: InputObject,
  call: CallContext<ViewPolicy>,
): ReplacedFields {
  const { writable, stored, opaque } = call.policy;
  const callers = emptyFields();
  setCallers(document, writable.root, callers, call);
  const own = emptyFields();
  setOwn(trusted, '', stored.root, own);
  addDefaults({ ...callers, ...own }, own, call);
  const given = [...Object.keys(callers), ...Object.keys(own)];
  const dropped = [...new Set(writable.leafPaths.map((path) => wholeArrayOf(path, call.policy)))].filter(
    (path) => !isWithin(path, '_id') && !given.some((each) => overlap(opaque.storedAt(path), opaque.storedAt(each))),
  );
  for (const path of dropped) refuseElementsAbove(path, call);
  return { callers, own, dropped };
}

function overlap(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

function setCallers(
  fields: InputObject,
  { children }: PathNode,
  set: InputFields,
  call: CallContext<ViewPolicy>,
): void {
  for (const [key, value] of Object.entries(fields)) {
    const node = children.get(key);
    if (node === undefined) continue;
    if (node.kind !== 'branch' || isWhole(node.path, call.policy.whole)) set[node.path] = value;
    else if (isInputObject(value)) setCallers(value, node, set, call);
    else if (value === null) refuseNull(node.path, call);
    else refuseElements(node.path, call);
  }
}

/** The program's values, leaf by leaf where the view knows a branch, so that the other fields of the branch stay. */
function setOwn(fields: InputObject, prefix: string, { children }: StoredNode, set: InputFields): void {
  for (const [key, value] of Object.entries(fields)) {
    const node = children.get(key);
    if (node?.holds === 'documents' && isInputObject(value)) setOwn(value, `${prefix}${key}.`, node, set);
    else set[`${prefix}${key}`] = value;
  }
}

/** A default stands for what the document leaves out, as in a new document. What the caller may not write keeps its stored value. */
function addDefaults(
  given: Readonly<Record<string, InputCopy>>,
  own: InputFields,
  call: CallContext<ViewPolicy>,
): void {
  const { conventions, stored, writable, opaque } = call.policy;
  for (const [path, value] of conventions.defaults) {
    if (Object.keys(given).some((each) => isWithin(opaque.storedAt(each), path))) continue;
    if (!writable.leafPaths.some((leaf) => isWithin(opaque.storedAt(leaf), path))) continue;
    const fields = emptyFields();
    fields[path] = defaultValue(value, path, stored, call);
    setOwn(fields as InputObject, '', stored.root, own);
  }
}

/** The array in `whole` of the view that a path is in, or the path itself: such an array is removed with its elements. */
function wholeArrayOf(path: string, { whole }: ViewPolicy): string {
  return whole.find((array) => isWithin(path, array)) ?? path;
}

function refuseElementsAbove(path: string, call: CallContext<ViewPolicy>): void {
  const array = branchesOf(path).find((branch) => call.policy.stored.at(branch)?.depths?.some((depth) => depth > 0));
  if (array !== undefined) refuseElements(array, call);
}

function refuseElements(path: string, call: CallContext): never {
  return call.refuse(
    'write_path',
    `A replacement would replace the elements of ${quote(path)}, and the fields of them that the caller may not write would be lost. Set ${quote(path)} in \`options.trusted\`, or list it in \`whole\` of the view if its elements have no other fields.`,
    path,
  );
}

function refuseNull(path: string, call: CallContext): never {
  return call.refuse(
    'write_value',
    `${quote(path)} is a branch: with null, the fields of it that the caller may not write would be lost. Leave it out to remove what the caller may write, or set it in \`options.trusted\`.`,
    path,
  );
}
