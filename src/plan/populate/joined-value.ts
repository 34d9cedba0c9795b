import { bare, emit, type Emitted } from '../emit.ts';
import { cond, filtered, ifArray } from '../expressions.ts';
import type { Placed } from './place-join.ts';

/** The fields of a pipeline that hold what was joined, until it is put in its place. */
export interface Slots {
  /** The field with all documents that a document joined. */
  readonly joined: string;
  /** The field of each joined document with the value of its key. */
  readonly key: string;
}

/** As many documents as there are. */
const ALL = 2 ** 31 - 1;

/** Whether documents are chosen from the joined ones by the value of their key: several values joined them. */
export function isChosen({ around, mayBeList }: Placed): boolean {
  return around.length > 0 || mayBeList;
}

/** The value at the place of a join, from the key at `id`. */
export function joinedValue(placed: Placed, id: string, slots: Slots): unknown {
  const { join, isOwn, isLimitedLater } = placed;
  const all = allFor(placed, id, slots);
  const { skip, limit, justOne } = join;
  const list =
    isLimitedLater && !justOne && (skip !== undefined || limit !== undefined)
      ? emit('$slice', [all, skip ?? 0, limit ?? ALL])
      : all;
  const value = justOne ? emit('$arrayElemAt', [all, isLimitedLater ? (skip ?? 0) : 0]) : list;
  return isOwn ? inPlaceOf(id, justOne ? emit('$ifNull', [value, null]) : value) : value;
}

/** A missing reference stays missing, and `null` stays `null`. */
function inPlaceOf(id: string, value: unknown): Emitted {
  return cond(emit('$eq', [emit('$type', id), 'missing']), '$$REMOVE', cond(emit('$eq', [id, null]), null, value));
}

/** All joined documents of a key: for a list in the order of its values, unless the join is sorted. */
function allFor(placed: Placed, id: string, slots: Slots): unknown {
  const joined = `$${slots.joined}`;
  const single = placed.around.length > 0 ? matches(id, slots) : joined;
  if (!placed.mayBeList) return single;
  return ifArray(id, placed.join.isSorted ? matchesAny(id, slots) : inOrder(id, slots), single);
}

function inOrder(ids: string, slots: Slots): Emitted {
  const joined = emit('$concatArrays', ['$$value', matches('$$this', slots)]);
  return emit('$reduce', bare({ input: ids, initialValue: [], in: joined }));
}

/** The joined documents whose key is the value, or contains it. */
function matches(id: string, { joined, key }: Slots): Emitted {
  const at = `$$joined.${key}`;
  const isSame = ifArray(at, emit('$in', [id, at]), emit('$eq', [at, id]));
  return filtered(`$${joined}`, 'joined', isSame);
}

function matchesAny(ids: string, { joined, key }: Slots): Emitted {
  const at = `$$joined.${key}`;
  const shared = emit('$gt', [emit('$size', emit('$setIntersection', [at, ids])), 0]);
  const isOne = ifArray(at, shared, emit('$in', [at, ids]));
  return filtered(`$${joined}`, 'joined', isOne);
}
