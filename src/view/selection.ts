import type { PathTree } from './path-tree.ts';
import type { ViewPolicy } from './policy.ts';

interface Selected {
  readonly policy: ViewPolicy;
  readonly shape: PathTree;
}

/** The content of each selection. An object that is not in this map is not a selection. */
const selections = new WeakMap<object, Selected>();

/** Makes a selection for a parsed projection of a view. */
export function issueSelection(policy: ViewPolicy, shape: PathTree): object {
  const selection = Object.freeze(Object.create(null) as object);
  selections.set(selection, { policy, shape });
  return selection;
}

/** The content of a selection, or `undefined` if the value is not one. */
export function selectedBy(value: unknown): Selected | undefined {
  return typeof value === 'object' && value !== null ? selections.get(value) : undefined;
}
