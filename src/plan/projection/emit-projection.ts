import type { PathTree } from '../../view/path-tree.ts';
import { emptyDocument, type Emitted } from '../emit.ts';

/** The emitted projections. A tree never changes, so each is emitted once. They are frozen, because command monitoring can access them. */
const emitted = new WeakMap<PathTree, Emitted>();

/** The projection that is sent for the leaves of a shape. The server adds `_id` to an inclusion unless it has `_id: 0`. */
export function emitProjection(shape: PathTree): Emitted {
  const known = emitted.get(shape);
  if (known !== undefined) return known;
  const projection = emptyDocument();
  for (const { path } of shape.leaves()) projection[path] = 1;
  if (!shape.root.children.has('_id')) projection['_id'] = 0;
  emitted.set(shape, Object.freeze(projection));
  return projection;
}
