import type { WriteConventions } from './conventions.ts';
import type { PathTree } from './path-tree.ts';
import type { ProjectionCache } from './projection-cache.ts';
import type { StoredTree } from './stored-tree.ts';

/** Whether a filter's operators have to be made by `op()`, or may be plain objects (for migration, and weaker). */
export type OperatorStyle = 'tagged' | 'plain';

/** A view as the guard sees it: one path tree for each role. Deep-frozen; nothing widens it. */
export interface ViewPolicy {
  readonly name: string | undefined;
  readonly public: PathTree;
  readonly writable: PathTree;
  readonly filterable: PathTree;
  readonly sortable: PathTree;
  readonly joinable: PathTree;
  /** What the view knows of stored documents: every path that it names, and how deep the arrays there are. */
  readonly stored: StoredTree;
  readonly operators: OperatorStyle;
  readonly conventions: WriteConventions;
  /** What was projected before. It holds nothing that could not be parsed again. */
  readonly projections: ProjectionCache;
}

/** Whether the view makes `_id` public. Where it does not, a filter matches it exactly or not at all. */
export function isIdPublic(policy: ViewPolicy): boolean {
  return policy.public.root.children.has('_id');
}
