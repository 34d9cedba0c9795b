import { ObjectId } from 'mongodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defineView, SafeCollection } from 'safe-collection';

import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';
import { READS, WRITES } from './support/calls.ts';
import { answer } from './support/answer.ts';
import { rowsOf, shopOf, type Order } from './support/shop.ts';

/*
 * A collection may compare strings loosely by default: with strength 1, 'acme' equals 'ACME'. The scope is compared byte by byte
 * nevertheless.
 */

const server = testServer();
const LOOSE = { locale: 'en', strength: 1 } as const;
const OTHER = rowsOf('ACME', 5).orders;

beforeAll(async () => {
  for (const name of ['orders', 'buyers']) await server.db.createCollection(name, { collation: LOOSE });
});
beforeEach(async () => {
  await server.db.collection('orders').deleteMany({});
  await server.db.collection('buyers').deleteMany({});
  await server.db.collection<Order>('orders').insertMany(OTHER);
  await server.db.collection('buyers').insertMany(rowsOf('ACME', 1).buyers);
  server.forget();
});

it.each(Object.entries({ ...READS, ...WRITES }))(
  '%s gives the same as if ACME had no rows, and changes none',
  async (_, { run }) => {
    const nobody = server.client.db(`${server.db.databaseName}_empty`);
    await nobody.dropDatabase();
    const alone = await answer(run(shopOf(nobody).scoped({ tenant_id: 'acme' }).orders));
    expect(await answer(run(shopOf(server.db).scoped({ tenant_id: 'acme' }).orders))).toEqual(alone);
    const others = await server.db
      .collection('orders')
      .find({})
      .sort({ _id: 1 })
      .collation({ locale: 'simple' })
      .toArray();
    expect(others.filter(({ tenant_id }) => tenant_id === 'ACME')).toEqual(OTHER);
  },
);

describe("a caller's collation", () => {
  const orders = (): Loose => loose(shopOf(server.db).scoped({ tenant_id: 'acme' }).orders);
  const collation = LOOSE;
  it.each<readonly [string, (held: Loose) => unknown]>([
    ['find', (held) => held.find({}, { projection: ['product'], collation }).toArray()],
    ['countDocuments', (held) => held.countDocuments({}, { collation })],
    ['distinct', (held) => held.distinct('product', {}, { collation })],
    ['aggregate', (held) => held.aggregate([{ $project: { product: 1 } }], { collation }).toArray()],
    ['updateOne', (held) => held.updateOne({}, { $set: { status: 'x' } }, { collation })],
    ['bulkWrite', (held) => held.bulkWrite([{ deleteOne: { filter: {}, collation } }])],
    ['a built bulk', (held) => held.initializeOrderedBulkOp().find({}).collation(collation)],
  ])('of %s is refused where the scope is a string', async (_, call) => {
    await expect((async () => await call(orders()))()).rejects.toMatchObject({
      code: 'option_value',
      path: 'collation',
    });
    expect(server.sent).toEqual([]);
  });

  it('works with shared rows, which are not compared with the scope', async () => {
    await server.db.collection('products').insertOne({ name: 'TEA', price: 1 });
    const { products } = shopOf(server.db).scoped({ tenant_id: 'acme' });
    expect(await products.countDocuments({ name: 'tea' }, { collation })).toBe(1);
    await expect(
      (async () => await products.aggregate([{ $project: { name: 1 } }], { collation }).toArray())(),
    ).rejects.toMatchObject({ code: 'option_value' });
  });

  it('works where the scope is no string, and `simple` everywhere', async () => {
    const view = defineView<{ org: ObjectId; name: string }>()({ public: { name: 1 }, scope: { org: 1 } });
    const org = new ObjectId();
    await server.db.collection('rows').insertOne({ org, name: 'ADA' });
    const rows = new SafeCollection(server.db.collection<{ org: ObjectId; name: string }>('rows'), view).scoped({
      org,
    });
    expect(await rows.countDocuments({ name: 'ada' }, { collation: LOOSE })).toBe(1);
    expect(await orders().countDocuments({}, { collation: { locale: 'simple' } })).toBe(0);
  });
});
