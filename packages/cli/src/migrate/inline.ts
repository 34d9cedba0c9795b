import { bare, declarationsOf, functionAround, Node, referencesOf } from '../project/index.ts';

/**
 * The literal of a constant that only one call uses, if it can be moved into the call: it is in the statement before, or its
 * value can't change in between and has no side effect.
 */
export function inlined(name: Node): Node | undefined {
  if (!Node.isIdentifier(name)) return undefined;
  const [declared, ...others] = declarationsOf(name);
  if (!Node.isVariableDeclaration(declared) || others.length > 0) return undefined;
  const initializer = declared.getInitializer();
  const statement = declared.getVariableStatement();
  const literal = initializer === undefined ? undefined : bare(initializer);
  const isLiteral = Node.isObjectLiteralExpression(literal) || Node.isArrayLiteralExpression(literal);
  if (!isLiteral || statement === undefined || statement.isExported() || statement.getDeclarationKind() !== 'const')
    return undefined;
  if (statement.getDeclarations().length > 1 || functionAround(declared) !== functionAround(name)) return undefined;
  if (referencesOf(declared.getNameNode()).length !== 1 || isRepeated(statement, name)) return undefined;
  const next = statement.getNextSibling();
  const isNext = next !== undefined && name.getAncestors().includes(next);
  return isNext || isInert(literal) ? literal : undefined;
}

/** Whether a loop makes the use run more often than the statement. */
function isRepeated(statement: Node, use: Node): boolean {
  const loop = (node: Node) => Node.isIterationStatement(node);
  return use.getAncestors().filter(loop).length !== statement.getAncestors().filter(loop).length;
}

/** Whether an expression has the same value everywhere: literals, and names that are assigned once. */
function isInert(node: Node): boolean {
  const written = bare(node);
  if (Node.isIdentifier(written)) return declarationsOf(written).every(isFixed);
  if (Node.isObjectLiteralExpression(written))
    return written.getProperties().every((property) => {
      if (Node.isShorthandPropertyAssignment(property)) return declarationsOf(property).every(isFixed);
      const value = Node.isPropertyAssignment(property)
        ? property.getInitializer()
        : Node.isSpreadAssignment(property)
          ? property.getExpression()
          : undefined;
      return value !== undefined && isInert(value);
    });
  if (Node.isArrayLiteralExpression(written)) return written.getElements().every(isInert);
  if (Node.isConditionalExpression(written))
    return [written.getCondition(), written.getWhenTrue(), written.getWhenFalse()].every(isInert);
  if (Node.isBinaryExpression(written))
    return (
      !/=$/.test(
        written
          .getOperatorToken()
          .getText()
          .replace(/^[=!]==?$|^[<>]=$/, ''),
      ) && [written.getLeft(), written.getRight()].every(isInert)
    );
  if (Node.isPrefixUnaryExpression(written)) return isInert(written.getOperand());
  return Node.isLiteralExpression(written) || /^(?:true|false|null|undefined)$/.test(written.getText());
}

/** A constant, an import, or a parameter or variable that nothing is assigned to. */
function isFixed(declared: Node): boolean {
  if (Node.isImportSpecifier(declared) || Node.isFunctionDeclaration(declared) || Node.isEnumDeclaration(declared))
    return true;
  if (
    !Node.isVariableDeclaration(declared) &&
    !Node.isParameterDeclaration(declared) &&
    !Node.isBindingElement(declared)
  )
    return false;
  const isConst =
    Node.isVariableDeclaration(declared) && declared.getVariableStatement()?.getDeclarationKind() === 'const';
  return isConst || referencesOf(declared.getNameNode()).every((reference) => !isAssigned(reference));
}

function isAssigned(reference: Node): boolean {
  const parent = reference.getParent();
  if (Node.isPrefixUnaryExpression(parent) || Node.isPostfixUnaryExpression(parent))
    return /^(?:\+\+|--)/.test(parent.getText()) || /(?:\+\+|--)$/.test(parent.getText());
  return (
    Node.isBinaryExpression(parent) &&
    parent.getLeft() === reference &&
    /^(?:=|[^=!<>]+=)$/.test(parent.getOperatorToken().getText())
  );
}
