import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

import ts from 'typescript';

/** An import or a re-export of another module of the source. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** Whether it is a type import. */
  readonly isType: boolean;
}

export interface Source {
  /** Relative to `src`, with slashes. */
  readonly file: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
  readonly links: readonly Link[];
}

/** The modules of the package, parsed. */
export function readSources(folder: string): readonly Source[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.map((name) => {
    const file = name.split(sep).join(posix.sep);
    const text = readFileSync(join(folder, name), 'utf8');
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    return { file, text, tree, links: linksIn(tree, folder) };
  });
}

function linksIn(tree: ts.SourceFile, folder: string): readonly Link[] {
  const links: Link[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier?.startsWith('.') === true) {
      const to = relative(folder, join(folder, dirname(tree.fileName), specifier))
        .split(sep)
        .join(posix.sep);
      links.push({ from: tree.fileName, to, isType: isOfTypes(node) });
    }
    node.forEachChild(visit);
  };
  visit(tree);
  return links;
}

function specifierOf(node: ts.Node): string | undefined {
  const at =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : undefined;
  return at !== undefined && ts.isStringLiteral(at) ? at.text : undefined;
}

function isOfTypes(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

/** The lines of a text that hold more than a comment. */
export function linesOfCode(tree: ts.SourceFile): number {
  const lines = new Set<number>();
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, tree.text);
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const last = tree.getLineAndCharacterOfPosition(scanner.getTokenEnd()).line;
    for (let line = tree.getLineAndCharacterOfPosition(scanner.getTokenStart()).line; line <= last; line += 1)
      lines.add(line);
  }
  return lines.size;
}
