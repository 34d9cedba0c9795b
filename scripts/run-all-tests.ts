import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

/** The suites, each of which ends with a line `NAME: N passed, N failed`. All of them run, even after one has failed. */
const SUITES: readonly (readonly string[])[] = [
  [resolve(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)],
  ['--import', 'tsx', resolve(ROOT, 'scripts/types/run-type-tests.ts')],
];

const failed = SUITES.filter((suite) => spawnSync(process.execPath, suite, { cwd: ROOT, stdio: 'inherit' }).status !== 0);
if (failed.length > 0) process.exitCode = 1;
