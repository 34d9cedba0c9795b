import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];
const INDEXES = ENDINGS.slice(1).map((ending) => `/index${ending}`);
/** The usual aliases of a project's own folders. */
const ALIAS = /^[@~]\//;

/** The file of a project that a module name refers to; `undefined` for a package. */
export function localFile(from: string, source: string): string | undefined {
  if (source.startsWith('.')) return existing(join(dirname(from), source));
  if (!ALIAS.test(source)) return undefined;
  const root = packageFolder(dirname(from));
  if (root === undefined) return undefined;
  const path = source.replace(ALIAS, '');
  return existing(join(root, 'src', path)) ?? existing(join(root, path));
}

function existing(path: string): string | undefined {
  // `./barrel.js` is the name of `barrel.ts` once it is compiled.
  const bases = [path, path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2')];
  for (const base of bases) {
    const found = [...ENDINGS, ...INDEXES].map((ending) => base + ending).find(isFile);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function packageFolder(folder: string): string | undefined {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : packageFolder(parent);
}
