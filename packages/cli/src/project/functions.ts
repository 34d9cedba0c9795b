import { Node, SyntaxKind } from './syntax.ts';
import type { ClassDeclaration, ClassExpression, Expression } from './syntax.ts';

/** Something with parameters and a body. */
export type FunctionNode = Node & { getParameters(): readonly Node[] };

export function isFunction(node: Node | undefined): node is FunctionNode {
  return (
    Node.isFunctionDeclaration(node) ||
    Node.isFunctionExpression(node) ||
    Node.isArrowFunction(node) ||
    Node.isMethodDeclaration(node) ||
    Node.isGetAccessorDeclaration(node) ||
    Node.isConstructorDeclaration(node)
  );
}

/** The function itself, or the one behind an overload; none if it is only declared, as in a `.d.ts`. */
export function withBody(node: FunctionNode): FunctionNode | undefined {
  if (
    !Node.isFunctionDeclaration(node) &&
    !Node.isMethodDeclaration(node) &&
    !Node.isConstructorDeclaration(node) &&
    !Node.isGetAccessorDeclaration(node)
  )
    return node;
  if (node.getBody() !== undefined) return node;
  return Node.isGetAccessorDeclaration(node) ? undefined : node.getImplementation();
}

export function isClass(node: Node | undefined): node is ClassDeclaration | ClassExpression {
  return Node.isClassDeclaration(node) || Node.isClassExpression(node);
}

/** The function around a node. */
export function functionAround(node: Node): FunctionNode | undefined {
  return node.getFirstAncestor(isFunction);
}

/** The expressions that a function returns, without those of nested functions. */
export function returnedBy(node: FunctionNode): readonly Expression[] {
  if (Node.isArrowFunction(node)) {
    const body = node.getBody();
    if (Node.isExpression(body)) return [body];
  }
  return node
    .getDescendantsOfKind(SyntaxKind.ReturnStatement)
    .filter((statement) => functionAround(statement) === node)
    .flatMap((statement) => statement.getExpression() ?? []);
}

/** An expression without parentheses, `await`, casts and `!`. */
export function bare(node: Node): Node {
  if (
    Node.isParenthesizedExpression(node) ||
    Node.isAwaitExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node) ||
    Node.isTypeAssertion(node)
  ) {
    return bare(node.getExpression());
  }
  return node;
}
