/** Builds the documentation site. Installs its own dependencies and builds the library before, if that is needed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const SITE = join(ROOT, 'site');

function run(command: string, args: readonly string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function changed(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

const installed = changed(join(SITE, 'node_modules/.package-lock.json'));
if (installed < changed(join(SITE, 'package-lock.json'))) run('npm', ['ci'], SITE);

const built = changed(join(ROOT, 'dist/index.d.ts'));
const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
if (sources.some((name) => changed(join(ROOT, 'src', name)) > built)) run('npm', ['run', 'build'], ROOT);

run('npm', ['run', 'build'], SITE);
console.log('The site is in site/dist. Any server of static files can serve it.');
