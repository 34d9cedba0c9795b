import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { CountInstantiations } from './count-instantiations.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'node_modules/.cache/safe-collection-cost');
const NATIVE = join(ROOT, 'node_modules/@typescript/native/bin/tsc');

/** Counts with TypeScript 7, which has no compiler API. On one thread, because several count the same twice. */
export const countWithCommand: CountInstantiations = (folder, source) => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'cost.ts'), source);
  writeFileSync(
    join(FOLDER, 'tsconfig.json'),
    JSON.stringify({ extends: join(folder, 'tsconfig.json'), files: ['cost.ts'], include: [] }),
  );
  const { stdout, status } = spawnSync(
    process.execPath,
    [NATIVE, '-p', FOLDER, '--noEmit', '--singleThreaded', '--extendedDiagnostics'],
    { encoding: 'utf8' },
  );
  const count = /^Instantiations:\s+(\d+)/m.exec(stdout)?.[1];
  if (status !== 0 || count === undefined) throw new Error(`The module does not compile: ${stdout}`);
  return Number(count);
};
