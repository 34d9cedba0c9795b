import type { WriteConventions } from './conventions.ts';
import type { OpaquePaths } from './opaque-paths.ts';
import type { WholeArrays } from './parse-whole.ts';
import type { PathTree } from './path-tree.ts';
import type { ProjectionCache } from './projection-cache.ts';
import type { StoredTree } from './stored-tree.ts';

const NO_PATHS: readonly string[] = Object.freeze([]);

/** Whether a filter's operators have to be made by `op()`, or may be plain objects (weaker; for a migration). */
export type OperatorStyle = 'tagged' | 'plain';

/** The paths that decide whose row a document is, `'shared'` for rows of everybody, or `undefined` if the view does not say. */
export type ViewScope = readonly string[] | 'shared' | undefined;

/** The parsed view: one path tree for each role. Deep-frozen, so nothing can widen it. */
export interface ViewPolicy {
  readonly name: string | undefined;
  readonly public: PathTree;
  readonly writable: PathTree;
  readonly filterable: PathTree;
  readonly sortable: PathTree;
  readonly joinable: PathTree;
  /** All paths that the view names, with the depths of their arrays. */
  readonly stored: StoredTree;
  /** The arrays of subdocuments whose elements have no other field. */
  readonly whole: WholeArrays;
  /** The paths of locations, where filters take geo operators. */
  readonly geo: readonly string[];
  readonly scope: ViewScope;
  /** The paths of the shard key, in its order. Empty if the collection is not sharded. */
  readonly shardKey: readonly string[];
  /** The paths that the text index may have, where `$text` searches. Empty if filters take no `$text`. */
  readonly search: readonly string[];
  readonly operators: OperatorStyle;
  readonly conventions: WriteConventions;
  /** The ids that are shown sealed. The sets above have them by their public paths, `stored` by those at which they are stored. */
  readonly opaque: OpaquePaths;
  /** The number that the opaque ids of the view's own documents are sealed with, if their `_id` is opaque. */
  readonly idTag: number | undefined;
  /** The cache of parsed projections. */
  readonly projections: ProjectionCache;
}

/** The paths of a view's scope. */
export function scopePathsOf({ scope }: Pick<ViewPolicy, 'scope'>): readonly string[] {
  return typeof scope === 'object' ? scope : NO_PATHS;
}

/** Whether the view makes `_id` public. If not, a filter may only match it exactly. */
export function isIdPublic(policy: ViewPolicy): boolean {
  return policy.public.root.children.has('_id');
}
