import type { ArrayDepths } from './parse-arrays.ts';
import type { StoredNode, StoredTree } from './stored-tree.ts';

/** What the view knows of the place that a path leads to. */
export interface Place {
  readonly node: StoredNode;
  /** How deep the arrays there may be, below the positions that the path takes. */
  readonly depths: ArrayDepths | undefined;
}

/** Why a path leads nowhere that the view allows: at which path of the view it goes wrong, and how. */
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
 * Follows a path through what the view knows. `positions` are the arrays at which a position says which elements are meant;
 * an array that is walked through without one is wrong: where nothing is stored, the server makes an object of it.
 * `undefined` where the view knows nothing.
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

/** The depths that are left where some positions stand at an array. */
function below({ path, depths }: StoredNode, positions: readonly string[]): ArrayDepths | undefined {
  if (depths === undefined || positions.length === 0) return depths;
  const taken = positions.filter((position) => position === path).length;
  return taken === 0 ? depths : depths.map((depth) => depth - taken).filter((depth) => depth >= 0);
}
