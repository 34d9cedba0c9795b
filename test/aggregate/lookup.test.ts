import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';
import { Collection, Db, MongoClient, type Document } from 'mongodb';
import { createSafeDb, defineView, op, SafeCollection, withTransaction, type CollectionOf } from 'safe-collection';

import { arr, maybe, num, obj, str } from './support/descriptor.ts';
import { expectShape } from './support/expect-shape.ts';
import { testWorld } from './support/test-world.ts';
import { orderView, userView, type Order, type User } from './support/views.ts';

const world = await testWorld();
const { users, orders } = world.safe;
const sent = world.pipelines;

const JOIN = { from: 'users', localField: 'user_id', foreignField: '_id', as: 'buyers' } as const;
const END = { $project: { buyers: 1 } } as const;

describe('a join goes through registered views', () => {
  it('gives the foreign public documents, by a key that is not public', async () => {
    await expectShape(
      orders.aggregate([{ $lookup: JOIN }, { $project: { product: 1, 'buyers.username': 1, 'buyers.profile': 1 } }]),
      obj({ product: str, buyers: arr(obj({ username: str, profile: maybe(obj({ bio: maybe(str), avatar: str })) })) }),
    );
  });

  it('joins from a local key that is not public, above the view', async () => {
    const cursor = users.aggregate([
      { $match: { username: op({ $regex: '^user' }) } },
      { $lookup: { from: 'orders', localField: '_id', foreignField: 'user_id', as: 'orders' } },
      { $project: { username: 1, orders: 1 } },
    ]);
    const found = await cursor.toArray();
    expect(found.some(({ orders: bought }) => bought.length > 0)).toBe(true);
    expect(found.flatMap((user) => user.orders).flatMap(Object.keys)).not.toContain('cost_center');
    expect(sent[0]?.map((stage) => Object.keys(stage)[0])).toEqual(['$match', '$lookup', '$project']);
  });

  it('begins its pipeline with the foreign view, and hoists its filters above it', async () => {
    await expectShape(
      orders.aggregate([
        {
          $lookup: {
            ...JOIN,
            pipeline: [
              { $match: { username: 'user1' } },
              { $addFields: { mail: { $toUpper: '$email' } } },
              { $project: { mail: 1 } },
            ],
          },
        },
        { $project: { product: 1, buyers: 1 } },
      ]),
      obj({ product: str, buyers: arr(obj({ mail: str })) }),
    );
    const lookup: { pipeline: Document[] } | undefined = sent[0]?.[0]?.['$lookup'];
    const pipeline = lookup?.pipeline ?? [];
    expect(pipeline.map((stage) => Object.keys(stage)[0])).toEqual([
      '$match',
      '$project',
      '$addFields',
      '$addFields',
      '$project',
    ]);
    expect(pipeline[1]?.['$project']).toEqual({ email: 1, _id: 0 });
  });

  it('summarizes orders by user in one command', async () => {
    await expectShape(
      users.aggregate([
        { $lookup: { from: 'orders', localField: '_id', foreignField: 'user_id', as: 'orders' } },
        {
          $project: {
            username: 1,
            count: { $size: '$orders' },
            spent: { $sum: { $map: { input: '$orders', in: { $multiply: ['$$this.quantity', '$$this.price'] } } } },
          },
        },
      ]),
      obj({ username: str, count: num, spent: num }),
    );
    expect(sent).toHaveLength(1);
  });

  it('joins a group by its key, and in $facet', async () => {
    await expectShape(
      orders.aggregate([
        { $group: { _id: '$user_id', sold: { $sum: '$quantity' } } },
        { $lookup: { from: 'users', localField: '_id', foreignField: '_id', as: 'buyers' } },
        { $unwind: '$buyers' },
        { $project: { sold: 1, name: '$buyers.username' } },
      ]),
      obj({ sold: num, name: str }),
    );
    await expectShape(
      orders.aggregate([
        {
          $facet: {
            joined: [{ $lookup: { ...JOIN, pipeline: [{ $project: { username: 1 } }] } }, { $project: { buyers: 1 } }],
          },
        },
        { $project: { joined: 1 } },
      ]),
      obj({ joined: arr(obj({ buyers: arr(obj({ username: str })) })) }),
    );
  });

  it('joins inside a join', async () => {
    await expectShape(
      users.aggregate([
        {
          $lookup: {
            from: 'orders',
            localField: '_id',
            foreignField: 'user_id',
            as: 'orders',
            pipeline: [{ $lookup: JOIN }, { $project: { product: 1, names: '$buyers.username' } }],
          },
        },
        { $project: { username: 1, orders: 1 } },
      ]),
      obj({ username: str, orders: arr(obj({ product: str, names: arr(str) })) }),
    );
  });

  it('joins in a transaction too', async () => {
    await withTransaction(world.client, async (tx) => {
      const found = await tx
        .bind(orders)
        .aggregate([{ $lookup: JOIN }, { $project: { product: 1, buyers: 1 } }])
        .toArray();
      expect(found.length).toBeGreaterThan(0);
    });
  });

  it('is a collection like any other to a function that takes one', async () => {
    const count = (collection: CollectionOf<typeof userView>): Promise<number> => collection.countDocuments({});
    expect(await count(users)).toBeGreaterThan(0);
  });
});

