import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';
import { Collection, Db, MongoClient } from 'mongodb';
import { op, RefusedCallError, trusted } from 'safe-collection';

import { STAGE_METHODS } from '../../src/grammar/stages.ts';
import { arr, maybe, num, obj, str } from './support/descriptor.ts';
import { expectShape } from './support/expect-shape.ts';
import { testWorld } from './support/test-world.ts';
import { orderView, userView } from './support/views.ts';

const world = await testWorld();
const { orders } = world.safe;
const sent = world.pipelines;

describe('a pipeline that is put together step by step', () => {
  it('has the type and the results of the same pipeline written out', async () => {
    await expectShape(
      orders
        .pipeline()
        .match({ quantity: op({ $gte: 1 }) })
        .sort({ order_date: -1 })
        .lookup({ from: 'users', localField: 'user_id', foreignField: '_id', as: 'buyers' })
        .unwind('$buyers')
        .addFields({ total: { $multiply: ['$quantity', '$price'] } })
        .group({ _id: '$product', revenue: { $sum: '$total' }, names: { $addToSet: '$buyers.username' } })
        .match({ revenue: op({ $gt: 1 }) })
        .sort({ revenue: -1, _id: 1 })
        .limit(3)
        .project({ product: '$_id', revenue: 1, names: 1 })
        .cursor(),
      obj({ product: str, revenue: num, names: arr(str) }),
    );
    const stages = [
      { $match: { product: 'tea' } },
      { $sort: { price: 1, order_date: 1 } },
      { $project: { price: 1, note: 1 } },
    ] as const;
    const built = await orders
      .pipeline()
      .match({ product: 'tea' })
      .sort({ price: 1, order_date: 1 })
      .project({ price: 1, note: 1 })
      .toArray();
    expect(built).toEqual(await orders.aggregate(stages).toArray());
    expect(sent[1]).toEqual(sent[2]);
  });

  it('gives a new pipeline at each step, and leaves the one before as it is', async () => {
    const all = orders.pipeline().match({ product: 'tea' });
    const few = all.limit(1).project({ product: 1 });
    const many = all.project({ product: 1 });
    expect(await few.toArray()).toHaveLength(1);
    expect((await many.toArray()).length).toBeGreaterThan(1);
    expect(await few.toArray()).toHaveLength(1);
    expect(Object.isFrozen(few)).toBe(true);
  });

  it('reads in every way of a cursor, from the start each time', async () => {
    const pipeline = orders.pipeline().sort({ order_date: 1 }).limit(2).project({ product: 1 });
    const all = await pipeline.toArray();
    expect(await pipeline.next()).toEqual(all[0]);
    expect(await pipeline.next()).toEqual(all[0]);
    const looped: unknown[] = [];
    for await (const order of pipeline) looped.push(order);
    const each: unknown[] = [];
    await pipeline.forEach((order) => void each.push(order));
    expect([
      looped,
      each,
      await pipeline
        .cursor()
        .map((order) => order)
        .toArray(),
    ]).toEqual([all, all, all]);
    expect(await orders.pipeline().match({ product: 'none' }).project({ product: 1 }).next()).toBeNull();
  });

  it('takes the options of aggregate()', async () => {
    const demanding = { trusted: trusted({ filter: { cost_center: op({ $exists: true }) } }) };
    const some = await orders.pipeline(demanding).count('n').project({ n: 1 }).next();
    const all = await orders.pipeline().count('n').project({ n: 1 }).next();
    expect(some?.n).toBeLessThan(all?.n as number);
    expect(() => orders.pipeline({ hint: { margin: 1 } } as never)).toThrow(
      expect.objectContaining({ code: 'option_unknown', operation: 'aggregate' }),
    );
  });

  it('can be read only after a step that says what comes out', () => {
    const reads = ['toArray', 'next', 'forEach', 'cursor'];
    const open = [
      orders.pipeline(),
      orders.pipeline().limit(1),
      orders.pipeline().project({ product: 0 }),
      orders.pipeline().project({ product: 1 }).match({ product: 'tea' }),
      orders.pipeline().group({ _id: '$product' }).unwind('$_id').limit(1),
      orders.pipeline().facet({ n: [{ $count: 'n' }], all: [{ $limit: 1 }] }),
    ];
    for (const pipeline of open) {
      for (const name of reads) expect(name in pipeline).toBe(false);
      expect(Symbol.asyncIterator in pipeline).toBe(false);
    }
    const stated = [
      orders.pipeline().project({ product: 1 }),
      orders.pipeline().project({ product: 1 }).sort({ product: 1 }).skip(1).limit(1).sample({ size: 1 }),
      orders.pipeline().group({ _id: '$product' }),
      orders.pipeline().count('n'),
      orders.pipeline().sortByCount('$product'),
      orders.pipeline().bucket({ groupBy: '$quantity', boundaries: [0, 9] }),
      orders.pipeline().bucketAuto({ groupBy: '$quantity', buckets: 2 }),
      orders.pipeline().facet({ n: [{ $count: 'n' }], some: [{ $project: { product: 1 } }, { $limit: 1 }] }),
    ];
    for (const pipeline of stated) for (const name of reads) expect(name in pipeline).toBe(true);
  });

  it.for<readonly [name: string, step: (pipeline: ReturnType<typeof orders.pipeline>) => unknown, code: string]>([
    ['a private filter', (pipeline) => pipeline.match({ margin: 1 }), 'filter_path'],
    ['a private path', (pipeline) => pipeline.limit(1).project({ x: '$cost_center' }), 'pipeline_path'],
    ['a private sort', (pipeline) => pipeline.sort({ internal_notes: 1 }), 'sort_path'],
    ['a path that is gone', (pipeline) => pipeline.unset('product').group({ _id: '$product' }), 'pipeline_path'],
    [
      'a join of a collection that is not registered',
      (pipeline) => pipeline.lookup({ from: 'secrets', localField: 'user_id', foreignField: '_id', as: 'x' }),
      'join_invalid',
    ],
    [
      'a getter',
      (pipeline) =>
        pipeline.match({
          get product() {
            return 'tea';
          },
        }),
      'input_invalid',
    ],
    ['no operand', (pipeline) => pipeline.match(undefined), 'input_invalid'],
    ['$out in a facet', (pipeline) => pipeline.facet({ a: [{ $out: 'x' }] }), 'pipeline_stage'],
  ])('refuses %s at its step, and sends nothing', ([, step, code]) => {
    expect(() => step(orders.pipeline())).toThrow(expect.objectContaining({ code }));
    expect(() => step(orders.pipeline())).toThrow(RefusedCallError);
    expect(world.started).toEqual([]);
  });

  it('does not look at an operand again', async () => {
    const filter: Record<string, unknown> = { product: 'tea' };
    const pipeline = orders
      .pipeline()
      .match(filter as never)
      .project({ product: 1 });
    filter['product'] = 'cup';
    expect(new Set((await pipeline.toArray()).map(({ product }) => product))).toEqual(new Set(['tea']));
  });

  it('has a method for each stage of the grammar', () => {
    const refusal = ((): string => {
      try {
        orders.aggregate([{ $nonsense: 1 }] as never);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    })();
    const stages = [...refusal.replace(/^.*stages are /, '').matchAll(/\$\w+/g)].map(([name]) => name);
    expect(Object.values(STAGE_METHODS).toSorted()).toEqual(stages.toSorted());
    expect(stages.length).toBeGreaterThan(15);
  });

  it('leads to no handle of the driver', () => {
    const reached = new Set<unknown>();
    const walk = (value: unknown): void => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || reached.has(value)) return;
      reached.add(value);
      for (const key of Reflect.ownKeys(value)) walk(Reflect.getOwnPropertyDescriptor(value, key)?.value);
    };
    const pipeline = orders.pipeline().project({ product: 1 });
    walk(pipeline);
    expect(
      [...reached].filter(
        (value) => value instanceof Db || value instanceof Collection || value instanceof MongoClient,
      ),
    ).toEqual([]);
    expect(inspect(pipeline, { depth: 20, showHidden: true })).not.toMatch(/mongodb:\/\/|MongoClient/);
  });
});

