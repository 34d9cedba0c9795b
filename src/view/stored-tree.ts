import type { ArrayDepths } from './parse-arrays.ts';

/** The kind of values at a path. */
export type Holds = 'scalars' | 'documents' | 'anything';

/** What a view knows about the values stored at a path. */
export interface StoredNode {
  readonly path: string;
  readonly holds: Holds;
  /** The allowed depths of arrays at this path; `undefined` means any depth. */
  readonly depths: ArrayDepths | undefined;
  readonly children: ReadonlyMap<string, StoredNode>;
}

/** The leaves of one set of a view. */
export interface NamedLeaves {
  readonly leaves: ReadonlyMap<string, 'leaf' | 'subtree'>;
  /** Whether the leaves hold only scalars. A path that is only compared may also hold documents. */
  readonly isTyped: boolean;
}

interface GrowingNode {
  readonly path: string;
  holds: Holds | undefined;
  isSubtree: boolean;
  readonly children: Map<string, GrowingNode>;
}

const NO_ARRAY: ArrayDepths = Object.freeze([0]);

/** Every path that a view names in any of its sets, as one tree. The view knows nothing about other paths. */
export class StoredTree {
  readonly root: StoredNode;
  readonly #byPath = new Map<string, StoredNode>();

  private constructor(root: StoredNode) {
    this.root = root;
    this.#index(root);
  }

  /** The tree of the sets' paths, with the depths that the view declares. */
  static of(sets: readonly NamedLeaves[], arrays: ReadonlyMap<string, ArrayDepths>): StoredTree {
    const root = grow('');
    for (const { leaves, isTyped } of sets) {
      for (const [path, kind] of leaves) plant(root, path, kind, isTyped);
    }
    return new StoredTree(settle(root, false, arrays));
  }

  at(path: string): StoredNode | undefined {
    return this.#byPath.get(path);
  }

  #index(node: StoredNode): void {
    for (const child of node.children.values()) {
      this.#byPath.set(child.path, child);
      this.#index(child);
    }
  }
}

function grow(path: string): GrowingNode {
  return { path, holds: undefined, isSubtree: false, children: new Map() };
}

function plant(root: GrowingNode, path: string, kind: 'leaf' | 'subtree', isTyped: boolean): void {
  let node = root;
  for (const segment of path.split('.')) {
    const child = node.children.get(segment) ?? grow(node.path === '' ? segment : `${node.path}.${segment}`);
    node.children.set(segment, child);
    node = child;
  }
  if (kind === 'subtree') node.isSubtree = true;
  else if (isTyped) node.holds = 'scalars';
}

/** At a subtree and below it, arrays may have any depth, because the type has no fixed form there. */
function settle(node: GrowingNode, isBelowSubtree: boolean, arrays: ReadonlyMap<string, ArrayDepths>): StoredNode {
  const isOpen = isBelowSubtree || node.isSubtree;
  const children = new Map([...node.children].map(([key, child]) => [key, settle(child, isOpen, arrays)] as const));
  return Object.freeze({
    path: node.path,
    holds: holdsOf(node),
    depths: isOpen ? undefined : (arrays.get(node.path) ?? NO_ARRAY),
    children,
  });
}

/** What a path holds. An `_id` may be compared as a whole and also have public parts: then it holds documents. */
function holdsOf({ isSubtree, children, holds }: GrowingNode): Holds {
  if (isSubtree) return 'anything';
  return children.size > 0 ? 'documents' : (holds ?? 'anything');
}
