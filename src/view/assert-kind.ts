import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import {
  isInputArray,
  isInputObject,
  type InputCopy,
  type InputFields,
  type InputObject,
} from '../input/copy-input.ts';
import type { ArrayDepths } from './parse-arrays.ts';
import type { StoredNode } from './stored-tree.ts';

/**
 * Throws unless a value to be stored is of the kind that the view declares: arrays exactly as deep as `arrays` says, no
 * document at a leaf. `null` is allowed everywhere. Paths that the view does not name are not checked.
 */
export function assertKind(
  value: InputCopy,
  node: StoredNode,
  call: CallContext,
  depths: ArrayDepths | undefined = node.depths,
): void {
  if (depths === undefined) assertBelow(value, node, call);
  else assertAt(value, 0, node, depths, call);
}

/** The same for the fields of a document. */
export function assertFieldKinds(fields: Readonly<InputFields>, { children }: StoredNode, call: CallContext): void {
  for (const key of Object.keys(fields)) {
    const node = children.get(key);
    if (node !== undefined) assertKind(fields[key], node, call);
  }
}

/** Checks the values below a path where arrays of any depth are allowed. */
function assertBelow(value: InputCopy, node: StoredNode, call: CallContext): void {
  if (isInputArray(value)) for (const element of value) assertBelow(element, node, call);
  else if (isInputObject(value)) assertDocument(value, node, call);
}

function assertAt(value: InputCopy, level: number, node: StoredNode, depths: ArrayDepths, call: CallContext): void {
  if (isInputArray(value)) {
    if (level >= deepest(depths)) return refuseArray(node, level, call);
    for (const element of value) assertAt(element, level + 1, node, depths, call);
    return;
  }
  if (value === null) return;
  if (!depths.includes(level)) return refuseSingle(node.path, call);
  if (isInputObject(value)) assertDocument(value, node, call);
}

function assertDocument(value: InputObject, node: StoredNode, call: CallContext): void {
  if (node.holds !== 'scalars') return assertFieldKinds(value, node, call);
  call.refuse('write_value', `${quote(node.path)} is a leaf: it takes scalars, not an object.`, node.path);
}

function deepest(depths: ArrayDepths): number {
  return depths[depths.length - 1] ?? 0;
}

function refuseArray({ path, depths }: StoredNode, level: number, call: CallContext): never {
  const isSingle = depths === undefined || deepest(depths) === 0;
  const fault = isSingle
    ? 'takes a single value, not an array. If you mean arrays, list it in `arrays` of the view.'
    : `takes no array ${level === 0 ? 'here' : 'nested as deep as this'}: \`arrays\` in the view says how deep its arrays are.`;
  return call.refuse('write_value', `${quote(path)} ${fault}`, path);
}

function refuseSingle(path: string, call: CallContext): never {
  return call.refuse(
    'write_value',
    `${quote(path)} takes an array, not a single value. If you mean both, list it in \`arrays\` of the view as [0, 1].`,
    path,
  );
}
