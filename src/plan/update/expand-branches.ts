import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import {
  emptyFields,
  inputObject,
  isInputObject,
  type InputCopy,
  type InputFields,
  type InputObject,
} from '../../input/copy-input.ts';
import { isWhole } from '../../view/parse-whole.ts';
import type { PathNode } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { placeAt, WrongWay } from '../../view/stored-place.ts';
import type { StoredNode } from '../../view/stored-tree.ts';
import { refuseNotWritable } from './document-to-store.ts';
import { parseUpdatePath } from './update-path.ts';

/** The operators that take a whole branch. */
const SETTING: ReadonlySet<string> = new Set(['$set', '$setOnInsert']);

/** What a whole branch is written as: the leaves that are set, and those that are unset because the caller left them out. */
interface Leaves {
  readonly set: InputFields;
  readonly unset: InputFields;
}

/**
 * A caller's update in which each whole branch of `$set` and `$setOnInsert` is written leaf by leaf. Afterwards the branch is as the
 * caller wrote it, but what the view does not name stays: overwriting the branch would delete it.
 */
export function expandBranches(update: InputObject, policy: ViewPolicy, call: CallContext): InputObject {
  const withBranches = Object.keys(update).filter((name) => SETTING.has(name) && holdsObject(update[name]));
  if (withBranches.length === 0) return update;
  const unset = emptyFields();
  const expanded: InputFields = Object.assign(emptyFields(), update);
  for (const name of withBranches) {
    // A document that an upsert makes has nothing to unset.
    const leaves = { set: emptyFields(), unset: name === '$set' ? unset : emptyFields() };
    for (const [written, value] of Object.entries(update[name] as InputObject))
      expandField(written, value, leaves, policy, call);
    expanded[name] = inputObject(leaves.set);
  }
  const given = expanded['$unset'];
  if (Object.keys(unset).length > 0 && (given === undefined || isInputObject(given)))
    expanded['$unset'] = inputObject({ ...unset, ...given });
  return inputObject(expanded);
}

/** Whether the fields of an operator have an object, which may be a whole branch. */
function holdsObject(fields: InputCopy): boolean {
  return isInputObject(fields) && Object.keys(fields).some((path) => isInputObject(fields[path]));
}

function expandField(written: string, value: InputCopy, leaves: Leaves, policy: ViewPolicy, call: CallContext): void {
  const branch = isInputObject(value) ? branchAt(written, policy, call) : undefined;
  if (isInputObject(value) && branch !== undefined) expand(value, branch, `${written}.`, leaves, policy, call);
  else setLeaf(written, value, leaves, call);
}

/** The branch that a path leads to, if the caller may write all that the view names of it. */
function branchAt(written: string, { writable, stored, opaque }: ViewPolicy, call: CallContext): PathNode | undefined {
  const { field, positions } = parseUpdatePath(written, call);
  const node = writable.at(field);
  const place = placeAt(field, stored, positions);
  if (node?.kind !== 'branch' || place === undefined || place instanceof WrongWay) return undefined;
  const isOne = place.depths === undefined || place.depths.includes(0);
  return isOne && isWritableWhole(place.node, { writable, opaque }) ? node : undefined;
}

function isWritableWhole(node: StoredNode, policy: Pick<ViewPolicy, 'writable' | 'opaque'>): boolean {
  if (policy.writable.covers(policy.opaque.nameOf(node.path))) return true;
  return node.children.size > 0 && [...node.children.values()].every((child) => isWritableWhole(child, policy));
}

function expand(
  value: InputObject,
  { children }: PathNode,
  prefix: string,
  leaves: Leaves,
  policy: ViewPolicy,
  call: CallContext,
): void {
  const surplus = Object.keys(value).find((key) => !children.has(key));
  if (surplus !== undefined) refuseNotWritable(`${prefix}${surplus}`, call);
  for (const [key, child] of children) {
    const written = `${prefix}${key}`;
    const given = value[key];
    if (child.kind !== 'branch' || isWhole(child.path, policy.whole)) {
      if (Object.hasOwn(value, key)) setLeaf(written, given, leaves, call);
      else leaves.unset[written] = '';
    } else if (child.depths?.every((depth) => depth === 0) !== true) refuseElements(written, call);
    else if (given === undefined) expand(inputObject({}), child, `${written}.`, leaves, policy, call);
    else if (isInputObject(given)) expand(given, child, `${written}.`, leaves, policy, call);
    else call.refuse('write_value', `${quote(written)} is a branch: it takes an object.`, written);
  }
}

function setLeaf(written: string, value: InputCopy, { set }: Leaves, call: CallContext): void {
  if (Object.hasOwn(set, written))
    call.refuse('write_conflict', `${quote(written)} is written twice, or together with a path above it.`, written);
  set[written] = value;
}

function refuseElements(written: string, call: CallContext): never {
  return call.refuse(
    'write_path',
    `${quote(written)} is an array of subdocuments, whose elements may have other fields: they would be lost. Name the leaves, set it in \`options.trusted\`, or list the array in \`whole\` of the view.`,
    written,
  );
}
