import { bare, Node, ts } from '../project/index.ts';
import type { Type } from '../project/index.ts';

function membersOf(type: Type): readonly Type[] {
  return type.isUnion() ? type.getUnionTypes() : [type];
}

/** Whether a value may be `undefined`, by its type. */
export function maybeUndefined(node: Node): boolean {
  const type = typeOf(node);
  return membersOf(type).some((one) => one.isUndefined());
}

export function maybeNull(node: Node): boolean {
  return membersOf(typeOf(node)).some((one) => one.isNull());
}

/** The kinds of value that an expression may be, without `undefined` and `null`. `other` is any object; `any` is not known. */
export function kindsOf(
  node: Node,
): ReadonlySet<'string' | 'number' | 'boolean' | 'date' | 'objectId' | 'other' | 'any'> {
  return new Set(
    membersOf(typeOf(node))
      .filter((one) => !one.isUndefined() && !one.isNull())
      .map((one) => {
        if (one.isAny() || one.isUnknown()) return 'any';
        if (
          one.isString() ||
          one.isStringLiteral() ||
          one.isTemplateLiteral() ||
          (one.getFlags() & ts.TypeFlags.StringLike) !== 0
        )
          return 'string';
        if ((one.getFlags() & ts.TypeFlags.NumberLike) !== 0) return 'number';
        if ((one.getFlags() & ts.TypeFlags.BooleanLike) !== 0) return 'boolean';
        const name = one.getSymbol()?.getName();
        return name === 'Date' ? 'date' : name === 'ObjectId' ? 'objectId' : 'other';
      }),
  );
}

function typeOf(node: Node): Type {
  const parent = node.getParent();
  if (Node.isShorthandPropertyAssignment(parent)) {
    const declared = parent.getValueSymbol()?.getDeclarations()[0];
    if (declared !== undefined) return parent.getNameNode().getType();
  }
  return node.getType();
}

/** A name or a chain of properties, which may be written twice. */
export function isSimple(node: Node): boolean {
  const written = Node.isNonNullExpression(node) || Node.isParenthesizedExpression(node) ? bare(node) : node;
  if (Node.isIdentifier(written) || Node.isThisExpression(written)) return true;
  return Node.isPropertyAccessExpression(written) && isSimple(written.getExpression());
}

/** The text of an expression as it can have a method called on it. */
export function callable(text: string, node: Node): string {
  const isOne =
    Node.isIdentifier(node) ||
    Node.isPropertyAccessExpression(node) ||
    Node.isElementAccessExpression(node) ||
    Node.isCallExpression(node) ||
    Node.isStringLiteral(node) ||
    Node.isNoSubstitutionTemplateLiteral(node) ||
    Node.isTemplateExpression(node) ||
    Node.isNonNullExpression(node) ||
    Node.isParenthesizedExpression(node);
  return isOne ? text : `(${text})`;
}
