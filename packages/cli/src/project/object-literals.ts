import type { NameIndex } from './name-index.ts';
import { referencesOf } from './references.ts';
import { Node } from './syntax.ts';
import type { ObjectLiteralExpression } from './syntax.ts';
import { propertyRead } from './text-of.ts';
import { Tracer } from './tracer.ts';

const TRACERS = new WeakMap<NameIndex, Tracer<ObjectLiteralExpression>>();

/** The object literals that an expression may be. */
export function objectsBehind(node: Node, index: NameIndex): readonly ObjectLiteralExpression[] {
  const known = TRACERS.get(index);
  const tracer =
    known ??
    Tracer.of<ObjectLiteralExpression>(index, (found) => (Node.isObjectLiteralExpression(found) ? [found] : undefined));
  TRACERS.set(index, tracer);
  return tracer.trace(node);
}

/** One key of an object literal with its value; a spread has no key. */
export interface ObjectEntry {
  readonly key: string | undefined;
  readonly value: Node;
  readonly node: Node;
}

export function entriesOf(object: ObjectLiteralExpression): readonly ObjectEntry[] {
  return object.getProperties().flatMap((property): readonly ObjectEntry[] => {
    if (Node.isSpreadAssignment(property)) return [{ key: undefined, value: property.getExpression(), node: property }];
    if (Node.isShorthandPropertyAssignment(property))
      return [{ key: property.getName(), value: property.getNameNode(), node: property }];
    if (!Node.isPropertyAssignment(property)) return [];
    const name = property.getNameNode();
    const key =
      Node.isStringLiteral(name) || Node.isNoSubstitutionTemplateLiteral(name)
        ? name.getLiteralText()
        : Node.isComputedPropertyName(name)
          ? undefined
          : name.getText();
    const value = property.getInitializer();
    return value === undefined ? [] : [{ key, value, node: property }];
  });
}

export function entryOf(object: ObjectLiteralExpression, key: string): Node | undefined {
  return entriesOf(object).find((entry) => entry.key === key)?.value;
}

/** The entries that are added to an object later: `filter.name = …` after `const filter = {}`. */
export function addedTo(node: Node): readonly ObjectEntry[] {
  if (!Node.isIdentifier(node)) return [];
  return referencesOf(node).flatMap((reference): readonly ObjectEntry[] => {
    const access = reference.getParent();
    const assignment = access?.getParent();
    if (access === undefined || !Node.isBinaryExpression(assignment) || assignment.getLeft() !== access) return [];
    const key = propertyRead(access);
    return [{ key, value: assignment.getRight(), node: assignment }];
  });
}
