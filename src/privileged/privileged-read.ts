import { filterPaths } from '../plan/filter/filter-paths.ts';
import type { Plan } from '../plan/plan.ts';
import { leavesBelow } from '../view/path-tree.ts';

/** What `onPrivilegedRead` gets about a read: the reason, the operation, the view and the paths. Never a value. */
export interface PrivilegedRead {
  /** The `reason` of the collection. */
  readonly reason: string;
  readonly operation: Plan['operation'];
  /** The view's name, or the collection's name if the view has none. */
  readonly view: string;
  readonly paths: {
    /** The projected paths. */
    readonly projection: readonly string[];
    readonly filter: readonly string[];
    readonly sort: readonly string[];
  };
}

/** The record of a planned read. */
export function privilegedReadOf(plan: Plan, reason: string): PrivilegedRead {
  const { operation, view } = plan;
  const filter = 'filter' in plan && plan.filter !== undefined ? filterPaths(plan.filter) : [];
  const sort = 'sort' in plan && plan.sort !== undefined ? [...plan.sort.keys()] : [];
  const paths = { projection: projectedPaths(plan), filter, sort };
  for (const list of Object.values(paths)) Object.freeze(list);
  return Object.freeze({ reason, operation, view, paths: Object.freeze(paths) });
}

function projectedPaths(plan: Plan): readonly string[] {
  if ('shape' in plan && plan.shape !== undefined) return leavesBelow(plan.shape).map(({ path }) => path);
  return 'leaf' in plan ? [plan.leaf.path] : [];
}
