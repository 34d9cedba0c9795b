import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version of the compiler that is installed in a folder, or in one above it. */
export function compilerVersion(folder: string): string | undefined {
  const path = join(folder, 'node_modules/typescript/package.json');
  if (existsSync(path)) return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version?: string }).version;
  return dirname(folder) === folder ? undefined : compilerVersion(dirname(folder));
}
