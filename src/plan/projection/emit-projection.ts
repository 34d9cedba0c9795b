import type { PathTree } from '../../view/path-tree.ts';
import { emptyDocument, type Emitted } from '../emit.ts';

/** Each shape is emitted once; a tree never changes. Frozen, because whoever monitors commands gets to see it. */
const emitted = new WeakMap<PathTree, Emitted>();

/** The projection that asks the server for the leaves of a shape. One of inclusions adds `_id` unless it is told not to. */
export function emitProjection(shape: PathTree): Emitted {
  const known = emitted.get(shape);
  if (known !== undefined) return known;
  const projection = emptyDocument();
  for (const { path } of shape.leaves()) projection[path] = 1;
  if (!shape.root.children.has('_id')) projection['_id'] = 0;
  emitted.set(shape, Object.freeze(projection));
  return projection;
}
