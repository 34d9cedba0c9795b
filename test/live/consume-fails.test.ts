import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { MongoClient, ObjectId, type Document } from 'mongodb';
import { defineView, SafeCollection, type ChangeEvent } from 'safe-collection';

import { startOwnSet } from '../write/support/own-set.ts';

interface Order {
  _id: ObjectId;
  quantity: number;
}

const orderView = defineView<Order>()({ public: { quantity: 1 } });
const KEY = Buffer.alloc(32, 7);

let set: Awaited<ReturnType<typeof startOwnSet>>;
let client: MongoClient;
let consuming: MongoClient;

const raw = (of: MongoClient) => of.db('shop').collection<Order>('orders');
const fail = async (command: string, data: Document): Promise<void> => {
  await client.db('admin').command({
    configureFailPoint: 'failCommand',
    mode: { times: 1 },
    data: { failCommands: [command], appName: 'consuming', ...data },
  });
};

beforeAll(async () => {
  set = await startOwnSet(1, ['--setParameter', 'enableTestCommands=1']);
  client = await new MongoClient(set.uri).connect();
  consuming = await new MongoClient(set.uri, { appName: 'consuming' }).connect();
  await client.db('shop').createCollection('orders', { changeStreamPreAndPostImages: { enabled: true } });
}, 120_000);

afterEach(async () => {
  await client.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
});

afterAll(async () => {
  await Promise.all([client?.close(), consuming?.close()]);
  await set?.stop();
}, 60_000);

/** Handles one event of a new group. */
async function handleOne(group: string): Promise<readonly ChangeEvent<{ quantity: number }>[]> {
  const stop = new AbortController();
  const events: ChangeEvent<{ quantity: number }>[] = [];
  const orders = new SafeCollection(raw(consuming), orderView, { sealKeys: [KEY] });
  await orders.consume({}, { group, projection: ['quantity'], lease: 1_000, signal: stop.signal }, (event) => {
    events.push(event);
    stop.abort();
  });
  return events;
}

it.each<readonly [string, string]>([
  ['taking its lease', 'findAndModify'],
  ['being made', 'update'],
])('a new group ends with an error without values if %s fails', async (_, command) => {
  await fail(command, { errorCode: 8000 });
  await expect(handleOne(`new ${command}`)).rejects.toMatchObject({
    name: 'DatabaseError',
    operation: 'consume',
    serverCode: 8000,
  });
});

it('a new group that another process makes at the same time waits for the lease', async () => {
  await fail('update', {
    errorCode: 11_000,
    errorExtraInfo: { keyPattern: { _id: 1 }, keyValue: { _id: 'orders/twice' } },
  });
  const working = handleOne('twice');
  const states = client.db('shop').collection('safe_collection_consumers');
  await expect
    .poll(async () => (await states.findOne({ token: { $exists: true } })) !== null, { timeout: 10_000 })
    .toBe(true);
  await raw(client).insertOne({ _id: new ObjectId(), quantity: 5 });
  expect(await working).toMatchObject([{ type: 'enter', document: { quantity: 5 } }]);
});
