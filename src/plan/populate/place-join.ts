import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { branchesOf, pathFault } from '../../view/path.ts';
import type { PathTree } from '../../view/path-tree.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { refuseLooseJoin } from '../filter/exact-ids.ts';
import { nameFault } from '../pipeline/field-path.ts';
import type { Join } from './read-join.ts';

/** A branch around a field, and whether it may be an array. */
export interface Branch {
  readonly name: string;
  readonly isArray: boolean;
}

/** Where a join reads its key and puts its documents. */
export interface Placed {
  readonly join: Join;
  /** The branches around the field, from the root. */
  readonly around: readonly Branch[];
  /** The names of the key and of the field in their branch. */
  readonly key: string;
  readonly name: string;
  /** Whether the documents replace their reference. */
  readonly isOwn: boolean;
  /** Whether the key may be an array of references, whose order the documents take. */
  readonly mayBeList: boolean;
  /** Whether `skip` and `limit` apply to the documents of one value, after they were chosen, instead of to all joined documents. */
  readonly isLimitedLater: boolean;
}

/** Checks the keys and the place of a join. */
export function placeJoin(
  written: Join,
  policy: ViewPolicy,
  projection: PathTree,
  collation: unknown,
  call: CallContext,
): Placed {
  const { as, from, foreign } = written;
  assertJoinable(written.localField, policy.joinable, 'in this view', call);
  assertJoinable(written.foreignField, foreign.joinable, `in the view of ${quote(from)}`, call);
  const localField = policy.opaque.storedAt(written.localField);
  const foreignField = foreign.opaque.storedAt(written.foreignField);
  assertWithinReach(written.localField, localField, policy, call);
  assertWithinReach(written.foreignField, foreignField, foreign, call);
  const join = { ...written, localField, foreignField };
  refuseLooseJoin(localField, collation, policy, 'this view', call);
  refuseLooseJoin(foreignField, collation, foreign, `the view of ${quote(from)}`, call);
  const isOwn = as === written.localField;
  const branches = as.split('.');
  const name = branches.pop() as string;
  if (isOwn && as === '_id') refuseName(as, "'_id' can't be replaced: join under another name", call);
  if (!isOwn) assertFree(as, name, policy, call);
  const parent = branches.join('.');
  const isBeside = parent !== '' && localField.startsWith(`${parent}.`);
  const key = isBeside ? localField.slice(parent.length + 1) : localField;
  if (parent !== '' && (!isBeside || key.includes('.')))
    refuseName(as, `its key has to be in the same branch: a field of '${parent}'`, call);
  if (parent !== '' && projection.at(parent)?.kind !== 'branch')
    refuseName(as, `the projection has no field of ${quote(parent)}: name one, so that it is returned`, call);
  const around = branchesOf(as).map((path, index) => ({
    name: branches[index] as string,
    isArray: depthAt(path, policy) > 0,
  }));
  const isBelowArray = key.includes('.') && branchesOf(key).some((path) => depthAt(path, policy) > 0);
  return {
    join,
    around,
    key,
    name,
    isOwn,
    mayBeList: key !== '_id' && !isBelowArray,
    isLimitedLater: parent !== '' || (!isBelowArray && depthAt(localField, policy) > 0),
  };
}

function assertJoinable(path: string, joinable: PathTree, where: string, call: CallContext): void {
  if (pathFault(path) === undefined && joinable.covers(path)) return;
  call.refuse(
    'join_invalid',
    `${quote(path)} can't be a key of populate: it is not joinable ${where}. Declare it joinable, or join by another key.`,
    path,
  );
}

/** The server looks into the elements of an array, but not into arrays in it: such a join would find nothing. */
function assertWithinReach(path: string, stored: string, policy: ViewPolicy, call: CallContext): void {
  if (![...branchesOf(stored), stored].some((each) => depthAt(each, policy) > 1)) return;
  call.refuse(
    'join_invalid',
    `${quote(path)} can't be a key of populate: it is in an array of arrays, where a join finds nothing. Join by another key.`,
    path,
  );
}

/** A new field has a name that no set of the view has. */
function assertFree(as: string, name: string, policy: ViewPolicy, call: CallContext): void {
  const fault = as === '_id' ? "is '_id'" : (nameFault(name) ?? pathFault(as));
  if (fault !== undefined) refuseName(as, `the name ${fault}`, call);
  const isStoredId = policy.opaque.nameOf(as) !== as;
  const isTaken = isStoredId || setsOf(policy).some((set) => set.at(as) !== undefined || set.isBelowSubtree(as));
  if (isTaken) refuseName(as, 'the field already exists: use another name, or the name of the reference itself', call);
}

/** The sets of paths of a view. */
export function setsOf(policy: ViewPolicy): readonly PathTree[] {
  return [policy.public, policy.filterable, policy.sortable, policy.joinable, policy.writable];
}

function refuseName(as: string, why: string, call: CallContext): never {
  return call.refuse('join_invalid', `populate can't join as ${quote(as)}: ${why}.`, as);
}

function depthAt(path: string, { stored }: ViewPolicy): number {
  return stored.at(path)?.depths?.at(-1) ?? 0;
}