describe('findPopulated', () => {
  const BUYER = {
    from: 'users',
    localField: 'user_id',
    foreignField: '_id',
    projection: { username: 1, 'profile.bio': 1 },
    justOne: true,
  } as const;

  it('joins one document to each, in one command, and leaves the field out if none matches', async () => {
    await world.db.collection('orders').insertOne({ product: 'lone', order_date: new Date(0) });
    world.forget();
    await expectShape(
      orders.findPopulated(
        {},
        { projection: ['product', 'note'], populate: { buyer: BUYER }, sort: { order_date: 1 }, limit: 9 },
      ),
      obj({
        product: str,
        note: maybe(str),
        buyer: maybe(obj({ username: str, profile: maybe(obj({ bio: maybe(str) })) })),
      }),
    );
    expect(sent).toHaveLength(1);
    await world.db.collection('orders').deleteOne({ product: 'lone' });
  });

  it('joins many documents to one, filtered, sorted and limited', async () => {
    const bought = {
      from: 'orders',
      localField: '_id',
      foreignField: 'user_id',
      projection: ['product', 'quantity'],
      filter: { quantity: op({ $gt: 1 }) },
      sort: { quantity: -1 },
      limit: 2,
    } as const;
    const find = () =>
      world.safe.users.findPopulated({ username: 'user1' }, { projection: ['username'], populate: { bought } });
    await expectShape(find(), obj({ username: str, bought: arr(obj({ product: str, quantity: num })) }));
    const user = await world.db.collection('users').findOne({ username: 'user1' });
    const raw = await world.db
      .collection('orders')
      .find({ user_id: user?._id, quantity: { $gt: 1 } })
      .sort({ quantity: -1 })
      .limit(2)
      .toArray();
    expect(await find().toArray()).toEqual([
      { username: 'user1', bought: raw.map(({ product, quantity }) => ({ product, quantity })) },
    ]);
  });

  it('joins several fields at once, from private keys that are joinable, and none of the keys comes out', async () => {
    const found = await orders
      .findPopulated(
        { product: 'tea' },
        {
          projection: ['product'],
          populate: {
            buyer: BUYER,
            peers: { from: 'orders', localField: 'product', foreignField: 'product', projection: ['quantity'] },
          },
        },
      )
      .toArray();
    expect(found.length).toBeGreaterThan(0);
    for (const order of found) expect(Object.keys(order).sort()).toEqual(['buyer', 'peers', 'product']);
    expect(JSON.stringify(found)).not.toMatch(/_id|cost_center|api_key|email/);
  });

  it('takes the view itself and a selection as projections', async () => {
    const found = await orders
      .findPopulated(
        { product: 'tea' },
        {
          projection: orderView,
          populate: {
            buyer: {
              from: 'users',
              localField: 'user_id',
              foreignField: '_id',
              projection: userView.select(['email']),
              justOne: true,
            },
          },
          limit: 1,
        },
      )
      .toArray();
    expect(Object.keys(found[0]?.buyer ?? {})).toEqual(['email']);
    expect(found[0]?.product).toBe('tea');
  });

  it.for<readonly [key: string, value: unknown]>([
    ['justOne', true],
    ['justOne', 'x'],
    ['projection', { username: 1 }],
    ['filter', { username: 'nobody' }],
    ['limit', 1],
    ['from', 'orders'],
  ])("takes nothing from '%s' on Object.prototype (%o)", async ([key, value]) => {
    const call = (buyer: object) =>
      orders.findPopulated({ product: 'tea' }, { projection: ['product'], populate: { buyer } } as never).toArray();
    const { justOne: _one, projection: _projection, ...bare } = BUYER;
    Reflect.set(Object.prototype, key, value);
    let found: unknown;
    let refusal: unknown;
    try {
      found = await (async () => await call({ ...bare, projection: ['username'] }))().catch((error: unknown) => error);
      refusal = await (async () => await call(bare))().catch((error: unknown) => error);
    } finally {
      Reflect.deleteProperty(Object.prototype, key);
    }
    expect(found).toMatchObject({ code: 'prototype_polluted', path: key });
    expect(refusal).toMatchObject({ code: 'projection_missing' });
  });

  it.for<readonly [name: string, options: object, code: string]>([
    ['no projection', { populate: { buyer: BUYER } }, 'projection_missing'],
    ['a private field', { projection: ['cost_center'], populate: { buyer: BUYER } }, 'projection_path'],
    [
      'no projection of the joined documents',
      { projection: ['product'], populate: { buyer: { from: 'users', localField: 'user_id', foreignField: '_id' } } },
      'projection_missing',
    ],
    [
      'a private field of the joined documents',
      { projection: ['product'], populate: { buyer: { ...BUYER, projection: { api_key: 1 } } } },
      'projection_path',
    ],
    [
      'a selection of another view',
      { projection: ['product'], populate: { buyer: { ...BUYER, projection: ['product'] } } },
      'projection_path',
    ],
    [
      'an unregistered collection',
      { projection: ['product'], populate: { buyer: { ...BUYER, from: 'secrets' } } },
      'join_invalid',
    ],
    [
      'a name on the prototype',
      { projection: ['product'], populate: { buyer: { ...BUYER, from: 'constructor' } } },
      'join_invalid',
    ],
    [
      'a private local key',
      { projection: ['product'], populate: { buyer: { ...BUYER, localField: 'cost_center' } } },
      'join_invalid',
    ],
    [
      'a private foreign key',
      { projection: ['product'], populate: { buyer: { ...BUYER, foreignField: 'api_key' } } },
      'join_invalid',
    ],
    ['a taken name', { projection: ['product'], populate: { product: BUYER } }, 'join_invalid'],
    [
      'a name in a branch of another key',
      { projection: ['product'], populate: { 'ship.driver': BUYER } },
      'join_invalid',
    ],
    [
      'a private filter inside',
      { projection: ['product'], populate: { buyer: { ...BUYER, filter: { api_key: 'k' } } } },
      'filter_path',
    ],
    [
      'a plain operator inside',
      { projection: ['product'], populate: { buyer: { ...BUYER, filter: { username: { $ne: null } } } } },
      'filter_operator_untagged',
    ],
    [
      'a private sort inside',
      { projection: ['product'], populate: { buyer: { ...BUYER, sort: { internal_role: 1 } } } },
      'sort_path',
    ],
    ['a pipeline inside', { projection: ['product'], populate: { buyer: { ...BUYER, pipeline: [] } } }, 'option_value'],
    ['let', { projection: ['product'], populate: { buyer: { ...BUYER, let: {} } } }, 'option_value'],
    ['justOne: 1', { projection: ['product'], populate: { buyer: { ...BUYER, justOne: 1 } } }, 'option_value'],
    ['nothing to populate', { projection: ['product'] }, 'input_invalid'],
    ['a private sort', { projection: ['product'], populate: { buyer: BUYER }, sort: { margin: 1 } }, 'sort_path'],
    ['limit 0', { projection: ['product'], populate: { buyer: BUYER }, limit: 0 }, 'option_value'],
    ['hint', { projection: ['product'], populate: { buyer: BUYER }, hint: 'x' }, 'option_unknown'],
  ])('refuses %s, and sends nothing', ([, options, code]) => {
    world.forget();
    expect(() => orders.findPopulated({}, options as never)).toThrow(
      expect.objectContaining({ code, operation: 'findPopulated' }),
    );
    expect(() =>
      world.orders.findPopulated({}, { projection: ['product'], populate: { buyer: BUYER } } as never),
    ).toThrow(expect.objectContaining({ code: 'join_invalid' }));
    expect(world.started).toEqual([]);
  });
});
