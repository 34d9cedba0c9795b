import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { isArray, readArray, readObject } from '../../input/read.ts';
import { numberFault } from '../../view/number-keys.ts';
import { pathFault } from '../../view/path.ts';
import { PathCollision, PathTree } from '../../view/path-tree.ts';
import { assertFewPaths, isExcludedId, refuseCollision, refuseMark } from '../../view/parse-projection.ts';
import { policyIn } from '../../view/policies.ts';
import type { ArrayDepths } from '../../view/parse-arrays.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { selectedBy } from '../../view/selection.ts';
import type { StoredTree } from '../../view/stored-tree.ts';
import { subtree } from '../../values/subtree.ts';

/** The leaves of a privileged read, and those of them that are private and returned sealed. */
export interface PrivilegedShape {
  readonly shape: PathTree;
  readonly sealed: PathTree;
}

interface Leaf {
  readonly path: string;
  readonly kind: 'leaf' | 'subtree';
  readonly isPublic: boolean;
}

/**
 * Parses the projection of a privileged read: any path of the document, leaf by leaf. A branch would mean the whole subdocument.
 * It is refused if the view knows the branch; otherwise a stored subdocument is schema drift.
 */
export function parsePrivilegedProjection(projection: unknown, policy: ViewPolicy, call: CallContext): PrivilegedShape {
  const leaves = pathsOf(projection, call).map(([path, mark]) => leafAt(path, mark, policy, call));
  if (leaves.length === 0) return call.refuse('projection_empty', 'A projection needs at least one path.');
  return {
    shape: plant(leaves, policy, call),
    sealed: plant(
      leaves.filter(({ isPublic }) => !isPublic),
      policy,
      call,
    ),
  };
}

function pathsOf(projection: unknown, call: CallContext): readonly (readonly [path: string, mark: unknown])[] {
  if (projection === undefined || projection === null) {
    return call.refuse('projection_missing', 'A projection is required: name the paths to return.');
  }
  if (policyIn(projection) !== undefined || selectedBy(projection) !== undefined) {
    return call.refuse(
      'projection_value',
      'The projection of a privileged read must list each path; a view or a selection works only with a SafeCollection.',
    );
  }
  if (!isArray(projection)) {
    const entries = readObject(projection, 'the projection', call, allowsSubtree);
    assertFewPaths(entries, call);
    return entries.filter(([path, mark]) => !isExcludedId(path, mark));
  }
  assertFewPaths(projection, call);
  return readArray(projection, 'the projection', call).map((path) => {
    if (typeof path === 'string') return [path, 1] as const;
    return call.refuse('projection_value', 'A projection array must contain only paths (strings).');
  });
}

/** Whether a value is `subtree`, the only symbol that a projection may contain. */
function allowsSubtree(value: unknown): boolean {
  return value === subtree || (typeof value !== 'function' && typeof value !== 'symbol');
}

function leafAt(path: string, mark: unknown, { public: publicTree, stored }: ViewPolicy, call: CallContext): Leaf {
  const fault = pathFault(path) ?? numberFault(path, stored);
  if (fault !== undefined) return call.refuse('projection_path', `In the projection, ${fault}.`, path);
  if (mark !== 1 && mark !== true && mark !== subtree) {
    return refuseMark(
      path,
      mark,
      `The projection takes 1 or true at ${quote(path)}, or \`subtree\` if the type has no fixed leaves.`,
      call,
    );
  }
  const node = publicTree.at(path);
  if (node?.kind === 'branch') {
    return call.refuse('projection_path', `${quote(path)} is a branch: name the leaves you need.`, path);
  }
  if (!publicTree.covers(path)) return { path, kind: mark === subtree ? 'subtree' : 'leaf', isPublic: false };
  return { path, kind: node?.kind === 'leaf' ? 'leaf' : 'subtree', isPublic: true };
}

function plant(leaves: readonly Leaf[], { stored, opaque }: ViewPolicy, call: CallContext): PathTree {
  const asked = leaves.map(({ path, kind }) => [path, kind] as const);
  const kinds = new Map(asked);
  const twice = leaves.find(({ path }) => opaque.storedAt(path) !== path && kinds.has(opaque.storedAt(path)));
  if (twice !== undefined) refuseBoth(twice.path, opaque.storedAt(twice.path), call);
  const tree = PathTree.of(
    asked,
    (path) => depthsAt(opaque.storedAt(path), kinds.get(path), stored),
    (path) => opaque.at(path),
  );
  if (!(tree instanceof PathCollision)) return tree;
  return refuseCollision(
    leaves.map(({ path }) => path),
    tree,
    call,
  );
}

function refuseBoth(name: string, stored: string, call: CallContext): never {
  return call.refuse(
    'projection_collision',
    `The projection names ${quote(name)} and ${quote(stored)}, which are the same stored id: name one of them.`,
    name,
  );
}

/** The allowed depths of arrays at a path that the view names with the same kind. Other paths may have any depth. */
function depthsAt(path: string, kind: 'leaf' | 'subtree' | undefined, stored: StoredTree): ArrayDepths | undefined {
  const node = stored.at(path);
  if (node === undefined || kind === 'subtree') return undefined;
  return (kind === undefined) === (node.holds === 'documents') ? node.depths : undefined;
}