describe('a refused join sends nothing', () => {
  it.for<readonly [name: string, stages: readonly object[], code: string]>([
    ['a collection that has no view', [{ $lookup: { ...JOIN, from: 'secrets' } }, END], 'join_invalid'],
    ['a name on the prototype', [{ $lookup: { ...JOIN, from: 'constructor' } }, END], 'join_invalid'],
    ['another database', [{ $lookup: { ...JOIN, from: { db: 'admin', coll: 'users' } } }, END], 'join_invalid'],
    ['a private local key', [{ $lookup: { ...JOIN, localField: 'cost_center' } }, END], 'join_invalid'],
    ['a branch as a local key', [{ $lookup: { ...JOIN, localField: 'ship' } }, END], 'join_invalid'],
    ['a local key that is gone', [{ $group: { _id: '$product' } }, { $lookup: JOIN }, END], 'join_invalid'],
    [
      'a private local key below the view',
      [{ $addFields: { x: 1 } }, { $lookup: { ...JOIN, localField: '_id' } }, END],
      'join_invalid',
    ],
    ['a private foreign key', [{ $lookup: { ...JOIN, foreignField: 'api_key' } }, END], 'join_invalid'],
    ['a numeric foreign key', [{ $lookup: { ...JOIN, foreignField: 'addresses.0.city' } }, END], 'join_invalid'],
    ['a private variable', [{ $lookup: { ...JOIN, let: { a: '$cost_center' } } }, END], 'pipeline_path'],
    [
      'variables and a private local key',
      [{ $lookup: { ...JOIN, localField: '_id', let: { a: '$product' } } }, END],
      'join_invalid',
    ],
    ['variables that are no object', [{ $lookup: { ...JOIN, let: ['$product'] } }, END], 'pipeline_value'],
    [
      'a variable named like a system variable',
      [{ $lookup: { ...JOIN, let: { ROOT: '$product' } } }, END],
      'pipeline_value',
    ],
    [
      'a private foreign field in $expr',
      [
        {
          $lookup: {
            ...JOIN,
            let: { a: '$product' },
            pipeline: [{ $match: { $expr: { $eq: ['$password_hash', '$$a'] } } }],
          },
        },
        END,
      ],
      'pipeline_path',
    ],
    [
      'a variable outside of $expr',
      [{ $lookup: { ...JOIN, let: { a: '$product' }, pipeline: [{ $project: { x: '$$a' } }] } }, END],
      'pipeline_expression',
    ],
    [
      'a variable after its join',
      [{ $lookup: { ...JOIN, let: { a: '$product' } } }, { $match: { $expr: { $eq: ['$$a', 1] } } }, END],
      'pipeline_expression',
    ],
    [
      'a variable of an outer join',
      [
        {
          $lookup: {
            ...JOIN,
            let: { a: '$product' },
            pipeline: [
              {
                $lookup: {
                  from: 'orders',
                  localField: 'email',
                  foreignField: 'product',
                  as: 'bought',
                  pipeline: [{ $match: { $expr: { $eq: ['$product', '$$a'] } } }],
                },
              },
            ],
          },
        },
        END,
      ],
      'pipeline_expression',
    ],
    ['no keys', [{ $lookup: { from: 'users', as: 'buyers', pipeline: [] } }, END], 'pipeline_value'],
    ['a taken name', [{ $lookup: { ...JOIN, as: 'product' } }, END], 'join_invalid'],
    ['the name of a branch', [{ $lookup: { ...JOIN, as: 'ship' } }, END], 'join_invalid'],
    ['_id as a name', [{ $lookup: { ...JOIN, as: '_id' } }, END], 'join_invalid'],
    ['a dotted name', [{ $lookup: { ...JOIN, as: 'ship.driver' } }, END], 'pipeline_value'],
    ['a private foreign field', [{ $lookup: JOIN }, { $project: { 'buyers.password_hash': 1 } }], 'pipeline_path'],
    [
      'a private foreign field in an expression',
      [{ $lookup: JOIN }, { $project: { x: '$buyers.api_key' } }],
      'pipeline_path',
    ],
    [
      'a private foreign filter',
      [{ $lookup: { ...JOIN, pipeline: [{ $match: { password_hash: 'x' } }] } }, END],
      'filter_path',
    ],
    [
      'a private foreign sort',
      [{ $lookup: { ...JOIN, pipeline: [{ $sort: { internal_role: 1 } }] } }, END],
      'sort_path',
    ],
    [
      'a private foreign path',
      [{ $lookup: { ...JOIN, pipeline: [{ $project: { x: '$password_hash' } }] } }, END],
      'pipeline_path',
    ],
    [
      'a forbidden stage in its pipeline',
      [{ $lookup: { ...JOIN, pipeline: [{ $unionWith: 'secrets' }] } }, END],
      'pipeline_stage',
    ],
    [
      'a join in its pipeline that is not registered',
      [{ $lookup: { ...JOIN, pipeline: [{ $lookup: { ...JOIN, from: 'secrets' } }] } }, END],
      'join_invalid',
    ],
    [
      'a local filter by what was joined and is private',
      [{ $lookup: JOIN }, { $match: { 'buyers.api_key': 'k' } }, END],
      'filter_path',
    ],
  ])('%s', ([, stages, code]) => {
    expect(() => orders.aggregate(stages as never)).toThrow(expect.objectContaining({ code }));
    expect(world.started).toEqual([]);
  });

  it('by a public key that the view takes away, above and below the view', () => {
    const view = defineView<Order>()({ public: { product: 1, user_id: 1 }, joinable: { user_id: 0 } });
    const safe = createSafeDb(world.db, { orders: view, users: userView });
    for (const before of [[], [{ $addFields: { x: 1 } }]]) {
      expect(() => safe.orders.aggregate([...before, { $lookup: JOIN }, END] as never)).toThrow(
        expect.objectContaining({ code: 'join_invalid' }),
      );
    }
  });

  it('is allowed by filterable paths and refused by others, unless `joinable` says otherwise', async () => {
    const keys = {
      filterable: { email: 0, age: 0, api_key: 1, internal_role: 1 },
      joinable: { age: 1, internal_role: 0 },
    } as const;
    const view = defineView<User>()({ public: { username: 1, email: 1, age: 1 }, ...keys });
    const safe = createSafeDb(world.db, { users: view, orders: orderView });
    const allowed = ['_id', 'username', 'age', 'api_key'];
    for (const key of [...allowed, 'email', 'internal_role']) {
      for (const operand of [
        { localField: key, foreignField: '_id' },
        { localField: 'username', foreignField: key },
      ]) {
        const stages = [{ $lookup: { from: 'users', as: 'same', ...operand } }, { $project: { same: 1 } }];
        const populate = { same: { from: 'users', projection: ['username'], ...operand } };
        const calls = [
          () => safe.users.aggregate(stages as never).toArray(),
          () =>
            safe.users
              .pipeline()
              .lookup(stages[0]?.$lookup as never)
              .project({ same: 1 } as never)
              .toArray(),
          () => safe.users.findPopulated({}, { projection: ['username'], populate } as never).toArray(),
        ];
        for (const call of calls) {
          if (allowed.includes(key)) await expect(call()).resolves.toBeDefined();
          else expect(call).toThrow(expect.objectContaining({ code: 'join_invalid', path: key }));
        }
      }
    }
  });

  it('by a private key that the view declares joinable it is allowed, and the key stays in', async () => {
    const view = defineView<User>()({ public: { username: 1 }, joinable: { api_key: 1 } });
    const safe = createSafeDb(world.db, { users: view, orders: orderView });
    const found = await safe.users
      .aggregate([
        { $lookup: { from: 'users', localField: 'api_key', foreignField: 'api_key', as: 'same' } },
        { $project: { username: 1, same: 1 } },
      ])
      .toArray();
    expect(found.flatMap((user) => Object.keys(user))).not.toContain('api_key');
    expect(found.flatMap(({ same }) => same).flatMap(Object.keys)).not.toContain('api_key');
  });
});

