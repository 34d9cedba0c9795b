import { thisHost } from '../../../scripts/mongod/host.ts';
import { resolveMongod } from '../../../scripts/mongod/resolve-mongod.ts';
import { startReplicaSet } from '../../../scripts/mongod/start-replica-set.ts';

/** A separate replica set for a test, so that its changes do not affect other tests. */
export async function startOwnSet(
  members: number,
  more: readonly string[] = [],
): Promise<Awaited<ReturnType<typeof startReplicaSet>>> {
  const mongod = await resolveMongod({ ...thisHost, env: { ...thisHost.env, MONGODB_URI: undefined } });
  if (mongod.kind !== 'binary') throw new Error('This test needs a server of its own.');
  return await startReplicaSet(mongod, members, more);
}
