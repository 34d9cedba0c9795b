import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoMemoryServer } from 'mongodb-memory-server';

import { MONGOD_ARGUMENTS } from './start-replica-set.ts';
import type { MongodBinary } from './try-binary.ts';

export interface ServerWithUsers {
  /** The address without a user. */
  readonly uri: string;
  readonly root: { readonly username: string; readonly password: string };
  stop(): Promise<void>;
}

/** Starts one mongod on 127.0.0.1 that asks for a user (`--auth`). Its process ends with this one. */
export async function startWithUsers(mongod: MongodBinary): Promise<ServerWithUsers> {
  const folder = await mkdtemp(join(tmpdir(), 'safe-collection-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const root = { username: 'root', password: 'only-for-tests' };
  try {
    const dbPath = join(folder, 'data');
    await mkdir(dbPath);
    const server = await MongoMemoryServer.create({
      binary: { systemBinary: mongod.path, version: mongod.version },
      instance: {
        dbPath,
        ip: '127.0.0.1',
        storageEngine: 'wiredTiger',
        launchTimeout: 60_000,
        args: [...MONGOD_ARGUMENTS],
      },
      auth: { enable: true, customRootName: root.username, customRootPwd: root.password },
    });
    const stop = async () => {
      const stopped = await server.stop({ doCleanup: false });
      await removeFolder();
      if (!stopped) throw new Error('mongod was asked to stop and did not');
    };
    return { uri: server.getUri(), root, stop };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}
