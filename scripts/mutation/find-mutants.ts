import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A mutant of Stryker. Lines begin at 1 and columns at 0, as in its option `mutate`. */
export interface Mutant {
  /** Its number among the mutants that were found with it. */
  readonly id: string;
  readonly file: string;
  readonly mutator: string;
  readonly replacement: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** All mutants of the files. If a folder is given, the files are written there with their mutants. */
export async function findMutants(files: readonly string[], root: string, folder?: string): Promise<readonly Mutant[]> {
  const program = join(root, 'scripts/mutation/list-mutants.mjs');
  const options = { cwd: root, maxBuffer: 2 ** 28 };
  const into = folder === undefined ? [] : ['--into', folder];
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...into, ...files], options);
  return JSON.parse(stdout) as readonly Mutant[];
}

/** The part of a file that Stryker mutates. */
export function rangeOf({ file, line, column, endLine, endColumn }: Mutant): string {
  return `${file}:${line}:${column}-${endLine}:${endColumn}`;
}

export const keyOf = ({ file, line, column, mutator, replacement }: Mutant): string =>
  [file, line, column, mutator, replacement].join(' ');
