import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';

import { startServer } from '../mongod/start-server.ts';
import type { Hole } from './hole.ts';
import { HOLES } from './holes.ts';
import { reopened } from './reopened.ts';

/**
 * Opens each old hole by itself in a copy of the project, and runs its tests there. Fails unless the tests pass without a hole,
 * and notice each of them. `-- scope` takes only the holes whose title contains the word.
 */
const [wanted = ''] = process.argv.slice(2);
const holes = HOLES.filter(({ title }) => title.includes(wanted));
const copy = await mkdtemp(join(tmpdir(), 'safe-collection-holes-'));
const server = await startServer();
try {
  await copyProject(copy);
  const missed = await reopenAll();
  for (const { title } of missed) console.log(`not noticed: ${title}`);
  console.log(`${holes.length - missed.length} passed, ${missed.length} failed`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  await server.stop();
  await rm(copy, { recursive: true, force: true });
}

async function reopenAll(): Promise<readonly Hole[]> {
  const tests = [...new Set(holes.flatMap((hole) => hole.tests))];
  const closed = await run(tests);
  if (closed.failed !== undefined) throw new Error(`Without a hole, this test fails: ${closed.failed}`);
  const missed: Hole[] = [];
  for (const hole of holes) {
    const file = join(copy, hole.file);
    const source = await readFile(file, 'utf8');
    await writeFile(file, reopened(source, hole));
    const { failed } = await run(hole.tests);
    await writeFile(file, source);
    console.log(`${failed === undefined ? 'NOT NOTICED' : 'noticed'}: ${hole.title}\n  ${failed ?? ''}`);
    if (failed === undefined) missed.push(hole);
  }
  return missed;
}

/** Copies the files of the project as they are now, and links its packages. */
async function copyProject(to: string): Promise<void> {
  const { stdout } = await promisify(execFile)('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z']);
  for (const file of stdout.split('\0').filter((name) => /^(src|test|scripts|bench|examples)\/|^[^/]*$/.test(name))) {
    if (file === '') continue;
    await mkdir(dirname(join(to, file)), { recursive: true });
    await cp(file, join(to, file));
  }
  await symlink(join(process.cwd(), 'node_modules'), join(to, 'node_modules'));
}

interface Report {
  readonly numTotalTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** Runs tests of the copy. `failed` is the name of the first one that failed. */
async function run(tests: readonly string[]): Promise<{ readonly failed: string | undefined }> {
  const output = join(copy, 'report.json');
  await rm(output, { force: true });
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const projects = ['--project', 'shared', '--project', 'isolated'];
  const args = [vitest, 'run', ...projects, '--bail', '1', '--reporter', 'json', '--outputFile', output, ...tests];
  const child = spawn(process.execPath, args, {
    cwd: copy,
    env: { ...process.env, MONGODB_URI: server.uri },
    stdio: 'ignore',
  });
  await new Promise((resolve) => child.once('exit', resolve));
  const report = JSON.parse(await readFile(output, 'utf8')) as Report;
  if (report.numTotalTests === 0) throw new Error(`No test ran in ${tests.join(', ')}.`);
  for (const { name, status, message, assertionResults } of report.testResults) {
    const failed = assertionResults.find((each) => each.status === 'failed');
    if (failed !== undefined) return { failed: failed.fullName };
    if (status === 'failed') return { failed: `${name}: ${message}` };
  }
  return { failed: undefined };
}
