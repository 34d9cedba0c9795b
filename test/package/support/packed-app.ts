import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { packTarball } from './pack-tarball.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The Node that the programs run on: `CONSUMER_NODE` names the binary of another version. */
const node = process.env['CONSUMER_NODE'] ?? process.execPath;

/** A program's folder with the package in it, as it is installed. */
export interface PackedApp {
  /** Runs a program that uses the installed package. It fails if an assertion in it does. Returns its output. */
  run(name: string, lines: string, env?: NodeJS.ProcessEnv): Promise<string>;
  /** Runs a compiler of the root's `node_modules` on a project in the program's folder. Gives what it reports. */
  compile(compiler: string, files: Readonly<Record<string, string>>, compilerOptions: object): Promise<string>;
  remove(): Promise<void>;
}

/** Builds and packs as for publication, and unpacks the package like an installation. */
export async function packApp({ declarations = false } = {}): Promise<PackedApp> {
  const { stage, tarball, remove } = await packTarball({ declarations });
  const app = join(stage, 'app');
  const installed = join(app, 'node_modules', 'safe-collection');
  await mkdir(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
  for (const peer of ['mongodb', 'fastify', 'hono', ...(declarations ? ['type-fest', '@types'] : [])])
    await symlink(join(root, 'node_modules', peer), join(app, 'node_modules', peer));
  return {
    async run(name, lines, env = {}) {
      await writeFile(join(app, name), lines);
      return (await run(node, [join(app, name)], { cwd: app, env: { ...process.env, ...env } })).stdout;
    },
    async compile(compiler, files, compilerOptions) {
      for (const [name, text] of Object.entries(files)) await writeFile(join(app, name), text);
      await writeFile(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
      const command = [join(root, 'node_modules', compiler, 'bin/tsc'), '-p', app, '--pretty', 'false'];
      return await run(process.execPath, command).then(
        ({ stdout }) => stdout,
        (fault: Error & { readonly stdout?: string }) => fault.stdout || fault.message,
      );
    },
    remove,
  };
}
