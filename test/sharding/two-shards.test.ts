import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MongoClient, ObjectId } from 'mongodb';
import { createSafeDb, defineView, everything, op, SafeCollection, trusted, type Broadcast } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { startOwnSet } from '../write/support/own-set.ts';
import { startRouter, type Router } from './support/router.ts';

/*
 * Two real servers behind a small router of the tests (no mongos): it sends a command to the server of its shard key, or to both if the
 * command does not name it.
 */

interface Order {
  _id: ObjectId;
  tenant_id: string;
  product: string;
  quantity: number;
}

const orderView = defineView<Order>()({
  public: { product: 1, quantity: 1 },
  writable: { product: 1, quantity: 1 },
  filterable: { tenant_id: 1 },
  shardKey: { tenant_id: 1 },
});

let sets: Awaited<ReturnType<typeof startOwnSet>>[];
let router: Router;
let client: MongoClient;
const shards: MongoClient[] = [];
let broadcasts: Broadcast[] = [];

beforeAll(async () => {
  sets = await Promise.all([startOwnSet(1), startOwnSet(1)]);
  for (const { uri } of sets) shards.push(await new MongoClient(uri).connect());
  const [first, second] = sets.map(({ uri }) => Number(new URL(uri).port));
  router = await startRouter([first as number, second as number], 'tenant_id', (value) => (value === 'acme' ? 0 : 1));
  client = await new MongoClient(router.uri).connect();
});

afterAll(async () => {
  await Promise.all([client, ...shards].map((each) => each?.close()));
  await router?.close();
  await Promise.all((sets ?? []).map((set) => set.stop()));
});

const raw = () => client.db('shop').collection<Order>('orders');
const onBroadcast = (broadcast: Broadcast): void => void broadcasts.push(broadcast);
const orders = () => new SafeCollection(raw(), orderView, { onBroadcast });
const lamps = async () =>
  await Promise.all(
    shards.map(async (shard) => await shard.db('shop').collection('orders').countDocuments({ quantity: 9 })),
  );

beforeEach(async () => {
  for (const shard of shards) await shard.db('shop').collection('orders').deleteMany({});
  for (const tenant_id of ['acme', 'globex'])
    await raw().insertOne({ _id: new ObjectId(), tenant_id, product: 'lamp', quantity: 1 });
  router.routed.length = 0;
  broadcasts = [];
});

describe('a write of one document', () => {
  it('without the shard key reaches both shards on the raw driver', async () => {
    await raw().updateOne({ product: 'lamp' }, { $set: { quantity: 9 } });
    expect(router.routed).toEqual([{ command: 'update', shards: [0, 1] }]);
    expect(await lamps()).toEqual([1, 1]);
  });

  it('without the shard key is refused by the library, and reaches none', async () => {
    await expect(orders().updateOne({ product: 'lamp' } as never, { $set: { quantity: 9 } })).rejects.toMatchObject({
      code: 'shard_key',
      path: 'tenant_id',
    });
    expect(router.routed).toEqual([]);
    expect(await lamps()).toEqual([0, 0]);
  });

  it('with the shard key reaches its shard only', async () => {
    await orders().updateOne({ product: 'lamp', tenant_id: 'globex' }, { $set: { quantity: 9 } });
    expect(router.routed).toEqual([{ command: 'update', shards: [1] }]);
    expect(await lamps()).toEqual([0, 1]);
    expect(broadcasts).toEqual([]);
  });

  it('finds its shard by the scope, or by a trusted filter', async () => {
    const scopedView = orderView.extend({ name: 'scoped', filterable: { tenant_id: 0 }, scope: { tenant_id: 1 } });
    const own = new SafeCollection(raw(), scopedView).scoped({ tenant_id: 'globex' });
    await own.updateOne({ product: 'lamp' }, { $set: { quantity: 9 } });
    await own.findOneAndDelete({ product: 'lamp' }, { projection: ['product'] });
    await orders().deleteOne({ product: 'lamp' }, { trusted: trusted({ filter: { tenant_id: 'acme' } }) });
    expect(router.routed.map((one) => one.shards)).toEqual([[1], [1], [0]]);
    expect(await raw().countDocuments()).toBe(0);
  });
});

