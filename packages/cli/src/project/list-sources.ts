import { readdirSync, readFileSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, join } from 'node:path';

const SOURCE = /\.[cm]?[jt]sx?$/;
const MINIFIED = /\.min\.js$/;
const DECLARATIONS = /\.d(\.[cm]?ts)$/;
const CONFIG = /^tsconfig(?:\.[\w.-]+)?\.json$/;
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'vendor', 'public', 'bower_components']);

/** The files below a folder that say what its sources mean. What can't be read is left out, with a note. */
interface ReadSources {
  readonly texts: ReadonlyMap<string, string>;
  /** The paths of the tsconfigs. */
  readonly configs: readonly string[];
  /** The paths of the `package.json` files. */
  readonly packages: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Reads the source files below a folder, sorted, without installed, built and hidden ones. Links are not followed. Declarations count
 * as sources, because they may extend global types; those beside their source do not.
 */
export function readSources(folder: string): ReadSources {
  const notes: string[] = [];
  const files = listFiles(folder, notes);
  const texts = new Map(
    files.filter(isSource).flatMap((path) => {
      const text = tried(path, notes, () => readFileSync(path, 'utf8'));
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
  return {
    texts,
    configs: files.filter((path) => CONFIG.test(basename(path))),
    packages: files.filter((path) => basename(path) === 'package.json'),
    notes,
  };
}

function isSource(path: string): boolean {
  return SOURCE.test(path) && !MINIFIED.test(path);
}

function listFiles(folder: string, notes: string[]): readonly string[] {
  const entries = tried(folder, notes, (): readonly Dirent[] => readdirSync(folder, { withFileTypes: true })) ?? [];
  const names = new Set(entries.map(({ name }) => name));
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.')) return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : listFiles(path, notes);
      return entry.isFile() && !isBuilt(entry.name, names) ? [path] : [];
    });
}

/** Whether declarations were made from a source beside them. */
function isBuilt(name: string, beside: ReadonlySet<string>): boolean {
  return (
    DECLARATIONS.test(name) &&
    (beside.has(name.replace(DECLARATIONS, '$1')) || beside.has(name.replace(DECLARATIONS, '.tsx')))
  );
}

function tried<T>(path: string, notes: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    const { code = 'unknown' } = thrown as { readonly code?: string };
    notes.push(`${path} can’t be read (${code}). It was left out.`);
    return undefined;
  }
}
