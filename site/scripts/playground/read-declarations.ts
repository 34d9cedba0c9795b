import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import ts from 'typescript';

import { PLAYGROUND } from '../../.vitepress/compiler-options.ts';
import { LEAKS, START } from '../../.vitepress/theme/playground/leaks.ts';

const COMMENT = /^[ \t]*\/\*\*.*?\*\/[ \t]*\n/gms;

/**
 * All declarations that the playground's programs need, by their path in the virtual file system: the library's, the
 * driver's, those of Node, and TypeScript's own.
 */
export function readDeclarations(root: string): Readonly<Record<string, string>> {
  const main = join(root, 'playground.ts');
  const options: ts.CompilerOptions = {
    ...PLAYGROUND,
    typeRoots: [join(root, 'node_modules/@types')],
    paths: { 'safe-collection': [join(root, 'dist/index.d.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === main
      ? ts.createSourceFile(name, START + LEAKS.map(({ fixed }) => `{ ${fixed} }`).join('\n'), ts.ScriptTarget.ES2022)
      : read(name, ...rest);
  const program = ts.createProgram([main], options, host);
  const files = program.getSourceFiles().filter(({ fileName }) => fileName !== main);
  const found = new Map<string, string>();
  for (const { fileName, text } of files) {
    const path = pathOf(root, fileName);
    // Only the library's own comments are of use in the playground.
    found.set(path, path.includes('/safe-collection/') ? text : text.replaceAll(COMMENT, ''));
  }
  for (const { fileName } of files) addManifest(root, fileName, found);
  found.set('/node_modules/safe-collection/package.json', '{ "name": "safe-collection", "types": "dist/index.d.ts" }');
  return Object.fromEntries([...found].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function pathOf(root: string, file: string): string {
  if (/\/typescript\/lib\/lib\.[\w.]*d\.ts$/.test(file)) return file.slice(file.lastIndexOf('/'));
  const path = relative(root, file);
  const inside = path.slice(path.lastIndexOf('node_modules/'));
  return path.startsWith('dist/') ? `/node_modules/safe-collection/${path}` : `/${inside}`;
}

/** The package.json of the package that a declaration belongs to: the compiler reads it to find the declaration. */
function addManifest(root: string, file: string, found: Map<string, string>): void {
  for (let folder = dirname(file); folder.includes('node_modules/'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, version, types, typings, exports, typesVersions } = JSON.parse(
      readFileSync(manifest, 'utf8'),
    ) as Readonly<Record<string, unknown>>;
    if (name === 'typescript') return;
    found.set(pathOf(root, manifest), JSON.stringify({ name, version, types, typings, exports, typesVersions }));
    return;
  }
}
