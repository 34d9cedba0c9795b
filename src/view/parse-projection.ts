import { quote } from '../errors/quote.ts';
import type { CallContext } from '../errors/call-context.ts';
import { isArray, isPlainObject, readArray, readObject } from '../input/read.ts';
import { PROJECTION_OPERATORS } from '../grammar/projection-operators.ts';
import { MOST_PATHS } from '../grammar/size-limits.ts';
import { NO_LIMITS, parseLimit, type ArrayLimit, type ArrayLimits } from './array-limit.ts';
import { branchesOf, pathFault } from './path.ts';
import { PathCollision, PathTree } from './path-tree.ts';

type Leaf = readonly [path: string, kind: 'leaf' | 'subtree'];

/** A written projection: its paths in order, and the arrays of which it returns only some elements. */
export interface WrittenProjection {
  readonly paths: readonly string[];
  readonly limits: ArrayLimits;
}

/**
 * Reads an inclusion projection, an object or an array of paths. Checks the values at the paths, but not the paths. Refuses projections
 * for which mongod 6.0.5 returns whole documents: `{}`, only `{ _id: 0 }`, exclusions, expressions, `$meta`, and a plain `$slice` or
 * `$elemMatch`.
 */
export function readProjection(projection: unknown, view: PathTree, call: CallContext): WrittenProjection {
  if (!isArray(projection)) return readMarks(projection, view, call);
  return { paths: pathsOfArray(projection, call), limits: NO_LIMITS };
}

/** Parses a list of paths into the tree of its leaves. A branch means its public leaves. */
export function parsePaths(paths: unknown, view: PathTree, call: CallContext): PathTree {
  return treeOf(pathsOfArray(paths, call), view, call);
}

/** The tree of the public leaves at these paths. */
export function treeOf(paths: readonly string[], view: PathTree, call: CallContext): PathTree {
  if (paths.length === 0) return call.refuse('projection_empty', 'A projection names at least one public path.');
  assertFewPaths(paths, call);
  const tree = PathTree.of(
    paths.flatMap((path) => leavesAt(path, view, call)),
    (path) => view.at(path)?.depths,
    (path) => view.at(path)?.opaque,
  );
  if (!(tree instanceof PathCollision)) return tree;
  return refuseCollision(paths, tree, call);
}

/** Throws for more paths than a server projects in a second. Only paths below a subtree can be so many. */
export function assertFewPaths({ length }: readonly unknown[], call: CallContext): void {
  if (length <= MOST_PATHS) return;
  const most = MOST_PATHS.toLocaleString('en');
  call.refuse('projection_size', `A projection names at most ${most} paths: name the subtree around them.`);
}

/** Throws for a path that is named twice, or is above another one. */
export function refuseCollision(paths: readonly string[], { path, other }: PathCollision, call: CallContext): never {
  const before = new Set<string>();
  const twice = paths.find((each) => before.has(each) || !before.add(each));
  if (twice !== undefined)
    return call.refuse(
      'projection_collision',
      `The projection names ${quote(twice)} twice: name each path once.`,
      twice,
    );
  const below = paths.find((each) => branchesOf(each).some((branch) => before.has(branch))) ?? path;
  const above = branchesOf(below).find((branch) => before.has(branch)) ?? other;
  return call.refuse(
    'projection_collision',
    `The projection names ${quote(below)} and ${quote(above)}, which is above it: name one of them.`,
    below,
  );
}

/** Throws for a wrong value at a path of a projection, and says which values are allowed. */
export function refuseMark(path: string, mark: unknown, takes: string, call: CallContext): never {
  const [below] = isPlainObject(mark) ? Object.keys(mark) : [];
  const advice =
    below === undefined || below.startsWith('$')
      ? takes
      : `${takes} Nested projections are refused: write ${quote(`${path}.${below}`)}.`;
  return call.refuse('projection_value', advice, path);
}

/** `_id: 0` and `_id: false` leave out what is not returned anyway, so they are allowed. */
export function isExcludedId(path: string, mark: unknown): boolean {
  return path === '_id' && (mark === 0 || mark === false);
}

function pathsOfArray(projection: unknown, call: CallContext): readonly string[] {
  if (isArray(projection)) assertFewPaths(projection, call);
  return readArray(projection, 'the projection', call).map((path) => {
    if (typeof path === 'string') return path;
    return call.refuse('projection_value', 'A projection array must contain only paths (strings).');
  });
}

function readMarks(projection: unknown, view: PathTree, call: CallContext): WrittenProjection {
  const limits = new Map<string, ArrayLimit>();
  const paths = readObject(projection, 'the projection', call)
    .filter(([path, mark]) => !isExcludedId(path, mark))
    .map(([path, mark]) => {
      if (mark === 1 || mark === true) return path;
      const limit = parseLimit(mark, path, view, call);
      if (limit === undefined) return refuseMark(path, mark, `${marksAt(path)}${untagged(mark)}`, call);
      limits.set(path, limit);
      return path;
    });
  return { paths, limits };
}

function marksAt(path: string): string {
  return `The projection takes 1 or true at ${quote(path)}; exclusions and expressions could return fields that the view does not declare.`;
}

function untagged(mark: unknown): string {
  const isLimit = isPlainObject(mark) && Object.keys(mark).some((key) => LIMITING.has(key));
  return isLimit ? ' An operator on an array is written op({ … }).' : '';
}

const LIMITING: ReadonlySet<string> = new Set(PROJECTION_OPERATORS);

function leavesAt(path: string, view: PathTree, call: CallContext): readonly Leaf[] {
  const fault = pathFault(path);
  if (fault !== undefined) return call.refuse('projection_path', `In the projection, ${fault}.`, path);
  const node = view.at(path);
  if (node === undefined) {
    if (view.isBelowSubtree(path)) return [[path, 'subtree']];
    return call.refuse(
      'projection_path',
      `${quote(path)} is not public in this view: leave it out, or declare it in the view.`,
      path,
    );
  }
  const leaves = node.kind === 'branch' ? view.leaves(node) : [node];
  return leaves.map((leaf) => [leaf.path, leaf.kind === 'subtree' ? 'subtree' : 'leaf'] as const);
}
