import { bare, entriesOf, fieldsOfType, functionAround, Node, SyntaxKind } from '../project/index.ts';
import type { TypeField } from '../project/index.ts';
import { CannotMigrate } from './cannot-migrate.ts';
import { insertAt } from './edit.ts';
import type { Edit } from './edit.ts';
import { leafAt } from './view-facts.ts';
import type { ViewFacts } from './view-facts.ts';

/** A document split into two parts, with the statement that makes them. */
export interface TakenApart {
  readonly own: string;
  readonly trusted: string;
  readonly more: readonly Edit[];
}

/**
 * Splits a document in a variable, or one that spreads a variable: `const { status, ...rest } = review;` takes out the writable
 * fields. The rest goes into `trusted`.
 */
export function takenApart(document: Node, view: ViewFacts): TakenApart {
  const spread = Node.isObjectLiteralExpression(document) ? onlySpread(document) : undefined;
  const source = spread ?? document;
  if (!Node.isIdentifier(source))
    throw new CannotMigrate('the document is computed here: put it into a constant first');
  const fields = writableFields(source, view);
  const written = (rest: string) =>
    spread === undefined
      ? rest
      : `{ ${entriesOf(document.asKindOrThrow(SyntaxKind.ObjectLiteralExpression))
          .map(({ key, node }) => (key === undefined ? `...${rest}` : node.getText()))
          .join(', ')} }`;
  if (fields.length === 0) return { own: '{}', trusted: written(source.getText()), more: [] };
  const taken = namesAround(source);
  const rest = freeName('rest', taken);
  const named = fields.map((field) => ({ ...field, as: freeName(field.name, taken) }));
  const pattern = named.map(({ name, as }) => (as === name ? name : `${name}: ${as}`)).join(', ');
  const own = named.map(({ name, as, isOptional }) => {
    const entry = as === name ? name : `${name}: ${as}`;
    return isOptional ? `...(${as} === undefined ? {} : { ${entry} })` : entry;
  });
  return {
    own: `{ ${own.join(', ')} }`,
    trusted: written(rest),
    more: [statementBefore(source, `const { ${pattern}, ...${rest} } = ${source.getText()};`)],
  };
}

/** The spread of `{ ...review, at: new Date() }`, if it is the only one and no other key is writable. */
function onlySpread(document: Node): Node {
  const entries = Node.isObjectLiteralExpression(document) ? entriesOf(document) : [];
  const [first, ...others] = entries.filter(({ key }) => key === undefined);
  if (first === undefined || others.length > 0)
    throw new CannotMigrate('it spreads several variables: say which of their fields the caller writes');
  return bare(first.value);
}

interface Field {
  readonly name: string;
  readonly isOptional: boolean;
}

function writableFields(source: Node, view: ViewFacts): readonly Field[] {
  const type = source.getType();
  if (type.isAny() || type.isUnknown() || type.getStringIndexType() !== undefined)
    throw new CannotMigrate('the document is in a variable: say which of its fields the caller writes');
  const heads = new Set(Object.keys(view.writes).map((path) => path.split('.')[0] ?? path));
  const fields = fieldsOfType(type, source);
  return [...heads].flatMap((name) => {
    const property = type.getProperty(name);
    if (property === undefined) return [];
    if (!isWritableWhole(name, fields, view))
      throw new CannotMigrate(
        `the document is in a variable, and ${view.name} makes a part of '${name}' writable: say what the caller writes`,
      );
    return [{ name, isOptional: property.isOptional() }];
  });
}

/** Whether a field is writable with everything below it. */
export function isWritableWhole(name: string, fields: readonly TypeField[], view: ViewFacts): boolean {
  const leaves = fields.filter(({ path, kind }) => (path === name || path.startsWith(`${name}.`)) && kind !== 'branch');
  return leaves.length > 0 && leaves.every(({ path }) => leafAt(view.writes, path) !== undefined);
}

function namesAround(node: Node): ReadonlySet<string> {
  const scope = functionAround(node) ?? node.getSourceFile();
  const outer = node.getSourceFile().getLocals();
  return new Set([
    ...scope
      .getDescendantsOfKind(SyntaxKind.Identifier)
      .filter((one) => {
        const parent = one.getParent();
        return !(Node.isPropertyAccessExpression(parent) && parent.getNameNode() === one);
      })
      .map((one) => one.getText()),
    ...outer.map((one) => one.getName()),
  ]);
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted) && /^[A-Za-z_$][\w$]*$/.test(wanted)) return wanted;
  const own = `own${wanted.slice(0, 1).toUpperCase()}${wanted.slice(1).replaceAll(/[^\w$]/g, '_')}`;
  return taken.has(own) ? freeName(`${own}_`, taken) : own;
}

/** A statement on a separate line before the statement of a node. */
function statementBefore(node: Node, text: string): Edit {
  const statement = node.getFirstAncestor((one) => Node.isStatement(one) && !Node.isBlock(one));
  const isPlain =
    Node.isExpressionStatement(statement) || Node.isVariableStatement(statement) || Node.isReturnStatement(statement);
  const parent = statement?.getParent();
  const isListed = Node.isBlock(parent) || Node.isSourceFile(parent) || Node.isCaseClause(parent);
  if (statement === undefined || !isPlain || !isListed || functionAround(statement) !== functionAround(node))
    throw new CannotMigrate(
      'the document is in a variable, in an expression without room for a statement: write a statement',
    );
  const source = statement.getSourceFile().getFullText();
  const start = statement.getStartLinePos();
  if (source.slice(start, statement.getStart()).trim() !== '')
    throw new CannotMigrate('the document is in a variable, in the middle of a line: write a statement');
  const indent = /^[ \t]*/.exec(source.slice(start))?.[0] ?? '';
  return insertAt(statement, start, `${indent}${text}\n`);
}
