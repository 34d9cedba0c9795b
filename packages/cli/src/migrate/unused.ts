import { bare, Node, SyntaxKind } from '../project/index.ts';
import type { SourceFile } from '../project/index.ts';
import type { Edit } from './edit.ts';

/** Removes imported names that are not used after the change. */
export function unusedImports(file: SourceFile, before: ReadonlySet<string>): readonly Edit[] {
  const path = file.getFilePath();
  const text = file.getFullText();
  return file.getImportDeclarations().flatMap((declared): readonly Edit[] => {
    const named = declared.getNamedImports();
    const unused = named.filter((one) => {
      const name = one.getAliasNode()?.getText() ?? one.getName();
      return before.has(name) && !isUsed(file, name);
    });
    if (unused.length === 0) return [];
    if (unused.length === named.length && declared.getDefaultImport() === undefined) {
      const end = text.indexOf('\n', declared.getEnd());
      return [{ file: path, start: declared.getStart(), end: end < 0 ? declared.getEnd() : end + 1, text: '' }];
    }
    const first = named[0];
    const last = named.at(-1);
    if (first === undefined || last === undefined) return [];
    return [
      {
        file: path,
        start: first.getStart(),
        end: last.getEnd(),
        text: named
          .filter((one) => !unused.includes(one))
          .map((one) => one.getText())
          .join(', '),
      },
    ];
  });
}

/** Removes unused constants whose value has no side effect. */
export function unusedConstants(file: SourceFile, before: ReadonlySet<string>): readonly Edit[] {
  const path = file.getFilePath();
  return file.getDescendantsOfKind(SyntaxKind.VariableStatement).flatMap((statement): readonly Edit[] => {
    const [declared, ...more] = statement.getDeclarations();
    const name = declared?.getNameNode();
    const initializer = declared?.getInitializer();
    const value = initializer === undefined ? undefined : bare(initializer);
    if (
      name === undefined ||
      more.length > 0 ||
      statement.isExported() ||
      !Node.isIdentifier(name) ||
      !before.has(name.getText()) ||
      isUsed(file, name.getText())
    )
      return [];
    if (!Node.isObjectLiteralExpression(value) && !Node.isArrayLiteralExpression(value) && !Node.isArrowFunction(value))
      return [];
    const text = file.getFullText();
    const end = /^[^\S\n]*\n(?:[^\S\n]*\n)?/.exec(text.slice(statement.getEnd()))?.[0].length ?? 0;
    return [{ file: path, start: statement.getStartLinePos(), end: statement.getEnd() + end, text: '' }];
  });
}

/** The names that a file uses. */
export function usedNames(file: SourceFile): ReadonlySet<string> {
  return new Set(
    file
      .getDescendantsOfKind(SyntaxKind.Identifier)
      .filter(isUse)
      .map((node) => node.getText()),
  );
}

function isUsed(file: SourceFile, name: string): boolean {
  return file.getDescendantsOfKind(SyntaxKind.Identifier).some((node) => node.getText() === name && isUse(node));
}

/** Whether a name is read here: it is not a declaration, an import or the name of a property. */
function isUse(node: Node): boolean {
  const parent = node.getParent();
  if (Node.isImportSpecifier(parent)) return false;
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() !== node;
  const isNamed =
    Node.isVariableDeclaration(parent) ||
    Node.isPropertyAssignment(parent) ||
    Node.isMethodDeclaration(parent) ||
    Node.isPropertyDeclaration(parent) ||
    Node.isPropertySignature(parent) ||
    Node.isParameterDeclaration(parent);
  return !isNamed || parent.getNameNode() !== node;
}
