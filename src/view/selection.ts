import type { PathTree } from './path-tree.ts';
import type { ViewPolicy } from './policy.ts';

interface Selected {
  readonly policy: ViewPolicy;
  readonly shape: PathTree;
}

/** What each selection stands for. An object that is not in here is no selection, whatever it looks like. */
const selections = new WeakMap<object, Selected>();

/** Makes the value that stands for a parsed projection of a view. */
export function issueSelection(policy: ViewPolicy, shape: PathTree): object {
  const selection = Object.freeze(Object.create(null) as object);
  selections.set(selection, { policy, shape });
  return selection;
}

/** What a selection stands for, or `undefined` where the value is none. */
export function selectedBy(value: unknown): Selected | undefined {
  return typeof value === 'object' && value !== null ? selections.get(value) : undefined;
}
