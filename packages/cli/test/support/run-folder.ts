import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { onTestFinished } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** A copy of a sample application with the packages of this repository, gone when the test is over. */
export function copyOf(fixture: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'safe-collection-cli-')));
  cpSync(resolve(import.meta.dirname, '../fixtures', fixture), folder, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a file of a folder over the library's sources, and reads the JSON that it prints. */
export function runFile(folder: string, file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): unknown {
  const paths = {
    'safe-collection': [join(ROOT, 'src/index.ts')],
    'safe-collection/privileged': [join(ROOT, 'src/privileged.ts')],
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ compilerOptions: { module: 'preserve', paths } }));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), '--tsconfig', join(folder, 'run.json'), file, ...args],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env } },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
