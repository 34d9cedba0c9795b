import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');

const VITEST = resolve(ROOT, 'node_modules/vitest/vitest.mjs');

/** The packages beside the library have a suite of their own. */
const PACKAGES = readdirSync(resolve(ROOT, 'packages'))
  .map((name) => resolve(ROOT, 'packages', name))
  .filter((folder) => existsSync(resolve(folder, 'vitest.config.ts')));

/** The suites, each of which ends with a line `NAME: N passed, N failed`. All of them run, even after one has failed. */
const SUITES: readonly (readonly string[])[] = [
  [VITEST, 'run', ...process.argv.slice(2)],
  ...PACKAGES.map((folder) => [VITEST, 'run', '--root', folder]),
  ['--import', 'tsx', resolve(ROOT, 'scripts/types/run-type-tests.ts')],
];

const failed = SUITES.filter((suite) => spawnSync(process.execPath, suite, { cwd: ROOT, stdio: 'inherit' }).status !== 0);
if (failed.length > 0) process.exitCode = 1;
