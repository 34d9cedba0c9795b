import { relative } from 'node:path';

import type { SourceFile } from '../project/index.ts';
import type { Edit } from './edit.ts';

/** Adds names to the imports of a file: to the import of that module if there is one, else as a new line after the last import. */
export function importEdits(file: SourceFile, wanted: ReadonlyMap<string, ReadonlySet<string>>): readonly Edit[] {
  const path = file.getFilePath();
  const edits: Edit[] = [];
  const lines: string[] = [];
  for (const [specifier, names] of wanted) {
    const own = file
      .getImportDeclarations()
      .find((one) => one.getModuleSpecifierValue() === specifier && !one.isTypeOnly());
    const known = new Set(own?.getNamedImports().map((one) => one.getName()));
    const missing = [...names]
      .filter((name) => !names.has(name.replace(/^type /, '')) || !name.startsWith('type '))
      .filter((name) => !known.has(name.replace(/^type /, '')))
      .toSorted((a, b) => (plain(a) < plain(b) ? -1 : 1));
    if (missing.length === 0) continue;
    const last = own?.getNamedImports().at(-1);
    if (last === undefined) lines.push(importLine(missing, specifier));
    else edits.push({ file: path, start: last.getEnd(), end: last.getEnd(), text: `, ${missing.join(', ')}` });
  }
  if (lines.length > 0)
    edits.push({ file: path, start: importPlace(file), end: importPlace(file), text: lines.join('') });
  return edits;
}

function importLine(names: readonly string[], specifier: string): string {
  const isType = names.every((name) => name.startsWith('type '));
  return isType
    ? `import type { ${names.map((name) => name.slice('type '.length)).join(', ')} } from '${specifier}';\n`
    : `import { ${names.join(', ')} } from '${specifier}';\n`;
}

const plain = (name: string): string => name.replace(/^type /, '').toLowerCase();

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

/** A relative import, with the ending that the file's other imports have. */
export function specifierTo(from: SourceFile, target: string): string {
  const endings = from
    .getImportDeclarations()
    .map((one) => one.getModuleSpecifierValue())
    .filter((one) => one.startsWith('.'));
  const ending = endings.some((one) => one.endsWith('.ts'))
    ? '.ts'
    : endings.length === 0 || endings.some((one) => one.endsWith('.js'))
      ? '.js'
      : '';
  const path = relative(from.getDirectoryPath(), target)
    .replaceAll('\\', '/')
    .replace(/\.tsx?$/, ending);
  return path.startsWith('.') ? path : `./${path}`;
}
