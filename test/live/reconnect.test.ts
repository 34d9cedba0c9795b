import { expect, it } from 'vitest';
import { ObjectId, type Document } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';

import { failingServer } from './support/failing-server.ts';

interface Order {
  _id: ObjectId;
  product: string;
  quantity: number;
}

const orderView = defineView<Order>()({ public: { product: 1, quantity: 1 } });

const { raw, tested, fail } = failingServer<Order>();
const failGetMore = async (data: Document): Promise<void> => await fail('getMore', data);
const insert = async (quantity: number) => await raw().insertOne({ _id: new ObjectId(), product: 'lamp', quantity });

const open = async () =>
  await new SafeCollection(tested(), orderView).watch({ product: 'lamp' }, { projection: ['quantity'] });

it.each<readonly [string, Document]>([
  ['the cursor is gone', { errorCode: 43 }],
  ['the server steps down', { errorCode: 189, errorLabels: ['ResumableChangeStreamError'] }],
  ['the connection breaks', { closeConnection: true }],
])('loses no event if %s', async (_, failure) => {
  const stream = await open();
  await insert(1);
  expect(await stream.next()).toMatchObject({ type: 'enter', document: { quantity: 1 } });
  await failGetMore(failure);
  for (const quantity of [2, 3]) await insert(quantity);
  for (const quantity of [2, 3]) expect(await stream.next()).toMatchObject({ type: 'enter', document: { quantity } });
  await stream.close();
});

it('begins anew with a resync event if the server no longer has the changes', async () => {
  const stream = await open();
  await insert(1);
  await stream.next();
  await failGetMore({ errorCode: 286 });
  expect(await stream.next()).toEqual({ type: 'resync', token: undefined });
  await insert(2);
  expect(await stream.next()).toMatchObject({ type: 'enter', document: { quantity: 2 } });
  await stream.close();
});

it('ends with an error without values if it can not go on', async () => {
  const stream = await open();
  await failGetMore({ errorCode: 8000 });
  await expect(stream.next()).rejects.toMatchObject({ name: 'DatabaseError', operation: 'watch', serverCode: 8000 });
  expect(stream.closed).toBe(true);
  expect(await stream.next()).toBeNull();
});
