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

/** So many failed tests of a file are named. */
const SHOWN = 5;

/** Runs the suite, or some of its folders, with vitest. */
export async function runSuiteOn(setting: SuiteSetting): Promise<Result> {
  const { part, version, node, root, uri, folders } = setting;
  const cwd = root ?? ROOT;
  const args = [join(cwd, 'node_modules/vitest/vitest.mjs'), 'run', ...quickProjects, ...folders];
  const child = spawn(node ?? process.execPath, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...(uri === undefined ? {} : { MONGODB_URI: uri }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [status] = (await once(child, 'exit')) as [number | null];
  const count = /tests: (?<passed>\d+) passed, (?<failed>\d+) failed/.exec(output)?.groups;
  const ran = `${folders.length === 0 ? 'the test suite' : `the tests in ${folders.join(', ')}`}: ${count?.['passed'] ?? 0} passed`;
  return { part, version, ran, fault: status === 0 ? undefined : faultIn(output) };
}

/** The first tests that failed of each file, or the end of the output. */
function faultIn(output: string): string {
  const failed = [...output.matchAll(/^ FAIL {2}(?:\|?\w+\|? )?(?<file>\S+)(?: > (?<test>.+))?$/gm)];
  const byFile = new Map<string, Set<string>>();
  for (const { groups } of failed) {
    const file = groups?.['file'] ?? '';
    byFile.set(file, (byFile.get(file) ?? new Set()).add(groups?.['test'] ?? 'not loaded'));
  }
  if (byFile.size === 0) return lastLines(output);
  return [...byFile].map(([file, tests]) => `${file}: ${[...tests].slice(0, SHOWN).join('; ')}`).join('; ');
}

/** The project with another driver: its files, and links to all of its packages except the driver and its BSON. */
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
    // Tests compile programs there, and compare the paths.
    if (name === '.cache') continue;
    const source = ['mongodb', 'bson'].includes(name) ? join(driver, 'node_modules') : join(ROOT, 'node_modules');
    await symlink(join(source, name), join(project, 'node_modules', name));
  }
  return project;
}
