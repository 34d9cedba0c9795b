import type { ArrayDepths } from './parse-arrays.ts';
import type { StoredNode, StoredTree } from './stored-tree.ts';

/** What the view knows about the end of a path. */
export interface Place {
  readonly node: StoredNode;
  /** The allowed depths of arrays there, below the positions of the path. */
  readonly depths: ArrayDepths | undefined;
}

/** Why the view does not allow a path: the path of the view that it conflicts with, and the reason. */
export class WrongWay {
  readonly at: string;
  readonly why: 'no array' | 'whole array' | 'leaf';

  constructor(at: string, why: WrongWay['why']) {
    this.at = at;
    this.why = why;
  }
}

const NO_POSITIONS: readonly string[] = Object.freeze([]);

/**
 * Follows a path through the stored tree of a view. `positions` are the arrays for which the path has a position (`$`, `$[]`).
 * Going through an array without a position is wrong: if nothing is stored there, the server would make an object.
 * `undefined` if the view does not know the path.
 */
export function placeAt(
  path: string,
  stored: StoredTree,
  positions: readonly string[] = NO_POSITIONS,
): Place | WrongWay | undefined {
  let node = stored.root;
  let depths: ArrayDepths | undefined;
  for (const segment of path.split('.')) {
    if (depths !== undefined && !depths.includes(0)) return new WrongWay(node.path, 'whole array');
    const child = node.children.get(segment);
    if (child === undefined) return node.holds === 'scalars' ? new WrongWay(node.path, 'leaf') : undefined;
    node = child;
    depths = below(child, positions);
    if (depths?.length === 0) return new WrongWay(child.path, 'no array');
  }
  return { node, depths };
}

/** The remaining depths of an array after its positions. */
function below({ path, depths }: StoredNode, positions: readonly string[]): ArrayDepths | undefined {
  if (depths === undefined || positions.length === 0) return depths;
  const taken = positions.filter((position) => position === path).length;
  return taken === 0 ? depths : depths.map((depth) => depth - taken).filter((depth) => depth >= 0);
}
