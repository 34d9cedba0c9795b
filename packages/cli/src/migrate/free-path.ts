import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ENDINGS = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];

/**
 * The path of a file that the tool writes: `collections.ts`, or `safe-collections.ts` if the project has a file or a folder of that name.
 * A new file next to it would be imported in its place. A file that begins with `written` is the tool's own.
 */
export function freePath(folder: string, name: string, written: string): string {
  const own = join(folder, `${name}.ts`);
  if (existsSync(own) && readFileSync(own, 'utf8').startsWith(written)) return own;
  const isTaken = ENDINGS.some((ending) => existsSync(join(folder, name + ending)));
  return isTaken ? freePath(folder, `safe-${name}`, written) : own;
}