describe('a SafeDb', () => {
  it('leads to no handle of the driver', () => {
    const reached = new Set<unknown>();
    const walk = (value: unknown): void => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || reached.has(value)) return;
      reached.add(value);
      for (const key of Reflect.ownKeys(value)) walk(Reflect.getOwnPropertyDescriptor(value, key)?.value);
      const prototype: unknown = Object.getPrototypeOf(value);
      if (prototype !== Object.prototype && prototype !== Function.prototype) walk(prototype);
    };
    const cursor = world.safe.orders.aggregate([{ $project: { product: 1 } }]);
    walk(world.safe);
    walk(cursor);
    expect(
      [...reached].filter(
        (value) => value instanceof Db || value instanceof Collection || value instanceof MongoClient,
      ),
    ).toEqual([]);
    expect(inspect([world.safe, cursor], { depth: 20, showHidden: true })).not.toMatch(/mongodb:\/\/|MongoClient/);
    expect(Object.isFrozen(world.safe)).toBe(true);
  });

  it('refuses a value that is not a view or not a database', () => {
    expect(() => createSafeDb(world.db, { users: {} as never })).toThrow(
      expect.objectContaining({ code: 'view_invalid' }),
    );
    expect(() => createSafeDb({ collection: () => ({}) } as never, { users: userView })).toThrow(
      expect.objectContaining({ code: 'argument_invalid' }),
    );
  });

  it('hands the registry to no other collection', () => {
    const collection = world.db.collection<Order>('orders');
    expect(() => new SafeCollection(collection, orderView, { joins: new Map() } as never)).toThrow(
      expect.objectContaining({ code: 'option_unknown' }),
    );
    expect(() => new SafeCollection(collection, orderView).aggregate([{ $lookup: JOIN }, END] as never)).toThrow(
      expect.objectContaining({ code: 'join_invalid' }),
    );
  });
});
