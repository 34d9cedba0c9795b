/** Builds the documentation site. Before, it installs what the site and the examples need, and builds the library, if that is needed. */
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

for (const folder of [SITE, join(ROOT, 'examples/interop')]) {
  const installed = changed(join(folder, 'node_modules/.package-lock.json'));
  if (installed < changed(join(folder, 'package-lock.json'))) run('npm', ['ci', '--ignore-scripts'], folder);
}

const built = changed(join(ROOT, 'dist/index.d.ts'));
const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
if (sources.some((name) => changed(join(ROOT, 'src', name)) > built)) run('npm', ['run', 'build'], ROOT);

run('npm', ['run', 'build'], SITE);
console.log('The site is in site/dist. Any server of static files can serve it.');
