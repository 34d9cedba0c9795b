import type { PathNode } from '../../view/path-tree.ts';
import type { Placed } from './place-join.ts';

/** The shape of documents with their joined documents. */
export function withJoined(root: PathNode, { join, isOwn }: Placed, joined: PathNode): PathNode {
  const { as, justOne } = join;
  const node = { ...rebased(joined, as), mayBeScalar: isOwn, depths: justOne ? [0] : [1] };
  return placed(root, as.split('.'), node);
}

function placed(node: PathNode, [head, ...rest]: readonly string[], joined: PathNode): PathNode {
  if (head === undefined) return joined;
  const child = node.children.get(head);
  const next = child === undefined ? joined : placed(child, rest, joined);
  return { ...node, children: new Map([...node.children, [head, next]]) };
}

/** The shape under another path, for errors. */
function rebased(node: PathNode, path: string): PathNode {
  const children = new Map(
    [...node.children].map(([name, child]) => [name, rebased(child, `${path}.${name}`)] as const),
  );
  return { ...node, path, children };
}
