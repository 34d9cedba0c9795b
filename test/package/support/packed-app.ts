import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The Node that the programs run on: `CONSUMER_NODE` names the binary of another version. */
const node = process.env['CONSUMER_NODE'] ?? process.execPath;

/** A program's folder with the package in it, as it is installed. */
export interface PackedApp {
  /** Runs a program that uses the installed package. It fails if an assertion in it does. Returns its output. */
  run(name: string, lines: string, env?: NodeJS.ProcessEnv): Promise<string>;
  remove(): Promise<void>;
}

/** Builds into a separate folder, packs that as for publication, and unpacks it like an installation. */
export async function packApp(): Promise<PackedApp> {
  const stage = await mkdtemp(join(tmpdir(), 'packed-'));
  const app = join(stage, 'app');
  const source = join(stage, 'source');
  const installed = join(app, 'node_modules', 'safe-collection');
  await mkdir(installed, { recursive: true });
  await mkdir(source);
  await run('cp', [
    '-r',
    ...['package.json', 'tsconfig.json', 'tsup.config.ts', 'src'].map((name) => join(root, name)),
    `${source}/`,
  ]);
  await symlink(join(root, 'node_modules'), join(source, 'node_modules'));
  await run(process.execPath, [join(root, 'node_modules/tsup/dist/cli-default.js'), '--no-dts'], { cwd: source });
  await run('npm', ['pack', '--silent', '--pack-destination', stage], { cwd: source });
  const tarball = (await readdir(stage)).find((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('nothing was packed');
  await run('tar', ['-xzf', join(stage, tarball), '--strip-components=1', '-C', installed]);
  for (const peer of ['mongodb', 'fastify', 'hono'])
    await symlink(join(root, 'node_modules', peer), join(app, 'node_modules', peer));
  return {
    async run(name, lines, env = {}) {
      await writeFile(join(app, name), lines);
      return (await run(node, [join(app, name)], { cwd: app, env: { ...process.env, ...env } })).stdout;
    },
    remove: () => rm(stage, { recursive: true }),
  };
}
