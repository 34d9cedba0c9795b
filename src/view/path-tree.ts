import type { ArrayDepths } from './parse-arrays.ts';
import type { OpaquePath } from './opaque-paths.ts';
import { isWithin } from './path.ts';

/** The kind of a path of a view: a branch has parts, a leaf has none, a subtree is returned whole. */
export type NodeKind = 'branch' | 'leaf' | 'subtree';

/** A node of a path tree. Paths are compared segment by segment, so dots and nesting can't make one path look like another. */
export interface PathNode {
  readonly kind: NodeKind;
  readonly path: string;
  readonly children: ReadonlyMap<string, PathNode>;
  /** Whether an aggregation made the branch. Then a scalar stored there is returned too. */
  readonly mayBeScalar: boolean;
  /**
   * The allowed depths of arrays at this node, without the arrays of the branches above. A scalar leaf and a plain branch have
   * `[0]`. `undefined` means any depth: for subtrees, values made by an aggregation, and paths that the view does not know.
   */
  readonly depths: ArrayDepths | undefined;
  /** How the id at this leaf is sealed, if it is an opaque one. */
  readonly opaque?: OpaquePath | undefined;
}

/** The path at which a leaf is stored. */
export function storedPath({ path, opaque }: PathNode): string {
  return opaque === undefined ? path : opaque.stored;
}

/** The key of a node in the stored document that has it. */
export function storedKey(key: string, { opaque }: PathNode): string {
  return opaque === undefined ? key : opaque.storedKey;
}

/** The opaque id at a path, if there is one. */
export type OpaqueAt = (path: string) => OpaquePath | undefined;

/** The allowed depths of arrays at a path; `undefined` means any depth. */
export type DepthsAt = (path: string) => ArrayDepths | undefined;

interface GrowingNode extends PathNode {
  readonly children: Map<string, GrowingNode>;
}

/** Two paths that can't be in one tree: the same path twice, or one below the other. */
export class PathCollision {
  readonly path: string;
  readonly other: string;

  constructor(path: string, other: string) {
    this.path = path;
    this.other = other;
  }
}

/** A tree of dotted paths. */
export class PathTree {
  readonly root: PathNode;
  /** The paths of the leaves and subtrees. */
  readonly leafPaths: readonly string[];
  readonly #byPath = new Map<string, PathNode>();
  readonly #subtrees: readonly string[];

  private constructor(root: PathNode) {
    this.root = root;
    const nodes = descendants(root);
    for (const node of nodes) this.#byPath.set(node.path, node);
    this.#subtrees = nodes.filter(({ kind }) => kind === 'subtree').map(({ path }) => path);
    this.leafPaths = nodes.filter(({ kind }) => kind !== 'branch').map(({ path }) => path);
  }

  /** The tree of these leaves and subtrees, or the first two paths that collide. The paths have to be well-formed. */
  static of(
    paths: Iterable<readonly [path: string, kind: 'leaf' | 'subtree']>,
    depthsAt: DepthsAt,
    opaqueAt: OpaqueAt = noOpaque,
  ): PathTree | PathCollision {
    const root = grow('branch', '', anyDepth);
    for (const [path, kind] of paths) {
      const collision = plant(root, path, kind, depthsAt, opaqueAt);
      if (collision !== undefined) return collision;
    }
    return new PathTree(root);
  }

  get isEmpty(): boolean {
    return this.root.children.size === 0;
  }

  /** The node at a path, if the tree has it. */
  at(path: string): PathNode | undefined {
    return this.#byPath.get(path);
  }

  /** Whether a path is a leaf, a subtree, or lies below a subtree. */
  covers(path: string): boolean {
    const node = this.at(path);
    return node === undefined ? this.isBelowSubtree(path) : node.kind !== 'branch';
  }

  isBelowSubtree(path: string): boolean {
    return this.#subtrees.some((subtree) => path.startsWith(`${subtree}.`));
  }

  /** The leaves and subtrees of the tree, or of a branch of it. */
  leaves(from: PathNode = this.root): readonly PathNode[] {
    return leavesBelow(from);
  }
}

function grow(kind: NodeKind, path: string, depthsAt: DepthsAt, opaque?: OpaquePath): GrowingNode {
  return { kind, path, children: new Map(), mayBeScalar: false, depths: depthsAt(path), opaque };
}

function noOpaque(): undefined {
  return undefined;
}

function anyDepth(): undefined {
  return undefined;
}

/** Up to so many paths are compared pair by pair, without building a tree. */
const FEW_PATHS = 8;

/** The first two of these well-formed paths that collide. */
export function collisionIn(paths: readonly string[]): PathCollision | undefined {
  if (paths.length <= FEW_PATHS && areApart(paths)) return undefined;
  const root = grow('branch', '', anyDepth);
  for (const path of paths) {
    const collision = plant(root, path, 'leaf', anyDepth, noOpaque);
    if (collision !== undefined) return collision;
  }
  return undefined;
}

function areApart(paths: readonly string[]): boolean {
  return paths.every((path, index) => paths.every((other, at) => at === index || !isWithin(path, other)));
}

function plant(
  root: GrowingNode,
  path: string,
  kind: 'leaf' | 'subtree',
  depthsAt: DepthsAt,
  opaqueAt: OpaqueAt,
): PathCollision | undefined {
  const segments = path.split('.');
  const last = segments.pop() as string;
  let node = root;
  for (const segment of segments) {
    const child = node.children.get(segment) ?? grow('branch', join(node.path, segment), depthsAt);
    if (child.kind !== 'branch') return new PathCollision(path, child.path);
    node.children.set(segment, child);
    node = child;
  }
  const taken = node.children.get(last);
  if (taken !== undefined) return new PathCollision(path, leavesBelow(taken)[0]?.path ?? taken.path);
  node.children.set(last, grow(kind, path, depthsAt, opaqueAt(path)));
  return undefined;
}

function join(parent: string, segment: string): string {
  return parent === '' ? segment : `${parent}.${segment}`;
}

/** The leaves and subtrees below a node. */
export function leavesBelow(node: PathNode): readonly PathNode[] {
  return descendants(node).filter(({ kind }) => kind !== 'branch');
}

function descendants(node: PathNode): PathNode[] {
  return [...node.children.values()].flatMap((child) => [child, ...descendants(child)]);
}
