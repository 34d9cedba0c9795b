import type { PathNode } from '../view/path-tree.ts';
import { markExposed } from './exposed-results.ts';

/** The shapes of pages, by the shapes of their documents. */
const shapes = new WeakMap<PathNode, PathNode>();

/** Marks a page as a result, so that it may be sent with its cursors. */
export function markPage<P extends object>(page: P, shape: PathNode): P {
  let known = shapes.get(shape);
  if (known === undefined) shapes.set(shape, (known = shapeOfPage(shape)));
  return markExposed(page, known);
}

function shapeOfPage(shape: PathNode): PathNode {
  const items: PathNode = { ...shape, path: 'items', depths: [1] };
  const leaves = ['next', 'previous', 'hasNext'].map((path) => [path, node('leaf', path)] as const);
  return node('branch', '', new Map([['items', items], ...leaves]));
}

function node(kind: PathNode['kind'], path: string, children: PathNode['children'] = new Map()): PathNode {
  return { kind, path, children, mayBeScalar: false, depths: [0] };
}