describe('the hook for broadcasts', () => {
  const LAMP = { product: 'lamp' } as const;
  const ACME = { product: 'lamp', tenant_id: 'acme' } as const;
  const PRODUCT = { projection: ['product'] } as const;
  const SET = { $set: { quantity: 9 } } as const;
  type Call = (filter: typeof LAMP | typeof ACME) => Promise<unknown>;
  const privileged = () => new PrivilegedCollection(raw(), orderView, { reason: 'test', onBroadcast });
  const CALLS: Readonly<Record<string, Call>> = {
    find: async (filter) => await orders().find(filter, PRODUCT).toArray(),
    findOne: async (filter) => await orders().findOne(filter, PRODUCT),
    findJson: async (filter) => await orders().findJson(filter, PRODUCT),
    findOneJson: async (filter) => await orders().findOneJson(filter, PRODUCT),
    exists: async (filter) => await orders().exists(filter),
    countDocuments: async (filter) => await orders().countDocuments(filter),
    distinct: async (filter) => await orders().distinct('product', filter),
    aggregate: async (filter) =>
      await orders()
        .aggregate([{ $match: filter }, { $project: { product: 1 } }])
        .toArray(),
    pipeline: async (filter) => await orders().pipeline().match(filter).project({ product: 1 }).toArray(),
    updateMany: async (filter) => await orders().updateMany(filter, SET),
    deleteMany: async (filter) => await orders().deleteMany(filter),
    'bulkWrite updateMany': async (filter) => await orders().bulkWrite([{ updateMany: { filter, update: SET } }]),
    'bulkWrite deleteMany': async (filter) => await orders().bulkWrite([{ deleteMany: { filter } }]),
    'a built bulk': async (filter) => await orders().initializeOrderedBulkOp().find(filter).update(SET).execute(),
    'a SafeDb': async (filter) =>
      await createSafeDb(client.db('shop'), { orders: orderView }, { onBroadcast }).orders.findOne(filter, PRODUCT),
    'a SafeDb with scopes': async (filter) =>
      await createSafeDb(
        client.db('shop'),
        { orders: orderView.extend({ name: 'orders', scope: { product: 1 }, writable: { product: 0 } }) },
        { onBroadcast },
      )
        .scoped({ product: 'lamp' })
        .orders.findOne(filter, PRODUCT),
    'privileged scoped': async (filter) =>
      await new PrivilegedCollection(
        raw(),
        orderView.extend({ name: 'orders', scope: { product: 1 }, writable: { product: 0 } }),
        { reason: 'test', onBroadcast, onDriverError: () => {}, onPrivilegedRead: () => {} },
      )
        .scoped({ product: 'lamp' })
        .findOne(filter, PRODUCT),
    'privileged find': async (filter) => await privileged().find(filter, PRODUCT).toArray(),
    'privileged findOne': async (filter) => await privileged().findOne(filter, PRODUCT),
    'privileged countDocuments': async (filter) => await privileged().countDocuments(filter),
  };

  it.each(Object.entries(CALLS))('is called for %s, exactly if it goes to both shards', async (_, call) => {
    await call(ACME);
    expect(router.routed.map((one) => one.shards)).toEqual([[0]]);
    expect(broadcasts).toEqual([]);
    await call(LAMP);
    expect(router.routed.slice(1).map((one) => one.shards)).toEqual([[0, 1]]);
    expect(broadcasts).toEqual([{ operation: expect.any(String), view: 'orders', shardKey: ['tenant_id'] }]);
  });

  it('is called for everything, for the estimated count, and not for a list of keys', async () => {
    await orders().updateMany(everything, SET);
    await orders().estimatedDocumentCount();
    await orders().distinct('product');
    expect(broadcasts.map(({ operation }) => operation)).toEqual(['updateMany', 'estimatedDocumentCount', 'distinct']);
    broadcasts = [];
    await orders().countDocuments({ tenant_id: op({ $in: ['acme', 'globex'] }) });
    expect(broadcasts).toEqual([]);
    await orders().countDocuments({ tenant_id: 'acme' }, { collation: { locale: 'en', strength: 1 } });
    expect(broadcasts).toHaveLength(1);
  });

  it('changes nothing if it fails', async () => {
    for (const hook of [
      () => {
        throw new Error('hook');
      },
      async () => await Promise.reject(new Error('hook')),
    ]) {
      const failing = new SafeCollection(raw(), orderView, { onBroadcast: hook });
      expect(await failing.find(LAMP, PRODUCT).toArray()).toHaveLength(2);
    }
  });

  it('has to be a function', () => {
    expect(() => new SafeCollection(raw(), orderView, { onBroadcast: 'log' as never })).toThrowError(
      expect.objectContaining({ code: 'option_value', path: 'onBroadcast' }),
    );
    expect(
      () => new PrivilegedCollection(raw(), orderView, { reason: 'test', onBroadcast: 'log' as never }),
    ).toThrowError(expect.objectContaining({ code: 'option_value', path: 'onBroadcast' }));
  });
});
