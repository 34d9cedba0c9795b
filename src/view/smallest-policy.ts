import type { PathPart } from '../grammar/view-parts.ts';
import type { OpaquePath } from './opaque-paths.ts';
import type { PathTree } from './path-tree.ts';
import type { ViewPolicy } from './policy.ts';

type Trees = Pick<ViewPolicy, PathPart>;

/** The sets of paths of a policy. */
function treesOf({ public: shown, writable, filterable, sortable, joinable }: ViewPolicy) {
  return [shown, writable, filterable, sortable, joinable] satisfies Trees[keyof Trees][];
}

/** The names of the policies that are contained in all others. */
export function smallestOf(policies: ReadonlyMap<string, ViewPolicy>): readonly string[] {
  const all = [...policies];
  return all.flatMap(([name, policy]) => (all.every(([, other]) => isWithinPolicy(policy, other)) ? [name] : []));
}

/** Whether a policy allows nothing that another does not allow. */
function isWithinPolicy(policy: ViewPolicy, other: ViewPolicy): boolean {
  const wider = treesOf(other);
  return (
    treesOf(policy).every((tree, index) => isWithinTree(tree, wider[index])) &&
    isSubset(policy.geo, other.geo) &&
    isSubset(policy.search, other.search) &&
    isSubset(policy.whole, other.whole) &&
    (policy.operators === 'tagged' || other.operators === 'plain')
  );
}

/** Whether another tree has each leaf, and each subtree as a subtree. */
function isWithinTree(tree: PathTree, other: PathTree | undefined): boolean {
  return tree
    .leaves()
    .every(
      ({ path, kind, opaque }) =>
        other?.covers(path) === true &&
        (kind !== 'subtree' || isSubtreeIn(path, other)) &&
        isSameId(opaque, other.at(path)?.opaque),
    );
}

/** Whether both views show the same id at a path, or none of them an opaque one. */
function isSameId(one: OpaquePath | undefined, other: OpaquePath | undefined): boolean {
  return one?.stored === other?.stored && one?.tag === other?.tag;
}

function isSubtreeIn(path: string, tree: PathTree): boolean {
  return tree.at(path)?.kind === 'subtree' || tree.isBelowSubtree(path);
}

function isSubset(paths: readonly string[], others: readonly string[]): boolean {
  return paths.every((path) => others.includes(path));
}
