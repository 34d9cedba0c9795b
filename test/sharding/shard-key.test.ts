import { beforeEach, describe, expect, it } from 'vitest';
import { Int32, ObjectId } from 'mongodb';
import {
  createSafeDb,
  defineAudiences,
  defineView,
  op,
  SafeCollection,
  trusted,
  withTransaction,
} from 'safe-collection';

import { testServer } from '../write/support/server.ts';

interface Order {
  _id: ObjectId;
  tenant_id: string;
  user_id: number;
  product: string;
  quantity: number;
  tags: string[];
  lines: { sku: string }[];
  free: Record<string, string>;
}

const orderView = defineView<Order>()({
  public: { product: 1, quantity: 1 },
  writable: { product: 1, quantity: 1, tenant_id: 1, user_id: 1 },
  filterable: { tenant_id: 1, user_id: 1 },
  shardKey: { tenant_id: 1, user_id: 'hashed' },
});

const server = testServer();
const raw = () => server.db.collection<Order>('orders');
const orders = () => new SafeCollection(raw(), orderView);
type Orders = ReturnType<typeof orders>;
const PRODUCT = { projection: ['product'] } as const;
const SET = { $set: { quantity: 2 } } as const;
const NEW = { product: 'tea', quantity: 1, tenant_id: 't', user_id: 1 } as const;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({ _id: new ObjectId(), tenant_id: 't', user_id: 1, product: 'p', quantity: 1 } as Order);
  server.forget();
});

/** Every way to write one document, by a filter. */
const SINGLE: Readonly<Record<string, (orders: Orders, filter: never) => unknown>> = {
  updateOne: (to, filter) => to.updateOne(filter, SET),
  replaceOne: (to, filter) => to.replaceOne(filter, NEW),
  deleteOne: (to, filter) => to.deleteOne(filter),
  findOneAndUpdate: (to, filter) => to.findOneAndUpdate(filter, SET, PRODUCT),
  findOneAndReplace: (to, filter) => to.findOneAndReplace(filter, NEW, PRODUCT),
  findOneAndDelete: (to, filter) => to.findOneAndDelete(filter, PRODUCT),
  'bulkWrite updateOne': (to, filter) => to.bulkWrite([{ updateOne: { filter, update: SET } }]),
  'bulkWrite replaceOne': (to, filter) => to.bulkWrite([{ replaceOne: { filter, replacement: NEW } }]),
  'bulkWrite deleteOne': (to, filter) => to.bulkWrite([{ deleteOne: { filter } }]),
  'bulk updateOne': async (to, filter) => await to.initializeOrderedBulkOp().find(filter).updateOne(SET).execute(),
  'bulk replaceOne': async (to, filter) => await to.initializeUnorderedBulkOp().find(filter).replaceOne(NEW).execute(),
  'bulk deleteOne': async (to, filter) => await to.initializeOrderedBulkOp().find(filter).deleteOne().execute(),
  'upserting updateMany': (to, filter) => to.updateMany(filter, SET, { upsert: true }),
  'bulkWrite upserting updateMany': (to, filter) =>
    to.bulkWrite([{ updateMany: { filter, update: SET, upsert: true } }]),
  'bulk upserting update': async (to, filter: { readonly tenant_id: string; readonly user_id: number }) =>
    await to.initializeOrderedBulkOp().find(filter).upsert().update(SET).execute(),
};

const FIXED: Readonly<Record<string, unknown>> = {
  both: { tenant_id: 't', user_id: 1 },
  'both and more': { tenant_id: 't', user_id: 1, product: 'p' },
  'with $eq': { tenant_id: op({ $eq: 't' }), user_id: op({ $eq: 1, $ne: 2 }) },
  'with a list of one': { tenant_id: op({ $in: ['t'] }), user_id: new Int32(1) },
  'in $and': { $and: [{ tenant_id: 't' }, { $and: [{ user_id: 1 }] }] },
  'next to $or': { tenant_id: 't', user_id: 1, $or: [{ product: 'p' }, { product: 'q' }] },
};

const LOOSE: Readonly<Record<string, unknown>> = {
  nothing: { product: 'p' },
  'the first only': { tenant_id: 't' },
  'the second only': { user_id: 1 },
  'a list of two': { tenant_id: op({ $in: ['t', 'u'] }), user_id: 1 },
  'an empty list': { tenant_id: op({ $in: [] }), user_id: 1 },
  'a range': { tenant_id: op({ $gte: 't', $lte: 't' }), user_id: 1 },
  'another value': { tenant_id: op({ $ne: 't' }), user_id: 1 },
  'a pattern': { tenant_id: /^t$/, user_id: 1 },
  'a pattern in a list': { tenant_id: op({ $in: [/^t$/] }), user_id: 1 },
  null: { tenant_id: 't', user_id: null },
  'each branch of $or': { tenant_id: 't', $or: [{ user_id: 1 }, { user_id: 2 }] },
  'in $nor': { tenant_id: 't', $nor: [{ user_id: 1 }] },
  _id: { _id: new ObjectId() },
};

