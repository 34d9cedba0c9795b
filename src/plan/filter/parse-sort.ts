import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { MOST_SORT_KEYS } from '../../grammar/size-limits.ts';
import { copyInput, isInputArray, isInputObject, type InputArray, type InputCopy } from '../../input/copy-input.ts';
import { numberFault } from '../../view/number-keys.ts';
import { pathFault } from '../../view/path.ts';
import type { PathTree } from '../../view/path-tree.ts';
import { perPolicy } from '../per-policy.ts';
import type { PlanOptions } from '../options/parse-options.ts';

/** A sort to be sent: a Map keeps the order of its paths. */
export type Sort = ReadonlyMap<string, 1 | -1>;

/** A look-up of sortable paths. */
export type Sortable = { readonly covers: PathTree['covers']; readonly at: (path: string) => unknown };

type Pair = readonly [path: string, direction: InputCopy];

/** Any well-formed path: only for trusted code. */
export const anyPath = perPolicy(({ stored, opaque }) =>
  Object.freeze<Sortable>({
    covers: (path) => numberFault(path, stored) === undefined && opaque.storedAt(path) === path,
    at: () => undefined,
  }),
);

/**
 * Parses a sort, an object or an array of `[path, direction]` pairs. A sort on a private path, a branch or `$natural` would
 * reveal private values by the order of public rows.
 */
export function parseSort(sort: InputCopy, sortable: Sortable, call: CallContext): Sort {
  const emitted = new Map<string, 1 | -1>();
  for (const [path, direction] of pairsOf(sort, call)) {
    checkPath(path, sortable, call);
    if (emitted.has(path)) call.refuse('sort_value', `The sort names ${quote(path)} twice.`, path);
    emitted.set(path, directionOf(path, direction, call));
  }
  if (emitted.size === 0)
    call.refuse('sort_value', 'A sort needs at least one path; leave the sort out if you need none.');
  return emitted;
}

/** The sort among the options of a call, if there is one. */
export function sortOf(planOptions: PlanOptions, sortable: Sortable, call: CallContext): Sort | undefined {
  const sort = planOptions['sort'];
  return sort === undefined ? undefined : parseSort(copySort(sort, call), sortable, call);
}

/** A caller's sort, copied. */
export function copySort(sort: unknown, call: CallContext): InputCopy {
  return copyInput(sort, 'the sort', call);
}

function pairsOf(sort: InputCopy, call: CallContext): readonly Pair[] {
  if (isInputObject(sort)) {
    assertFewKeys(Object.keys(sort), call);
    return Object.entries(sort);
  }
  if (isInputArray(sort)) assertFewKeys(sort, call);
  if (isInputArray(sort) && sort.every(isPair)) return sort;
  return call.refuse('sort_value', 'A sort must be { path: 1 | -1 }, or an array of [path, 1 | -1] pairs.');
}

/** Checked before the paths: a server takes no more, and a long sort would be copied once more. */
function assertFewKeys({ length }: readonly unknown[], call: CallContext): void {
  if (length > MOST_SORT_KEYS) call.refuse('sort_value', `A sort names at most ${MOST_SORT_KEYS} paths.`);
}

function isPair(value: InputCopy): value is InputArray & Pair {
  return isInputArray(value) && value.length === 2 && typeof value[0] === 'string';
}

function checkPath(path: string, sortable: Sortable, call: CallContext): void {
  const fault = pathFault(path);
  if (fault !== undefined) call.refuse('sort_path', `In the sort, ${fault}.`, path);
  if (sortable.covers(path)) return;
  const why = sortable.at(path) === undefined ? 'is not sortable in this view' : 'is a branch: sort by a leaf below it';
  call.refuse('sort_path', `${quote(path)} ${why}.`, path);
}

function directionOf(path: string, direction: InputCopy, call: CallContext): 1 | -1 {
  if (direction === 1 || direction === -1) return direction;
  return call.refuse('sort_value', `The sort direction at ${quote(path)} must be 1 or -1.`, path);
}
