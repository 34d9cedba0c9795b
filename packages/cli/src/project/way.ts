import { wrapped } from './cursor-chain.ts';
import { bare, functionAround } from './functions.ts';
import type { NameIndex } from './name-index.ts';
import { entriesOf } from './object-literals.ts';
import type { ObjectEntry } from './object-literals.ts';
import { referencesOf } from './references.ts';
import { Node } from './syntax.ts';
import type { ObjectLiteralExpression } from './syntax.ts';
import { propertyRead } from './text-of.ts';
import { Tracer } from './tracer.ts';

/** The way of an object to an expression: its literal, and every variable, parameter and function that passes it on. */
export interface Way {
  readonly objects: readonly ObjectLiteralExpression[];
  readonly holders: readonly Node[];
}

export function wayOf(node: Node, index: NameIndex): Way {
  const holders = new Set<Node>();
  const tracer: Tracer<ObjectLiteralExpression> = Tracer.of(index, (found) => {
    for (const holder of holdersAt(found)) holders.add(holder);
    if (Node.isObjectLiteralExpression(found)) return [found];
    // `SORTS[name]`: any value of the table.
    if (!Node.isElementAccessExpression(found) || propertyRead(found) !== undefined) return undefined;
    return tracer.trace(found.getExpression()).flatMap((table) => valuesOf(table));
  });
  const objects = tracer.trace(node);
  return { objects, holders: [...holders] };
}

function valuesOf(table: ObjectLiteralExpression): readonly ObjectLiteralExpression[] {
  return entriesOf(table)
    .map(({ value }) => bare(value))
    .filter(Node.isObjectLiteralExpression);
}

function holdersAt(node: Node): readonly Node[] {
  if (Node.isVariableDeclaration(node) || Node.isParameterDeclaration(node) || Node.isPropertyDeclaration(node))
    return [node];
  const outer = wrapped(node);
  const parent = outer.getParent();
  const isReturned = Node.isReturnStatement(parent) || (Node.isArrowFunction(parent) && parent.getBody() === outer);
  const owner = isReturned ? functionAround(node) : undefined;
  return owner === undefined ? [] : [owner];
}

/**
 * The entries that are added to the object of a variable or parameter later: `filter.name = …`. `undefined` if it may change in an
 * unknown way.
 */
export function putInto(holder: Node): readonly ObjectEntry[] | undefined {
  if (!Node.isVariableDeclaration(holder) && !Node.isParameterDeclaration(holder)) return [];
  const name = holder.getNameNode();
  if (!Node.isIdentifier(name)) return [];
  const changes = referencesOf(name).map((reference) => changeAt(reference));
  return changes.every((change) => change !== undefined) ? changes.flat() : undefined;
}

function changeAt(reference: Node): readonly ObjectEntry[] | undefined {
  const access = reference.getParent();
  if (Node.isCallExpression(access))
    return access.getExpression().getText() === 'Object.assign' && access.getArguments()[0] === reference
      ? undefined
      : [];
  const isAccess =
    (Node.isPropertyAccessExpression(access) || Node.isElementAccessExpression(access)) &&
    access.getExpression() === reference;
  if (!isAccess) return [];
  const outer = access.getParent();
  if (Node.isBinaryExpression(outer) && outer.getLeft() === access) {
    const key = propertyRead(access);
    const isPlain = key !== undefined && outer.getOperatorToken().getText() === '=';
    return isPlain ? [{ key, value: outer.getRight(), node: outer }] : undefined;
  }
  // `filter.$or.push(…)` and `filter.age.$gt = …` change nested values.
  const isDeeper =
    Node.isPropertyAccessExpression(outer) || Node.isElementAccessExpression(outer) || Node.isCallExpression(outer);
  return isDeeper && outer.getExpression() === access ? undefined : [];
}
