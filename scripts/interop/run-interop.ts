import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDER = resolve(ROOT, 'examples/interop');

/** The examples with other libraries have dependencies of their own, which are installed on the first run. */
install();
run(process.execPath, [
  resolve(ROOT, 'node_modules/@typescript/native/bin/tsc'),
  '-p',
  resolve(FOLDER, 'tsconfig.json'),
]);
run(process.execPath, [
  resolve(ROOT, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--project',
  'interop',
  ...process.argv.slice(2),
]);

function install(): void {
  const installed = resolve(FOLDER, 'node_modules/.package-lock.json');
  const isCurrent =
    existsSync(installed) && statSync(installed).mtimeMs >= statSync(resolve(FOLDER, 'package-lock.json')).mtimeMs;
  if (!isCurrent)
    run(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['ci', '--no-audit', '--no-fund', '--ignore-scripts'],
      FOLDER,
    );
}

function run(command: string, args: readonly string[], cwd = ROOT): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}
