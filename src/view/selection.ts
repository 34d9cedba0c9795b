import type { ViewPolicy } from './policy.ts';
import type { ResolvedProjection } from './resolve-projection.ts';

interface Selected extends ResolvedProjection {
  readonly policy: ViewPolicy;
}

/** The content of each selection. An object that is not in this map is not a selection. */
const selections = new WeakMap<object, Selected>();

/** Makes a selection for a parsed projection of a view. */
export function issueSelection(policy: ViewPolicy, { shape, limits }: ResolvedProjection): object {
  const selection = Object.freeze(Object.create(null) as object);
  selections.set(selection, { policy, shape, limits });
  return selection;
}

/** The content of a selection, or `undefined` if the value is not one. */
export function selectedBy(value: unknown): Selected | undefined {
  return typeof value === 'object' && value !== null ? selections.get(value) : undefined;
}
