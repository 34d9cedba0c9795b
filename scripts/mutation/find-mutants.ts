import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A mutant of Stryker. Lines begin at 1 and columns at 0, as in its option `mutate`. */
export interface Mutant {
  readonly file: string;
  readonly mutator: string;
  readonly replacement: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** All mutants of the files. */
export async function findMutants(files: readonly string[], root: string): Promise<readonly Mutant[]> {
  const program = join(root, 'scripts/mutation/list-mutants.mjs');
  const options = { cwd: root, maxBuffer: 2 ** 28 };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...files], options);
  return JSON.parse(stdout) as readonly Mutant[];
}

/** The part of a file that Stryker mutates. */
export function rangeOf({ file, line, column, endLine, endColumn }: Mutant): string {
  return `${file}:${line}:${column}-${endLine}:${endColumn}`;
}

export const keyOf = ({ file, line, column, mutator, replacement }: Mutant): string =>
  [file, line, column, mutator, replacement].join(' ');
