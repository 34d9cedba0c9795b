import { beforeAll, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';

import { testWorld } from './support/test-world.ts';
import type { Order } from './support/views.ts';

const world = await testWorld();
const sent = world.pipelines;

beforeAll(async () => {
  await world.db.collection('orders').createIndex({ order_date: 1 });
});

function stagesOf(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(stagesOf);
  if (typeof plan !== 'object' || plan === null) return [];
  const { stage } = plan as { stage?: unknown };
  return [
    ...(typeof stage === 'string' ? [stage] : []),
    ...Object.keys(plan).filter((key) => key.startsWith('$')),
    ...Object.values(plan).flatMap(stagesOf),
  ];
}

describe('the head of a pipeline runs above the view', () => {
  it('lets an index serve sort and limit, with no sort in memory', async () => {
    await world.orders
      .aggregate([{ $sort: { order_date: -1 } }, { $limit: 3 }, { $project: { product: 1, order_date: 1 } }])
      .toArray();
    const [pipeline] = sent;
    const plan = await world.db.collection('orders').aggregate(pipeline).explain('queryPlanner');
    const stages = stagesOf(plan['stages'] ?? plan['queryPlanner']);
    expect(stages).toContain('IXSCAN');
    expect(stages).not.toContain('SORT');
    expect(stages).not.toContain('$sort');
    expect(stages).not.toContain('COLLSCAN');
  });

  it('sends leading stages first, then the view, then the rest', async () => {
    await world.orders
      .aggregate([
        { $match: { product: 'tea' } },
        { $skip: 1 },
        { $addFields: { x: 1 } },
        { $match: { x: 1 } },
        { $limit: 2 },
        { $project: { x: 1 } },
      ])
      .toArray();
    const names = sent[0]?.map((stage) => Object.keys(stage)[0]);
    expect(names).toEqual(['$match', '$skip', '$project', '$addFields', '$match', '$limit', '$project']);
  });

  it('sends no stage that repeats the view', async () => {
    const names = async (...stages: readonly object[]): Promise<unknown> => {
      world.forget();
      await world.orders.aggregate(stages as never).toArray();
      return sent[0]?.map((stage) => Object.keys(stage)[0]);
    };
    expect(await names({ $project: { product: 1, quantity: 1 } })).toEqual(['$project']);
    expect(await names({ $project: { product: 1 } }, { $limit: 2 })).toEqual(['$project', '$limit']);
    expect(await names({ $limit: 2 }, { $project: { product: 1 } }, { $project: { product: 1 } })).toEqual([
      '$limit',
      '$project',
      '$project',
    ]);
    expect(await names({ $project: { name: '$product' } })).toEqual(['$project', '$addFields', '$project']);
    expect(await names({ $project: { product: 1, name: '$product' } })).toEqual(['$project', '$addFields', '$project']);
  });

  it('sends of the view what the stages need, and all of it for a whole document', async () => {
    const viewOf = async (...stages: readonly object[]): Promise<unknown> => {
      world.forget();
      await world.orders.aggregate(stages as never).toArray();
      return sent[0]?.find((stage) => Object.hasOwn(stage, '$project'))?.['$project'];
    };
    expect(
      await viewOf(
        { $sort: { order_date: 1 } },
        { $group: { _id: '$product', sold: { $sum: '$items.n' } } },
        { $project: { sold: 1 } },
      ),
    ).toEqual({ product: 1, 'items.n': 1, _id: 0 });
    expect(await viewOf({ $match: { note: 'note 1' } }, { $project: { ship: 1, x: '$price' } })).toEqual({
      price: 1,
      'ship.city': 1,
      'ship.zip': 1,
      _id: 0,
    });
    expect(await viewOf({ $addFields: { all: '$$ROOT' } }, { $project: { all: 1 } })).toEqual({
      user_id: 1,
      product: 1,
      quantity: 1,
      price: 1,
      order_date: 1,
      note: 1,
      tags: 1,
      'ship.city': 1,
      'ship.zip': 1,
      'items.sku': 1,
      'items.n': 1,
      _id: 0,
    });
  });

  it('never sends a view of no field, which the server would read as one of all', async () => {
    await world.orders.aggregate([{ $count: 'n' }, { $project: { n: 1 } }]).toArray();
    await world.orders.aggregate([{ $project: { x: { $literal: 1 } } }]).toArray();
    for (const pipeline of sent) expect(Object.values(pipeline[0]?.['$project'] as object)).toContain(1);
    expect(sent).toHaveLength(2);
  });

  it('lets an index serve a filter, and a join by a key that is not public', async () => {
    await world.db.collection('users').createIndex({ username: 1 });
    await world.db.collection('orders').createIndex({ user_id: 1 });
    await world.safe.users
      .aggregate([
        { $match: { username: 'user1' } },
        { $lookup: { from: 'orders', localField: '_id', foreignField: 'user_id', as: 'bought' } },
        { $project: { username: 1, 'bought.product': 1 } },
      ])
      .toArray();
    const explained = await world.db.collection('users').aggregate(sent[0]).explain('executionStats');
    expect(stagesOf(explained)).toContain('IXSCAN');
    expect(stagesOf(explained)).not.toContain('COLLSCAN');
    expect(JSON.stringify(explained)).toContain('"indexName":"username_1"');
    expect(JSON.stringify(explained)).toContain('user_id_1');
  });

  it('filters there by paths that are filterable but not public: _id, exactly', async () => {
    const one = await world.db.collection('orders').findOne({}, { projection: { _id: 1, product: 1 } });
    const found = await world.orders
      .aggregate([{ $match: { _id: op({ $in: [one?._id as never] }) } }, { $project: { product: 1 } }])
      .toArray();
    expect(found).toEqual([{ product: one?.['product'] }]);
    expect(() =>
      world.orders.aggregate([
        { $match: { _id: op({ $gt: one?._id as never }) } },
        { $project: { product: 1 } },
      ] as never),
    ).toThrow(expect.objectContaining({ code: 'filter_operator' }));
  });

  it("ANDs the program's own filter before all stages", async () => {
    const all = await world.orders.aggregate([{ $count: 'n' }, { $project: { n: 1 } }]).toArray();
    const some = await world.orders
      .aggregate([{ $count: 'n' }, { $project: { n: 1 } }], {
        trusted: trusted({ filter: { cost_center: op({ $exists: true }) } }),
      })
      .toArray();
    expect(some[0]?.n).toBeLessThan(all[0]?.n as number);
    expect(Object.keys(sent[1]?.[0] ?? {})).toEqual(['$match']);
  });

  it('keeps a view to what it takes away: a public path that is not filterable or sortable', () => {
    const view = defineView<Order>()({
      public: { product: 1, price: 1, note: 1 },
      filterable: { price: 0 },
      sortable: { price: 0 },
    });
    const orders = new SafeCollection(world.db.collection<Order>('orders'), view);
    const end = { $project: { product: 1 } };
    for (const before of [[], [{ $addFields: { x: 1 } }], [{ $set: { copy: '$price' } }]]) {
      const path = before.length > 0 && Object.hasOwn(before[0] as object, '$set') ? 'copy' : 'price';
      expect(() => orders.aggregate([...before, { $match: { [path]: 5 } }, end] as never)).toThrow(
        expect.objectContaining({ code: 'filter_path' }),
      );
      expect(() => orders.aggregate([...before, { $sort: { [path]: 1 } }, end] as never)).toThrow(
        expect.objectContaining({ code: 'sort_path' }),
      );
    }
  });
});
