import { bare, Node, Project, SyntaxKind } from '../project/index.ts';
import type { SourceFile } from '../project/index.ts';
import { editText } from './edit.ts';
import type { Edit } from './edit.ts';

/** A changed text without what the change made unused: constants first, then imports. `before` are the names that were used. */
export function withoutUnused(text: string, path: string, before: ReadonlySet<string>): string {
  const within = (now: string, find: (changed: SourceFile, before: ReadonlySet<string>) => readonly Edit[]) =>
    editText(now, find(parsed(now, path), before));
  return within(within(within(text, unusedConstants), unusedTypes), unusedImports);
}

/** Removes types of the file's own that only a removed return type named. */
function unusedTypes(file: SourceFile, before: ReadonlySet<string>): readonly Edit[] {
  const uses = usesIn(file);
  return [...file.getTypeAliases(), ...file.getInterfaces()]
    .filter((one) => !one.isExported() && before.has(one.getName()) && !uses.has(one.getName()))
    .map((one) => withoutStatement(file, one));
}

/** Removes a statement with its documentation and its line, and the empty line after it. */
function withoutStatement(file: SourceFile, statement: Node): Edit {
  const start = file.getFullText().lastIndexOf('\n', statement.getStart(true) - 1) + 1;
  const end = /^[^\S\n]*\n(?:[^\S\n]*\n)?/.exec(file.getFullText().slice(statement.getEnd()))?.[0].length ?? 0;
  return { file: file.getFilePath(), start, end: statement.getEnd() + end, text: '' };
}

/** A file of its own: names are enough here, and a change in the project would have all its types computed again. */
function parsed(text: string, path: string): SourceFile {
  return new Project({ useInMemoryFileSystem: true }).createSourceFile(path, text);
}

/** Removes imported names that are not used after the change. */
function unusedImports(file: SourceFile, before: ReadonlySet<string>): readonly Edit[] {
  const path = file.getFilePath();
  const text = file.getFullText();
  const uses = usesIn(file);
  return file.getImportDeclarations().flatMap((declared): readonly Edit[] => {
    const named = declared.getNamedImports();
    const unused = named.filter((one) => {
      const name = one.getAliasNode()?.getText() ?? one.getName();
      return before.has(name) && !uses.has(name);
    });
    if (unused.length === 0) return [];
    const own = declared.getDefaultImport();
    const clause = declared.getImportClause();
    if (unused.length === named.length && own !== undefined && clause !== undefined)
      return [{ file: path, start: own.getEnd(), end: clause.getEnd(), text: '' }];
    if (unused.length === named.length) {
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
function unusedConstants(file: SourceFile, before: ReadonlySet<string>): readonly Edit[] {
  const uses = usesIn(file);
  return file.getDescendantsOfKind(SyntaxKind.VariableStatement).flatMap((statement): readonly Edit[] => {
    const [declared, ...more] = statement.getDeclarations();
    const name = declared?.getNameNode();
    const initializer = declared?.getInitializer();
    const value = initializer === undefined ? undefined : bare(initializer);
    if (
      name === undefined ||
      more.length > 0 ||
      statement.hasExportKeyword() ||
      !Node.isIdentifier(name) ||
      !before.has(name.getText()) ||
      isUsedIn(statement.getParentOrThrow(), uses.get(name.getText()))
    )
      return [];
    if (!Node.isObjectLiteralExpression(value) && !Node.isArrayLiteralExpression(value) && !Node.isArrowFunction(value))
      return [];
    return [withoutStatement(file, statement)];
  });
}

/** The names that a file uses. */
export function usedNames(file: SourceFile): ReadonlySet<string> {
  return new Set(usesIn(file).keys());
}

function usesIn(file: SourceFile): ReadonlyMap<string, readonly Node[]> {
  const uses = new Map<string, Node[]>();
  for (const node of file.getDescendantsOfKind(SyntaxKind.Identifier)) {
    if (!isUse(node)) continue;
    const known = uses.get(node.getText());
    if (known === undefined) uses.set(node.getText(), [node]);
    else known.push(node);
  }
  return uses;
}

function isUsedIn(scope: Node, uses: readonly Node[] = []): boolean {
  return uses.some((node) => node.getPos() >= scope.getPos() && node.getEnd() <= scope.getEnd());
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
    Node.isTypeAliasDeclaration(parent) ||
    Node.isInterfaceDeclaration(parent) ||
    Node.isParameterDeclaration(parent);
  return !isNamed || parent.getNameNode() !== node;
}
