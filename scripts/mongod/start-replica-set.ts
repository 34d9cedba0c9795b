import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import type { Server } from './server.ts';
import type { MongodBinary } from './try-binary.ts';

type ReplicaSet = Pick<Server, 'uri' | 'processIds' | 'stop'>;

/** What every mongod is started with. */
export const MONGOD_ARGUMENTS: readonly string[] = [
  // Otherwise each member allocates 300 MB of journal at the start.
  '--wiredTigerEngineConfigString=log=(prealloc=false)',
  // A socket file in the shared temporary folder would outlive a crash. Windows has no such option.
  ...(process.platform === 'win32' ? [] : ['--nounixsocket']),
];

/** Starts a replica set on 127.0.0.1 with its data in a temporary folder, optionally with more arguments for each member. Its processes end with this one. */
export async function startReplicaSet(
  mongod: MongodBinary,
  members: number,
  more: readonly string[] = [],
): Promise<ReplicaSet> {
  const folder = await mkdtemp(join(tmpdir(), 'safe-collection-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    const set = await createSet(mongod, folder, members, more);
    const stop = async () => {
      const stopped = await set.stop({ doCleanup: false });
      await removeFolder();
      if (!stopped) throw new Error('mongod was asked to stop and did not');
    };
    return { uri: set.getUri(), processIds: processIds(set), stop };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

async function createSet(
  mongod: MongodBinary,
  folder: string,
  members: number,
  more: readonly string[],
): Promise<MongoMemoryReplSet> {
  const dbPaths = Array.from({ length: members }, (_, index) => join(folder, `member-${index}`));
  await Promise.all(dbPaths.map((path) => mkdir(path)));
  return MongoMemoryReplSet.create({
    // With the version of the binary, mongodb-memory-server does not warn of a mismatch.
    binary: { systemBinary: mongod.path, version: mongod.version },
    instanceOpts: dbPaths.map((dbPath) => ({ dbPath, launchTimeout: 60_000 })),
    replSet: {
      count: members,
      ip: '127.0.0.1',
      storageEngine: 'wiredTiger',
      args: [...MONGOD_ARGUMENTS, ...more],
    },
  });
}

function processIds(set: MongoMemoryReplSet): number[] {
  const instances = set.servers.map((server) => server.instanceInfo?.instance);
  const processes = instances.flatMap((instance) => [instance?.mongodProcess, instance?.killerProcess]);
  return processes.flatMap((process) => process?.pid ?? []);
}
