import { wrapped } from './cursor-chain.ts';
import { Node, SyntaxKind } from './syntax.ts';
import { propertyRead } from './text-of.ts';

/** The paths that `delete user.password` removes. */
export function deletedBelow(node: Node, path: string): readonly string[] {
  const access = wrapped(node).getParent();
  const key = access === undefined ? undefined : propertyRead(access);
  if (key === undefined || !Node.isDeleteExpression(access?.getParent())) return [];
  return [path === '' ? key : `${path}.${key}`];
}

/** Whether a node is the left side of an assignment, which does not read the old value. */
export function isWritten(node: Node): boolean {
  const parent = node.getParent();
  return (
    Node.isBinaryExpression(parent) &&
    parent.getLeft() === node &&
    parent.getOperatorToken().getKind() === SyntaxKind.EqualsToken
  );
}
