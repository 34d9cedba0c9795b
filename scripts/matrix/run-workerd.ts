import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Result } from './result.ts';

const PORT = 41_817;

/** Node's own modules come from the runtime. */
const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-06-01",
      compatibilityFlags = ["nodejs_compat"],
    )),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${PORT}", http = (), service = "main")],
);
`;

interface Tools {
  readonly binary: string;
  readonly esbuild: string;
}

/** Bundles the portable program as a worker, serves it, and asks it what passed. */
export async function runWorkerd(
  folder: string,
  { binary, esbuild }: Tools,
  version: string,
  uri: string,
): Promise<readonly Result[]> {
  await bundle(folder, esbuild);
  await writeFile(join(folder, 'config.capnp'), CONFIG);
  const child = spawn(binary, ['serve', 'config.capnp'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  try {
    const text = await ask(uri).catch((error: unknown) => `failed to answer: ${String(error)} ${output.slice(-400)}`);
    return resultsOf(text, version);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
}

async function bundle(folder: string, esbuild: string): Promise<void> {
  const flags = ['--bundle', '--format=esm', '--platform=node', '--conditions=workerd,import', '--log-level=error'];
  const banner = `--banner:js=import { createRequire } from 'node:module'; const require = createRequire('/');`;
  await promisify(execFile)(esbuild, ['worker.mjs', '--outfile=worker.js', ...flags, banner], { cwd: folder });
}

async function ask(uri: string): Promise<string> {
  const address = `http://127.0.0.1:${PORT}/?uri=${encodeURIComponent(uri)}`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await (await fetch(address, { signal: AbortSignal.timeout(60_000) })).text();
    } catch (error) {
      if (attempt === 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

function resultsOf(text: string, version: string): readonly Result[] {
  return ['without a server', 'with a server'].map((what) => {
    const line = text.split('\n').find((each) => each.includes(`${what}:`)) ?? text;
    const ran =
      what === 'without a server'
        ? 'import and refusals'
        : 'a program: import, write, find, page, pipeline, transaction, refusals';
    return { part: 'workerd', version, ran, fault: line.startsWith('passed') ? undefined : line };
  });
}
