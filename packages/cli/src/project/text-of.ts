import { Node, ts } from './syntax.ts';

/** The strings that an expression can be according to its type: a literal, a constant, a member of an enum, a union of them. */
export function stringsByType(node: Node): readonly string[] {
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) return [node.getLiteralValue()];
  const type = node.getType();
  const members = type.isUnion() ? type.getUnionTypes() : [type];
  const literals = members.map((member) => member.getLiteralValue());
  return literals.every((value) => typeof value === 'string') && literals.length > 0 ? literals : [];
}

/** A node's source on one line, for messages. */
export function shortText(node: Node, longest = 80): string {
  const text = node.getText().replaceAll(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** The name of a property that a node reads: `a.b` or `a['b']`. */
export function propertyRead(node: Node): string | undefined {
  if (Node.isPropertyAccessExpression(node)) return node.getName();
  if (!Node.isElementAccessExpression(node)) return undefined;
  const key = node.getArgumentExpression();
  return Node.isStringLiteral(key) || Node.isNoSubstitutionTemplateLiteral(key) ? key.getLiteralText() : undefined;
}

/** Whether the type of an expression is unknown. */
export function isUntyped(node: Node): boolean {
  const type = node.getType();
  return type.isAny() || type.isUnknown() || (type.getFlags() & ts.TypeFlags.Never) !== 0;
}
