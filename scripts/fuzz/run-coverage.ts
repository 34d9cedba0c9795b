import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { startServer } from '../mongod/start-server.ts';
import { bundleTarget } from './bundle-target.ts';

/**
 * Fuzzes the targets of `test/fuzz/targets`, guided by coverage, with jsfuzz. An input that reaches new code joins the corpus, which
 * `npm test` replays. `-- calls` takes one target, `--seconds 600` lasts longer. Fails if an input shows a fault; its bytes are then in `crash-…`.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const ENGINE = join(import.meta.dirname, 'engine');
const { values, positionals } = parseArgs({ options: { seconds: { type: 'string' } }, allowPositionals: true });
const seconds = Number(values.seconds ?? 120);
const targets = positionals.length > 0 ? positionals : ['calls', 'replies'];

if (!existsSync(join(ENGINE, 'node_modules'))) execFileSync('npm', ['ci'], { cwd: ENGINE, stdio: 'inherit' });
// The bundle loads the driver from the packages of the project.
const folder = await mkdtemp(join(ROOT, '.fuzz-'));
const server = await startServer();
try {
  for (const target of targets) if (!(await fuzz(target))) process.exitCode = 1;
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Whether the time went by without a fault. */
async function fuzz(target: string): Promise<boolean> {
  const corpus = join(ROOT, 'test/fuzz/corpus', target);
  const before = readdirSync(corpus).length;
  const bundle = bundleTarget(join(ROOT, 'test/fuzz/targets', `${target}.ts`), folder, ROOT);
  console.log(`\n${target}: ${seconds} s, ${before} inputs in the corpus`);
  const engine = join(ENGINE, 'node_modules/jsfuzz/build/src/index.js');
  const child = fork(engine, [relative(ROOT, bundle), corpus, '--timeout', '300'], {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, MONGODB_URI: server.uri },
  });
  const ended = once(child, 'exit').then(() => true);
  const found = await Promise.race([ended, pause(seconds * 1000, false, { ref: false })]);
  // The engine has no limit of time: it and its worker are a group of processes.
  if (!found && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  console.log(`${target}: ${found ? 'a fault' : 'no fault'}, ${readdirSync(corpus).length - before} new inputs`);
  return !found;
}
