import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { cacheFolder } from '../mongod/cache-folder.ts';

const run = promisify(execFile);
export const ROOT = resolve(import.meta.dirname, '../..');

/** Where everything is installed: outside the tree, and kept for the next run. */
export const FOLDER = join(cacheFolder(process.env), 'matrix');

/** Installs packages in a folder of their own, and returns it. What is there already is kept. */
export async function installed(name: string, packages: readonly string[]): Promise<string> {
  const folder = join(FOLDER, name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--legacy-peer-deps'];
  await run('npm', ['install', ...flags, ...packages], { cwd: folder, maxBuffer: 2 ** 24 });
  return folder;
}

/** Builds the package with its declarations, and packs it as for publication. Returns the tarball. */
export async function packed(): Promise<string> {
  const folder = join(FOLDER, 'packed');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run('npm', ['run', 'build'], { cwd: ROOT, maxBuffer: 2 ** 24 });
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT });
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm packed nothing.');
  return join(folder, tarball);
}

/** A folder with the packed package, a driver, and the portable program. */
export async function consumer(name: string, tarball: string, driver: string): Promise<string> {
  const folder = await installed(name, [tarball, `mongodb@${driver}`, 'type-fest@5']);
  for (const file of ['program.mjs', 'run-program.mjs', 'worker.mjs'])
    await cp(join(import.meta.dirname, file), join(folder, file));
  return folder;
}

/** The version of an installed package. */
export async function versionOf(folder: string, name: string): Promise<string> {
  const { stdout } = await run(process.execPath, [
    '--print',
    `JSON.parse(fs.readFileSync(${JSON.stringify(join(folder, 'node_modules', name, 'package.json'))})).version`,
  ]);
  return stdout.trim();
}
