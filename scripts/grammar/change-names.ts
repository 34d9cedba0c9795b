import ts from 'typescript';

export type Change = 'delete' | 'add';

/** A text with one name added or removed, and that name. */
export interface Changed {
  readonly text: string;
  readonly name: string;
}

type Names = ts.ArrayLiteralExpression | ts.ObjectLiteralExpression | ts.InterfaceDeclaration | ts.ClassDeclaration;

/** Deletes the last name of a declaration (an array, an object, an interface or the methods of a class), or adds the given one at its end. */
export function changeNames(text: string, declaration: string, change: Change, added: string): Changed {
  const names = find(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true), declaration);
  const last = membersOf(names).at(-1);
  if (last === undefined) throw new Error(`${declaration} has no names.`);
  if (change === 'delete') return { text: cut(text, last), name: nameOf(last) };
  return { text: `${text.slice(0, last.end)}${memberLike(names, last, added)}${text.slice(last.end)}`, name: added };
}

function membersOf(names: Names): readonly ts.Node[] {
  if (ts.isArrayLiteralExpression(names)) return names.elements.filter((element) => !ts.isSpreadElement(element));
  if (ts.isObjectLiteralExpression(names)) return names.properties;
  if (ts.isInterfaceDeclaration(names)) return names.members;
  return names.members.filter((member) => ts.isMethodDeclaration(member) && ts.isIdentifier(member.name));
}

function memberLike(names: Names, last: ts.Node, added: string): string {
  if (ts.isInterfaceDeclaration(names)) return `\n  readonly ${added}: never;\n`;
  return ts.isClassDeclaration(names) ? `\n  ${added}(): void {}\n` : `, ${entryLike(last, added)}`;
}

/** The member without the comma after it. */
function cut(text: string, node: ts.Node): string {
  return text.slice(0, node.getFullStart()) + text.slice(node.end).replace(/^,/, '');
}

function entryLike(last: ts.Node, added: string): string {
  if (ts.isShorthandPropertyAssignment(last)) return `${added}: ${last.name.text}`;
  if (!ts.isPropertyAssignment(last)) return `'${added}'`;
  return `${added}: ${ts.isStringLiteral(last.initializer) ? `'${added}'` : last.initializer.getText()}`;
}

function nameOf(member: ts.Node): string {
  const isNamed = ts.isPropertyAssignment(member) || ts.isPropertySignature(member) || ts.isMethodDeclaration(member);
  const name = isNamed ? member.name : member;
  return ts.isStringLiteral(name) ? name.text : name.getText();
}

function find(source: ts.SourceFile, declaration: string): Names {
  const found = findBelow(source, declaration);
  if (found === undefined) throw new Error(`There is no array, object, interface or class ${declaration}.`);
  return found;
}

function findBelow(node: ts.Node, declaration: string): Names | undefined {
  return ts.forEachChild(node, (child) => namesOf(child, declaration) ?? findBelow(child, declaration));
}

function namesOf(node: ts.Node, declaration: string): Names | undefined {
  if ((ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node)) && node.name?.text === declaration) return node;
  if (!ts.isVariableDeclaration(node) || node.name.getText() !== declaration) return undefined;
  const literal = node.initializer === undefined ? undefined : unwrap(node.initializer);
  return literal !== undefined && (ts.isArrayLiteralExpression(literal) || ts.isObjectLiteralExpression(literal))
    ? literal
    : undefined;
}

function unwrap(expression: ts.Expression): ts.Expression {
  return ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)
    ? unwrap(expression.expression)
    : expression;
}
