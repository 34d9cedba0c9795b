import { relative } from 'node:path';

import { Node } from '../project/index.ts';
import type { SourceFile } from '../project/index.ts';
import type { Edit } from './edit.ts';

/** Adds names to the imports of a file: to the import of that module if there is one, else as a new line after the last import. */
export function importEdits(file: SourceFile, wanted: ReadonlyMap<string, ReadonlySet<string>>): readonly Edit[] {
  const path = file.getFilePath();
  const edits: Edit[] = [];
  const lines: string[] = [];
  for (const [specifier, names] of wanted) {
    const own = file.getImportDeclarations().find((one) => one.getModuleSpecifierValue() === specifier && !one.isTypeOnly());
    const known = new Set(own?.getNamedImports().map((one) => one.getName()));
    const missing = [...names].filter((name) => !known.has(name)).toSorted();
    if (missing.length === 0) continue;
    const last = own?.getNamedImports().at(-1);
    if (last === undefined) lines.push(`import { ${missing.join(', ')} } from '${specifier}';\n`);
    else edits.push({ file: path, start: last.getEnd(), end: last.getEnd(), text: `, ${missing.join(', ')}` });
  }
  if (lines.length > 0) edits.push({ file: path, start: importPlace(file), end: importPlace(file), text: lines.join('') });
  return edits;
}

function importPlace(file: SourceFile): number {
  const last = file.getImportDeclarations().at(-1);
  if (last === undefined) {
    const [first] = file.getStatements();
    return first === undefined ? 0 : first.getStartLinePos();
  }
  const end = last.getEnd();
  const text = file.getFullText();
  const line = text.indexOf('\n', end);
  return line < 0 ? end : line + 1;
}

/** Names that an import gives and nothing uses after the change. */
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
    return [{ file: path, start: first.getStart(), end: last.getEnd(), text: named.filter((one) => !unused.includes(one)).map((one) => one.getText()).join(', ') }];
  });
}

function isUsed(file: SourceFile, name: string): boolean {
  return file.getDescendants().some((node) => Node.isIdentifier(node) && node.getText() === name && !Node.isImportSpecifier(node.getParent()));
}

/** The names that a file imports and uses. */
export function usedImports(file: SourceFile): ReadonlySet<string> {
  return new Set(file.getImportDeclarations().flatMap((one) => one.getNamedImports().map((named) => named.getAliasNode()?.getText() ?? named.getName())).filter((name) => isUsed(file, name)));
}

/** A relative import, with the ending that the file's other imports have. */
export function specifierTo(from: SourceFile, target: string): string {
  const endings = from.getImportDeclarations().map((one) => one.getModuleSpecifierValue()).filter((one) => one.startsWith('.'));
  const ending = endings.some((one) => one.endsWith('.ts')) ? '.ts' : endings.length === 0 || endings.some((one) => one.endsWith('.js')) ? '.js' : '';
  const path = relative(from.getDirectoryPath(), target).replaceAll('\\', '/').replace(/\.tsx?$/, ending);
  return path.startsWith('.') ? path : `./${path}`;
}
