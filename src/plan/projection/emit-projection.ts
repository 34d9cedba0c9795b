import { storedPath, type PathTree } from '../../view/path-tree.ts';
import { emptyDocument, type Emitted } from '../emit.ts';

/** The emitted projections. A tree never changes, so each is emitted once. They are frozen, because command monitoring can access them. */
const emitted = new WeakMap<PathTree, Emitted>();

/** The projection that is sent for the leaves of a shape. The server adds `_id` to an inclusion unless it has `_id: 0`. */
export function emitProjection(shape: PathTree): Emitted {
  const known = emitted.get(shape);
  if (known !== undefined) return known;
  const projection = emptyDocument();
  for (const leaf of shape.leaves()) projection[storedPath(leaf)] = 1;
  if (!sendsId(shape)) projection['_id'] = 0;
  emitted.set(shape, Object.freeze(projection));
  return projection;
}

/** Whether a shape has the stored `_id`, or parts of it. */
export function sendsId({ root }: Pick<PathTree, 'root'>): boolean {
  if (root.children.has('_id')) return true;
  for (const { opaque } of root.children.values()) if (opaque?.stored === '_id') return true;
  return false;
}
