import { Node, referencesOf } from '../project/index.ts';

/** The expression with `await`, `void` and parentheses around it. */
function outer(node: Node): Node {
  const parent = node.getParent();
  return Node.isAwaitExpression(parent) || Node.isParenthesizedExpression(parent) || Node.isVoidExpression(parent)
    ? outer(parent)
    : node;
}

/** Whether nothing is done with the result of a call. */
export function isUnused(node: Node): boolean {
  return Node.isExpressionStatement(outer(node).getParent());
}

/** Whether a value is only asked whether it is there: in conditions, or by a name that is. */
export function isConditionOnly(node: Node): boolean {
  const whole = outer(node);
  const parent = whole.getParent();
  if (Node.isVariableDeclaration(parent)) {
    const name = parent.getNameNode();
    return Node.isIdentifier(name) && referencesOf(name).every((one) => isCondition(one));
  }
  return isCondition(whole);
}

function isCondition(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isParenthesizedExpression(parent)) return isCondition(parent);
  if (Node.isIfStatement(parent) || Node.isWhileStatement(parent)) return parent.getExpression() === node;
  if (Node.isConditionalExpression(parent)) return parent.getCondition() === node;
  if (Node.isPrefixUnaryExpression(parent)) return parent.getText().startsWith('!');
  if (Node.isCallExpression(parent)) return parent.getExpression().getText() === 'Boolean';
  const operator = Node.isBinaryExpression(parent) ? parent.getOperatorToken().getText() : '';
  return (operator === '&&' || operator === '||') && parent !== undefined && isCondition(parent);
}
