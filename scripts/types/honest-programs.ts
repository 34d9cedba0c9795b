import { join, resolve } from 'node:path';

import { compileWithCommand } from './compile-with-command.ts';
import type { Verdict } from './judge.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'test/honest');

/** The compilers by name, each with the path of its command. */
const COMPILERS = {
  'TypeScript 5.9': 'typescript-5.9/bin/tsc',
  'TypeScript 6': 'typescript/bin/tsc',
  'TypeScript 7': '@typescript/native/bin/tsc',
} as const;

/** Compiles the programs that an engineer writes, with `exactOptionalPropertyTypes` on or off. `test/honest` runs them. */
export function compileHonestPrograms(compiler: keyof typeof COMPILERS, exact: boolean): Verdict {
  const tsc = join(ROOT, 'node_modules', COMPILERS[compiler]);
  const flags = ['--exactOptionalPropertyTypes', String(exact)];
  const faults = compileWithCommand(tsc, join(FOLDER, 'tsconfig.json'), flags).filter(
    // The sources have their own checks, with the options of this repository.
    ({ file }) => file === '' || file.startsWith(FOLDER),
  );
  return {
    passed: faults.length === 0 ? 1 : 0,
    failures: faults.map(({ file, line, message }) => `${file}:${line}: ${message}`),
  };
}
