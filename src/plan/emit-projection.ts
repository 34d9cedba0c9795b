import type { PathTree } from '../view/path-tree.ts';
import { emptyDocument, type Emitted } from './emit.ts';

/** The projection that asks the server for the leaves of a shape. One of inclusions adds `_id` unless it is told not to. */
export function emitProjection(shape: PathTree): Emitted {
  const projection = emptyDocument();
  for (const { path } of shape.leaves()) projection[path] = 1;
  if (!shape.root.children.has('_id')) projection['_id'] = 0;
  return projection;
}
