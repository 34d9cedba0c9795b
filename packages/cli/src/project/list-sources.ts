import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = /\.[cm]?[jt]sx?$/;
const NO_SOURCE = /\.d\.[cm]?ts$|\.min\.js$/;
const SKIPPED = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'vendor', 'public', 'bower_components']);

/** The source files below a folder, sorted, without installed, built and hidden ones. Links are not followed. */
export function listSources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.name.startsWith('.')) return [];
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : listSources(path);
      return entry.isFile() && SOURCE.test(entry.name) && !NO_SOURCE.test(entry.name) ? [path] : [];
    });
}
