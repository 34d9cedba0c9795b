import ts from 'typescript';

export type Change = 'delete' | 'add';

/** A text with one name added or removed, and that name. */
export interface Changed {
  readonly text: string;
  readonly name: string;
}

type Names = ts.ArrayLiteralExpression | ts.ObjectLiteralExpression | ts.InterfaceDeclaration;

/** Deletes the last name of a declaration (an array, an object or an interface), or adds the given one at its end. */
export function changeNames(text: string, declaration: string, change: Change, added: string): Changed {
  const names = find(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true), declaration);
  const members: readonly ts.Node[] = ts.isArrayLiteralExpression(names)
    ? names.elements
    : ts.isInterfaceDeclaration(names)
      ? names.members
      : names.properties;
  const last = members.at(-1);
  if (last === undefined) throw new Error(`${declaration} has no names.`);
  if (change === 'delete') return { text: cut(text, last), name: nameOf(last) };
  const written = ts.isInterfaceDeclaration(names) ? `\n  readonly ${added}: never;\n` : `, ${entryLike(last, added)}`;
  return { text: `${text.slice(0, last.end)}${written}${text.slice(last.end)}`, name: added };
}

/** The member without the comma after it. */
function cut(text: string, node: ts.Node): string {
  return text.slice(0, node.getFullStart()) + text.slice(node.end).replace(/^,/, '');
}

function entryLike(last: ts.Node, added: string): string {
  if (!ts.isPropertyAssignment(last)) return `'${added}'`;
  return `${added}: ${ts.isStringLiteral(last.initializer) ? `'${added}'` : last.initializer.getText()}`;
}

function nameOf(member: ts.Node): string {
  const name = ts.isPropertyAssignment(member) || ts.isPropertySignature(member) ? member.name : member;
  return ts.isStringLiteral(name) ? name.text : name.getText();
}

function find(source: ts.SourceFile, declaration: string): Names {
  for (const statement of source.statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === declaration) return statement;
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find(({ name }) => name.getText() === declaration);
    const literal = found?.initializer === undefined ? undefined : unwrap(found.initializer);
    if (literal !== undefined && (ts.isArrayLiteralExpression(literal) || ts.isObjectLiteralExpression(literal)))
      return literal;
  }
  throw new Error(`There is no array, object or interface ${declaration}.`);
}

function unwrap(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)
    ? unwrap(expression.expression)
    : expression;
}
