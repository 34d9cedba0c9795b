import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Db } from 'mongodb';
import { op, type ChangeEvent } from 'safe-collection';

import { testServer } from '../write/support/server.ts';
import { answer } from './support/answer.ts';
import { WRITES } from './support/calls.ts';
import { rowsOf, shopOf, type Order } from './support/shop.ts';

/*
 * The events of a stream do not depend on the rows of other scopes, nor on what is done to them. Two databases are equal in the rows of `acme` and
 * differ in those of `globex`, which are changed before and after each write of `acme`.
 */

const server = testServer();
const raw = (world: 0 | 1): Db => server.client.db(`${server.db.databaseName}_${world}`);
const scoped = (world: 0 | 1) => shopOf(raw(world)).scoped({ tenant_id: 'acme' });
const rowsIn = (world: 0 | 1) => raw(world).collection<Order>('orders');

beforeAll(async () => {
  for (const world of [0, 1] as const)
    for (const name of ['orders', 'buyers', 'products'])
      await raw(world).createCollection(name, { changeStreamPreAndPostImages: { enabled: true } });
});

afterAll(async () => {
  for (const world of [0, 1] as const) await raw(world).dropDatabase();
});

const ACME = rowsOf('acme', 6);

beforeEach(async () => {
  for (const world of [0, 1] as const) {
    await rowsIn(world).deleteMany({});
    await rowsIn(world).insertMany(ACME.orders);
  }
});

/** What others do: something else in each world. */
async function disturb(world: 0 | 1): Promise<void> {
  await rowsIn(world).insertMany(rowsOf('globex', world === 0 ? 1 : 4, world).orders);
  if (world === 0) return;
  await rowsIn(world).updateMany({ tenant_id: 'globex' }, { $inc: { quantity: 1 }, $set: { product: 'tea' } });
  await rowsIn(world).deleteMany({ tenant_id: 'globex', quantity: { $gt: 5 } });
}

async function eventsOf(world: 0 | 1, write: (typeof WRITES)[string], filter: object): Promise<unknown> {
  const { orders } = scoped(world);
  const stream = await orders.watch(filter as { product: string }, { projection: ['product', 'quantity', 'status'] });
  await disturb(world);
  const gave = await answer(write.run(orders));
  await disturb(world);
  await rowsIn(world).insertOne({
    ...(ACME.orders[0] as Order),
    _id: 'mark' as never,
    product: 'lamp',
    status: 'mark',
  });
  const events: unknown[] = [];
  for (;;) {
    const { token: _, ...event } = (await stream.next()) as ChangeEvent<{ status: string }>;
    if ('document' in event && event.document.status === 'mark') break;
    events.push(event);
  }
  await stream.close();
  return { gave, events: events.map((event) => JSON.stringify(event)).toSorted() };
}

it.each(Object.entries(WRITES))('%s makes the same events whatever others do', async (_, write) => {
  const all = await eventsOf(0, write, {});
  expect(await eventsOf(1, write, {})).toEqual(all);
});

it.each(Object.entries(WRITES).slice(0, 12))('%s makes the same events of a filter', async (_, write) => {
  const filter = { product: op({ $in: ['lamp', 'tea'] }), quantity: op({ $gte: 0 }) };
  expect(await eventsOf(1, write, filter)).toEqual(await eventsOf(0, write, filter));
});