describe.each(Object.entries(SINGLE))('%s', (_, run) => {
  it.each(Object.entries(FIXED))('is sent with the shard key: %s', async (_name, filter) => {
    await run(orders(), filter as never);
    expect(server.sent).toHaveLength(1);
  });

  it.each(Object.entries(LOOSE))('is refused without the whole shard key: %s', async (_name, filter) => {
    await expect((async () => await run(orders(), filter as never))()).rejects.toMatchObject({
      code: 'shard_key',
      path: expect.stringMatching(/^(?:tenant_id|user_id)$/) as unknown,
    });
    expect(server.sent).toEqual([]);
  });

  it('counts a trusted filter in its place', async () => {
    await run(orders(), trusted({ tenant_id: 't', user_id: 1, lines: op({ $size: 0 }) }) as never);
    expect(server.sent).toHaveLength(1);
    await expect((async () => await run(orders(), trusted({ tenant_id: 't' }) as never))()).rejects.toMatchObject({
      path: 'user_id',
    });
  });

  it('is refused in a transaction too', async () => {
    const shop = createSafeDb(server.db, { orders: orderView });
    await expect(
      withTransaction(shop, async (tx) => await run(tx.collections.orders as never, { tenant_id: 't' } as never)),
    ).rejects.toMatchObject({ code: 'shard_key' });
  });
});

describe('a shard key', () => {
  it('is fixed by a trusted filter or by the scope', async () => {
    await orders().deleteOne({ tenant_id: 't' } as never, { trusted: trusted({ filter: { user_id: 1 } }) });
    const scoped = orderView.extend({
      name: 'scoped',
      writable: { tenant_id: 0 },
      filterable: { tenant_id: 0 },
      scope: { tenant_id: 1 },
    });
    const own = new SafeCollection(raw(), scoped).scoped({ tenant_id: 't' });
    await own.updateOne({ user_id: 1 }, SET);
    expect(server.sent).toHaveLength(2);
    await expect(own.updateOne({ product: 'p' } as never, SET)).rejects.toMatchObject({ path: 'user_id' });
  });

  it('is not fixed by a string that a collation compares loosely', async () => {
    const filter = { tenant_id: 't', user_id: 1 } as const;
    const collation = { locale: 'en', strength: 1 } as const;
    const calls = [
      () => orders().updateOne(filter, SET, { collation }),
      () => orders().deleteOne(filter, { collation }),
      () => orders().replaceOne(filter, NEW, { collation }),
      () => orders().findOneAndDelete(filter, { ...PRODUCT, collation }),
      () => orders().bulkWrite([{ updateOne: { filter, update: SET, collation } }]),
      () => orders().bulkWrite([{ replaceOne: { filter, replacement: NEW, collation } }]),
      async () => await orders().initializeOrderedBulkOp().find(filter).collation(collation).deleteOne().execute(),
      async () => await orders().initializeOrderedBulkOp().find(filter).collation(collation).replaceOne(NEW).execute(),
    ];
    for (const call of calls)
      await expect((async () => await call())()).rejects.toMatchObject({ code: 'shard_key', path: 'collation' });
    expect(server.sent).toEqual([]);
    await orders().updateOne(filter, SET, { collation: { locale: 'simple' } });
    const byNumber = new SafeCollection(raw(), orderView.extend({ name: 'n', shardKey: { user_id: 1 } }));
    await byNumber.updateOne(filter, SET, { collation });
    expect(server.sent).toHaveLength(2);
  });

  it('may be _id', async () => {
    const byId = new SafeCollection(raw(), orderView.extend({ name: 'byId', shardKey: { _id: 'hashed' } }));
    await byId.deleteOne({ _id: new ObjectId() });
    expect(server.sent).toHaveLength(1);
    await expect(byId.deleteOne({ product: 'p' } as never)).rejects.toMatchObject({ path: '_id' });
  });

  it.each<readonly [string, object, string]>([
    ['no path', { shardKey: {} }, 'view_value'],
    ['another mark', { shardKey: { tenant_id: -1 } }, 'view_value'],
    ['true', { shardKey: { tenant_id: true } }, 'view_value'],
    ['a list', { shardKey: ['tenant_id'] }, 'input_invalid'],
    ['text', { shardKey: 'tenant_id' }, 'input_invalid'],
    ['an operator', { shardKey: { $where: 1 } }, 'view_path'],
    ['an array', { shardKey: { tags: 1 }, arrays: { tags: 1 } }, 'view_contradiction'],
    [
      'a path through an array',
      { public: { 'lines.sku': 1 }, shardKey: { 'lines.sku': 1 }, arrays: { lines: 1 } },
      'view_contradiction',
    ],
    ['a branch', { public: { 'free.a': 1 }, shardKey: { free: 1 } }, 'view_contradiction'],
  ])('takes no %s', (_, spec, code) => {
    expect(() => defineView<Order>()({ public: { product: 1 }, ...spec } as never)).toThrowError(
      expect.objectContaining({ code }),
    );
  });

  it('is the same for all audiences', () => {
    expect(() => defineAudiences(orderView, { one: {}, two: { shardKey: { tenant_id: 1 } } } as never)).toThrowError(
      expect.objectContaining({ code: 'view_contradiction' }),
    );
  });
});
