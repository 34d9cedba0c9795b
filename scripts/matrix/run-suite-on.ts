import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { quickProjects } from '../quick-projects.ts';
import { lastLines, type Result } from './result.ts';
import { ROOT } from './workspace.ts';

/** What a run of the suite uses in the place of the usual. */
export interface SuiteSetting {
  readonly part: string;
  readonly version: string;
  /** The binary of Node; the current one by default. */
  readonly node?: string;
  /** The folder of the project; the tree itself by default. */
  readonly root?: string;
  /** A server of its own; the tests start one by default. */
  readonly uri?: string;
  /** The test folders; the whole suite of `npm test` by default. */
  readonly folders: readonly string[];
}

/** Runs the suite, or some of its folders, with vitest. */
export async function runSuiteOn({ part, version, node, root, uri, folders }: SuiteSetting): Promise<Result> {
  const cwd = root ?? ROOT;
  const args = [join(cwd, 'node_modules/vitest/vitest.mjs'), 'run', ...quickProjects, ...folders];
  const child = spawn(node ?? process.execPath, args, {
    cwd,
    env: { ...process.env, ...(uri === undefined ? {} : { MONGODB_URI: uri }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [status] = (await once(child, 'exit')) as [number | null];
  const count = /tests: (?<passed>\d+) passed, (?<failed>\d+) failed/.exec(output)?.groups;
  const ran = `${folders.length === 0 ? 'the test suite' : `the tests in ${folders.join(', ')}`}: ${count?.['passed'] ?? 0} passed`;
  return { part, version, ran, fault: status === 0 ? undefined : faultIn(output) };
}

/** The tests that failed, or the end of the output. */
function faultIn(output: string): string {
  const failed = [...output.matchAll(/^ FAIL {2}(?:\|\w+\| )?(?<test>.+)$/gm)].map(({ groups }) => groups?.['test']);
  return failed.length > 0 ? [...new Set(failed)].slice(0, 5).join('; ') : lastLines(output);
}

/** The project with another driver: its files as links, and all of its packages except the driver and its BSON. */
export async function projectWith(folder: string, driver: string): Promise<string> {
  const project = join(folder, 'project');
  await rm(project, { recursive: true, force: true });
  await mkdir(join(project, 'node_modules'), { recursive: true });
  for (const name of ['src', 'test', 'scripts', 'bench', 'examples', 'docs', 'packages'])
    await cp(join(ROOT, name), join(project, name), {
      recursive: true,
      filter: (path) => !path.endsWith('node_modules'),
    });
  for (const name of await readdir(ROOT)) {
    if (/\.(?:json|ts|md)$/.test(name)) await cp(join(ROOT, name), join(project, name));
  }
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    const source = ['mongodb', 'bson'].includes(name) ? join(driver, 'node_modules') : join(ROOT, 'node_modules');
    await symlink(join(source, name), join(project, 'node_modules', name));
  }
  return project;
}
