import { type Host, thisHost } from './host.ts';
import { describeMongod, resolveMongod } from './resolve-mongod.ts';
import type { Server } from './server.ts';
import { startReplicaSet } from './start-replica-set.ts';
import { checkOwnServer } from './check-own-server.ts';

export interface ServerOptions {
  /** Members of the replica set, 1 by default. */
  readonly members?: number;
}

/** A real replica set without any setup: the user's own, or one that runs until `stop()`. */
export async function startServer({ members = 1 }: ServerOptions = {}, host: Host = thisHost): Promise<Server> {
  const mongod = await resolveMongod(host);
  const description = describeMongod(mongod);
  if (mongod.kind === 'binary') return { description, ...(await startReplicaSet(mongod, members)) };

  await checkOwnServer(mongod.uri, members);
  return { description, uri: mongod.uri, processIds: [], stop: async () => {} };
}
