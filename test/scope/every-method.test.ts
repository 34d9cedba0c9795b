import { beforeEach, describe, expect, it } from 'vitest';
import { SafeCollection, withTransaction } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { methodsOfCollection } from '../support/methods.ts';
import { testServer } from '../write/support/server.ts';
import { answer } from './support/answer.ts';
import { READS, WRITES, type Orders } from './support/calls.ts';
import { orderView, rowsOf, shopOf, type Buyer, type Order } from './support/shop.ts';

/*
 * What one scope reads and writes does not depend on the rows of the others. Two databases are equal in the rows of `acme` and differ in
 * those of `globex`; no method may be the one that was forgotten.
 */

const server = testServer();
const ALL = { ...READS, ...WRITES };
const ACME = rowsOf('acme', 6);

/** The rows of the other tenant: few in one world; many, with values of their own, in the other. */
const OTHERS = [rowsOf('globex', 1, 5), rowsOf('globex', 9, 2)] as const;

const raw = (world: 0 | 1) => server.client.db(`${server.db.databaseName}_${world}`);
const scoped = (world: 0 | 1) => shopOf(raw(world)).scoped({ tenant_id: 'acme' });

beforeEach(async () => {
  for (const world of [0, 1] as const) {
    const db = raw(world);
    await db.collection('orders').deleteMany({});
    await db.collection('buyers').deleteMany({});
    const others = OTHERS[world].orders.map((order, index) =>
      index === 0 ? { ...order, product: 'only globex' } : order,
    );
    await db.collection<Order>('orders').insertMany([...others.slice(1), ...ACME.orders, ...others.slice(0, 1)]);
    await db.collection<Buyer>('buyers').insertMany([...OTHERS[world].buyers, ...ACME.buyers]);
    await db.collection('products').deleteMany({});
    await db.collection('products').insertMany(['lamp', 'tea', 'desk'].map((name) => ({ name, price: 1 })));
  }
  server.forget();
});

const rowsIn = async (world: 0 | 1, tenant_id: string): Promise<object[]> =>
  await raw(world).collection('orders').find({ tenant_id }).sort({ _id: 1 }).toArray();

describe.each(Object.entries(ALL))('%s', (_, { run }) => {
  it('gives the same whatever others have', async () => {
    const first = await answer(run(scoped(0).orders));
    const second = await answer(run(scoped(1).orders));
    expect(second).toEqual(first);
    expect(JSON.stringify(second)).not.toMatch(/globex/);
  });

  it('changes no row of others, and makes rows of its own scope', async () => {
    const before = await rowsIn(1, 'globex');
    await run(scoped(1).orders);
    expect(await rowsIn(1, 'globex')).toEqual(before);
    const own = await rowsIn(1, 'acme');
    expect(await raw(1).collection('orders').countDocuments()).toBe(before.length + own.length);
  });

  it('gives the same in a transaction', async () => {
    const inTransaction = async (world: 0 | 1): Promise<unknown> =>
      await withTransaction(scoped(world), async (tx) => await answer(run(tx.collections.orders)));
    expect(await inTransaction(1)).toEqual(await inTransaction(0));
  });

  it('is refused before the collection is bound, and sends nothing', async () => {
    const unbound = [shopOf(raw(0)).orders, new SafeCollection(raw(0).collection<Order>('orders'), orderView)];
    for (const orders of unbound) {
      await expect((async () => await run(orders as unknown as Orders))()).rejects.toMatchObject({
        code: 'scope_missing',
        path: 'tenant_id',
      });
    }
    expect(server.sent).toEqual([]);
  });
});

it('has every method of a collection', () => {
  const methods = methodsOfCollection();
  expect(new Set(Object.values(ALL).map(({ method }) => method))).toEqual(new Set(methods));
});

describe('a privileged collection', () => {
  const own = (world: 0 | 1) =>
    new PrivilegedCollection(raw(world).collection<Order>('orders'), orderView, { reason: 'test' });
  const READ = { projection: ['product', 'cost'], sort: { product: 1, cost: 1 } } as const;

  it('reads the rows of its scope only', async () => {
    const read = async (world: 0 | 1): Promise<unknown> => {
      const orders = own(world).scoped({ tenant_id: 'acme' });
      return [
        (await orders.find({}, READ).toArray()).map(({ product }) => product),
        (await orders.findOne({ product: 'only globex' }, READ))?.product,
        await orders.exists({ product: 'only globex' }),
        await orders.countDocuments({}),
        (await orders.distinct('product')).toSorted(),
      ];
    };
    expect(await read(1)).toEqual(await read(0));
  });

  it.each([
    ['find', async (orders) => await orders.find({}, READ).toArray()],
    ['findOne', async (orders) => await orders.findOne({}, READ)],
    ['exists', async (orders) => await orders.exists({})],
    ['countDocuments', async (orders) => await orders.countDocuments({})],
    ['distinct', async (orders) => await orders.distinct('product')],
  ] as readonly (readonly [string, (orders: ReturnType<ReturnType<typeof own>['scoped']>) => Promise<unknown>])[])(
    '%s is refused before it is bound',
    async (_, read) => {
      await expect((async () => await read(own(0) as never))()).rejects.toMatchObject({ code: 'scope_missing' });
      expect(server.sent).toEqual([]);
    },
  );
});
