import { expect, it } from 'vitest';
import { ObjectId } from 'mongodb';
import { defineView, SafeCollection, type ChangeEvent } from 'safe-collection';

import { failingServer } from './support/failing-server.ts';

interface Order {
  _id: ObjectId;
  quantity: number;
}

const orderView = defineView<Order>()({ public: { quantity: 1 } });
const KEY = Buffer.alloc(32, 7);

const { raw, tested, fail } = failingServer<Order>();

/** Handles one event of a new group. */
async function handleOne(group: string): Promise<readonly ChangeEvent<{ quantity: number }>[]> {
  const stop = new AbortController();
  const events: ChangeEvent<{ quantity: number }>[] = [];
  const orders = new SafeCollection(tested(), orderView, { sealKeys: [KEY] });
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
  const states = raw().db.collection('safe_collection_consumers');
  await expect
    .poll(async () => (await states.findOne({ token: { $exists: true } })) !== null, { timeout: 10_000 })
    .toBe(true);
  await raw().insertOne({ _id: new ObjectId(), quantity: 5 });
  expect(await working).toMatchObject([{ type: 'enter', document: { quantity: 5 } }]);
});
