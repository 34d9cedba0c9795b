import { MongoClient, type Collection, type Document } from 'mongodb';
import { afterAll, afterEach, beforeAll } from 'vitest';

import { startOwnSet } from '../../write/support/own-set.ts';

/**
 * A server of its own with `orders` whose changes can be watched. It can be told to fail commands of one client, the one that is tested.
 */
export function failingServer<Order extends Document>() {
  let set: Awaited<ReturnType<typeof startOwnSet>> | undefined;
  let client: MongoClient;
  let tested: MongoClient;

  beforeAll(async () => {
    set = await startOwnSet(1, ['--setParameter', 'enableTestCommands=1']);
    client = await new MongoClient(set.uri).connect();
    tested = await new MongoClient(set.uri, { appName: 'tested' }).connect();
    await client.db('shop').createCollection('orders', { changeStreamPreAndPostImages: { enabled: true } });
  }, 120_000);

  afterEach(async () => {
    await client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
  });

  afterAll(async () => {
    await Promise.all([client?.close(), tested?.close()]);
    await set?.stop();
  }, 60_000);

  const ordersOf = (of: MongoClient): Collection<Order> => of.db('shop').collection<Order>('orders');
  return {
    raw: () => ordersOf(client),
    /** The collection of the client whose commands fail. */
    tested: () => ordersOf(tested),
    /** Makes the next commands of this name fail. */
    fail: async (command: string, data: Document): Promise<void> => {
      await client.db('admin').command({
        configureFailPoint: 'failCommand',
        mode: { times: 1 },
        data: { failCommands: [command], appName: 'tested', ...data },
      });
    },
  };
}
