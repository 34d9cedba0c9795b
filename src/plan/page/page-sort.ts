import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { MOST_SORT_KEYS } from '../../grammar/size-limits.ts';
import { arrayAround } from '../../view/array-around.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { sortOf, type Sort } from '../filter/parse-sort.ts';
import type { PlanOptions } from '../options/parse-options.ts';

/** A path of the sort, with its direction. */
export type SortKey = readonly [path: string, direction: 1 | -1];

/**
 * The sort of a page. `_id` is added, in the direction of the last path, so that no two documents are equal and a page can continue after any
 * of them. An index with the same paths serves both directions.
 */
export function pageSort(planOptions: PlanOptions, call: CallContext<ViewPolicy>): readonly SortKey[] {
  const { policy } = call;
  const sort = sortOf(planOptions, policy.sortable, call);
  const keys: readonly SortKey[] = sort === undefined ? [] : [...sort];
  for (const [path] of keys) refuseArray(path, call);
  const idAt = keys.findIndex(([path]) => path === '_id');
  if (idAt >= 0) return keys.slice(0, idAt + 1);
  if (keys.length >= MOST_SORT_KEYS)
    call.refuse(
      'sort_value',
      `The sort of a page names at most ${MOST_SORT_KEYS - 1} paths: _id is added, and a server sorts by ${MOST_SORT_KEYS}.`,
    );
  const [, direction] = keys.at(-1) ?? ['_id', 1];
  return [...keys, ['_id', direction]];
}

/** The sort that is sent: backwards, all directions are turned round. */
export function emitPageSort(keys: readonly SortKey[], backwards: boolean): Sort {
  return new Map(keys.map(([path, direction]) => [path, turned(direction, backwards)] as const));
}

export function turned(direction: 1 | -1, backwards: boolean): 1 | -1 {
  if (!backwards) return direction;
  return direction === 1 ? -1 : 1;
}

/** The server sorts an array by its smallest or largest element, which no filter can compare with. */
function refuseArray(path: string, call: CallContext<ViewPolicy>): void {
  const array = arrayAround(path, call.policy.stored);
  if (array === undefined) return;
  call.refuse(
    'sort_path',
    `paginate() can't sort by ${quote(path)}: ${quote(array)} is an array, so a document has several values there. Sort by a path with a single value.`,
    path,
  );
}
