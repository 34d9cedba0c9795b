import { beforeAll, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, SchemaDriftError } from 'safe-collection';
import { Code, DBRef, Decimal128, Int32, Long, ObjectId } from 'mongodb';

import { testWorld } from './support/test-world.ts';
import { id } from './support/world.ts';

const world = await testWorld();

beforeAll(async () => {
  const orders = world.db.collection('orders');
  await orders.deleteMany({});
  await orders.insertOne({
    product: { name: 'tea', secret: 'private' },
    tags: ['a', { secret: 'private' }],
    note: new DBRef('users', new ObjectId()),
    ship: { city: { secret: 'private' } },
  });
});

/** A subdocument that is stored at a leaf of the view. */
describe('what drifted never comes out of a pipeline', () => {
  it.for<readonly [name: string, pipeline: readonly object[]]>([
    ['a leaf', [{ $project: { product: 1 } }]],
    ['a leaf of a branch', [{ $project: { ship: 1 } }]],
    ['an array', [{ $project: { tags: 1 } }]],
    ['a DBRef', [{ $project: { note: 1 } }]],
    ['a copy', [{ $project: { x: '$product' } }]],
    ['a path', [{ $project: { x: '$ship.city' } }]],
    ['a group', [{ $group: { _id: '$product' } }, { $project: { _id: 1 } }]],
    ['an accumulator', [{ $group: { _id: null, x: { $push: '$product' } } }, { $project: { x: 1 } }]],
    ['a document of a field', [{ $group: { _id: null, x: { $push: { p: '$product' } } } }, { $project: { x: 1 } }]],
    ['an element', [{ $project: { x: { $arrayElemAt: ['$tags', 1] } } }]],
    ['an unwound element', [{ $unwind: '$tags' }, { $project: { tags: 1 } }]],
    ['a choice', [{ $project: { x: { $ifNull: ['$product', '-'] } } }]],
    ['a failed conversion', [{ $project: { x: { $convert: { input: '$product', to: 'int', onError: '$product' } } } }]],
    ['a set', [{ $project: { x: { $setUnion: ['$tags', []] } } }]],
    ['the values of a document', [{ $project: { x: { $objectToArray: { p: '$product' } } } }]],
    ['the whole document', [{ $project: { x: '$$ROOT' } }]],
    ['a facet', [{ $facet: { a: [{ $project: { product: 1 } }] } }, { $project: { a: 1 } }]],
    ['a window', [{ $setWindowFields: { output: { x: { $first: '$product' } } } }, { $project: { x: 1 } }]],
  ])('%s', async ([, pipeline]) => {
    const orders = world.orders as unknown as SafeCollection<never, never>;
    const read = orders.aggregate(pipeline as never).toArray();
    await expect(read).rejects.toThrow(SchemaDriftError);
    await expect(read).rejects.not.toThrow(/private/);
  });

  it.for<readonly [name: string, expression: unknown]>([
    ['$ifNull beside a document', { $ifNull: ['$product', { secret: 'x' }] }],
    ['$cond beside a document', { $cond: [true, '$product', { secret: 'x' }] }],
    [
      '$switch beside a document',
      { $switch: { branches: [{ case: true, then: '$product' }], default: { secret: 'x' } } },
    ],
    ['$concatArrays beside documents', { $concatArrays: ['$tags', [{ secret: 'x' }]] }],
    ['$setUnion beside documents', { $setUnion: ['$tags', [{ secret: 'x' }]] }],
    ['$max beside a document', { $max: ['$product', { secret: 'x' }] }],
    ['$reduce beside a document', { $reduce: { input: ['$product'], initialValue: { secret: 'x' }, in: '$$this' } }],
    ['an array with a document', ['$product', { secret: 'x' }]],
    ['$zip', { $zip: { inputs: [['$product'], [{ secret: 'x' }]] } }],
    ['$$ROOT beside its parts', { $ifNull: ['$ship.city', '$$ROOT', { secret: 'x' }] }],
  ])('%s does not pass it as that document', async ([, expression]) => {
    const orders = world.orders as unknown as SafeCollection<never, never>;
    const read = orders.aggregate([{ $project: { x: expression } }] as never).toArray();
    await expect(read).rejects.toThrow(SchemaDriftError);
    await expect(read).rejects.not.toThrow(/private/);
  });

  it.for<readonly [name: string, expression: unknown]>([
    [
      'a field of what $let binds',
      { $let: { vars: { a: { $ifNull: ['$product', { secret: 'x' }] } }, in: '$$a.secret' } },
    ],
    ['$getField of it', { $getField: { field: 'secret', input: { $ifNull: ['$product', { secret: 'x' }] } } }],
    ['$mergeObjects of it', { $mergeObjects: [{ $ifNull: ['$product', { secret: 'x' }] }] }],
    ['$objectToArray of it', { $objectToArray: { $ifNull: ['$product', { secret: 'x' }] } }],
    ['$map over it', { $map: { input: [{ $ifNull: ['$product', { secret: 'x' }] }], in: '$$this.secret' } }],
  ])('%s does not open it', async ([, expression]) => {
    const orders = world.orders as unknown as SafeCollection<never, never>;
    const read: Promise<unknown> = orders.aggregate([{ $project: { x: expression } }] as never).toArray();
    expect(JSON.stringify(await read.catch((error: unknown) => [String(error), error]))).not.toMatch(/private/);
  });

  it.for<readonly [name: string, expression: unknown]>([
    ['$mergeObjects', { $mergeObjects: ['$product', {}] }],
    ['$objectToArray', { $objectToArray: '$product' }],
    ['$getField', { $getField: { field: 'secret', input: '$product' } }],
    ['$map', { $map: { input: '$tags', in: '$$this.secret' } }],
  ])('%s does not open it', ([, expression]) => {
    expect(() => world.orders.aggregate([{ $project: { x: expression } }] as never)).toThrow(
      expect.objectContaining({ name: 'RefusedCallError' }),
    );
  });

  it('$replaceRoot does not make it the document', () => {
    expect(() =>
      world.orders.aggregate([{ $replaceRoot: { newRoot: '$product' } }, { $project: { secret: 1 } }] as never),
    ).toThrow(expect.objectContaining({ code: 'pipeline_value' }));
  });
});

/** Orders whose drifted values differ, and nothing else. */
const ONE = [
  {
    product: { a: 1 },
    tags: [{ s: 'a' }],
    ship: { city: { s: 1 } },
    items: [{ sku: { s: 1 }, n: 1 }],
    note: [[[{ s: 1 }]]],
    quantity: 1,
  },
  {
    product: { a: 2 },
    tags: [{ s: 'b' }],
    ship: { city: { s: 2 } },
    items: [{ sku: { s: 2 }, n: 2 }],
    note: [[[{ s: 2 }]]],
    quantity: 2,
  },
  {
    product: { a: 2 },
    tags: [{ s: 'b' }],
    ship: { city: { s: 2 } },
    items: [{ sku: { s: 2 }, n: 3 }],
    note: [[[{ s: 2 }]]],
    quantity: 3,
  },
];
const OTHER = [
  {
    product: { a: 9, b: 'longer' },
    tags: [{ s: 'b' }],
    ship: { city: new Code('f', { s: 3 }) },
    items: [{ sku: { z: 4 }, n: 1 }],
    note: [[[{ z: 1 }]]],
    quantity: 1,
  },
  {
    product: { a: 1 },
    tags: [{ s: 'a' }],
    ship: { city: { s: 1 } },
    items: [{ sku: { s: 1 }, n: 2 }],
    note: [[[{ s: 1 }]]],
    quantity: 2,
  },
  {
    product: { a: 5 },
    tags: [{ z: 'a', y: 2 }],
    ship: { city: { s: 7 } },
    items: [{ sku: { s: 0 }, n: 3 }],
    note: [[[{ s: 0, t: 1 }]]],
    quantity: 3,
  },
];

describe('drifted values reveal nothing after the view', () => {
  const N = { $project: { n: 1 } };
  const asking = (expression: unknown): readonly object[] => [{ $project: { n: expression } }];
  it.for<readonly [name: string, pipeline: readonly object[]]>([
    ['equality', asking({ $eq: ['$product', { a: 1 }] })],
    ['a range', asking({ $gt: ['$product', { a: 4 }] })],
    ['a comparison with a literal', asking({ $cmp: ['$product', { $literal: { a: 2 } }] })],
    ['a comparison with another leaf', asking({ $eq: ['$product', '$ship.city'] })],
    ['membership', asking({ $in: [{ s: 'a' }, '$tags'] })],
    ['the place in an array', asking({ $indexOfArray: ['$tags', { s: 'b' }] })],
    ['sets', asking({ $size: { $setIntersection: ['$tags', [{ s: 'a' }]] } })],
    ['equality of sets', asking({ $setEquals: ['$tags', [{ s: 'a' }]] })],
    ['a leaf of a branch', asking({ $gt: ['$ship.city', { s: 1 }] })],
    ['a whole branch', asking({ $gt: ['$ship', { city: { s: 1 } }] })],
    ['the whole document', asking({ $gt: ['$$ROOT', { product: { a: 1 } }] })],
    ['the whole document, by a path', asking({ $gt: ['$$CURRENT.product', { a: 1 }] })],
    ['a leaf in an array of documents', asking({ $in: [{ s: 1 }, '$items.sku'] })],
    ['the documents of an array', asking({ $map: { input: '$items', in: { $gt: ['$$this.sku', { s: 1 }] } } })],
    ['arrays in arrays', asking({ $gt: ['$note', [[[{ s: 1 }]]]] })],
    ['$let', asking({ $let: { vars: { a: '$$ROOT' }, in: { $gt: ['$$a.product', { a: 1 }] } } })],
    ['$getField', asking({ $gt: [{ $getField: 'product' }, { a: 1 }] })],
    ['$objectToArray', asking({ $eq: [{ $objectToArray: { p: '$product' } }, [{ k: 'p', v: { a: 1 } }]] })],
    ['$type', asking({ $type: '$product' })],
    ['its text', asking({ $convert: { input: '$product', to: 'string', onError: 'no' } })],
    ['a group', [{ $group: { _id: '$product', n: { $sum: 1 } } }, { $sort: { n: 1 } }, N]],
    ['a group by an expression', [{ $group: { _id: { p: '$ship' }, n: { $sum: 1 } } }, { $sort: { n: 1 } }, N]],
    ['$sortByCount', [{ $sortByCount: '$product' }, { $project: { count: 1 } }]],
    ['$bucketAuto', [{ $bucketAuto: { groupBy: '$product', buckets: 3 } }, { $project: { count: 1 } }]],
    ['$addToSet', [{ $group: { _id: null, all: { $addToSet: '$product' } } }, { $project: { n: { $size: '$all' } } }]],
    ['$max', [{ $group: { _id: null, top: { $max: '$product' } } }, { $project: { n: { $gt: ['$top', { a: 4 }] } } }]],
    ['$top', [{ $group: { _id: null, n: { $top: { sortBy: { product: 1, quantity: 1 }, output: '$quantity' } } } }, N]],
    ['a window', [{ $setWindowFields: { sortBy: { product: 1 }, output: { n: { $rank: {} } } } }, N]],
    [
      'partitions',
      [{ $setWindowFields: { partitionBy: '$product', output: { n: { $count: {} } } } }, { $sort: { quantity: 1 } }, N],
    ],
    ['a sort', [{ $addFields: { x: 1 } }, { $sort: { product: 1, quantity: 1 } }, { $project: { quantity: 1 } }]],
    [
      'a sort of a leaf in a branch',
      [{ $addFields: { x: 1 } }, { $sort: { 'ship.city': 1, quantity: 1 } }, { $project: { quantity: 1 } }],
    ],
    [
      '$sortArray',
      asking({ $map: { input: { $sortArray: { input: '$items', sortBy: { sku: 1 } } }, in: '$$this.n' } }),
    ],
    ['a filter by type', [{ $addFields: { x: 1 } }, { $match: { product: op({ $gte: '' }) } }, { $count: 'n' }, N]],
    ['an unwound array', [{ $unwind: '$tags' }, { $group: { _id: '$tags', n: { $sum: 1 } } }, { $sort: { n: 1 } }, N]],
    [
      'a facet',
      [
        { $facet: { a: [{ $project: { product: 1 } }], b: [{ $limit: 2 }] } },
        { $project: { n: { $gt: ['$a', [{ product: { a: 1 } }]] }, m: { $gt: ['$b', '$a'] } } },
      ],
    ],
    [
      'an unwound facet',
      [
        { $facet: { a: [{ $limit: 3 }] } },
        { $unwind: '$a' },
        { $group: { _id: '$a.product', n: { $sum: 1 } } },
        { $sort: { n: 1 } },
        N,
      ],
    ],
    ['a renamed document', [{ $project: { all: '$$ROOT' } }, { $project: { n: { $gt: ['$all.product', { a: 1 }] } } }]],
    [
      'a join',
      [
        { $lookup: { from: 'orders', localField: '_id', foreignField: '_id', as: 'same' } },
        { $project: { n: { $in: [{ a: 1 }, '$same.product'] } } },
      ],
    ],
    [
      'a whole join',
      [
        { $lookup: { from: 'orders', localField: '_id', foreignField: '_id', as: 'same' } },
        { $project: { n: { $gt: ['$same', [{ product: { a: 1 } }]] } } },
      ],
    ],
    ['$expr', [{ $match: { $expr: { $gt: ['$product', { a: 1 }] } } }, { $count: 'n' }, N]],
    [
      'a variable of a join',
      [
        {
          $lookup: {
            from: 'orders',
            localField: 'quantity',
            foreignField: 'quantity',
            as: 'same',
            let: { mine: '$product' },
            pipeline: [{ $match: { $expr: { $gt: ['$$mine', { a: 1 }] } } }],
          },
        },
        { $project: { n: { $size: '$same' } } },
      ],
    ],
    [
      'a foreign field beside a variable',
      [
        {
          $lookup: {
            from: 'orders',
            localField: 'quantity',
            foreignField: 'quantity',
            as: 'same',
            let: { mine: { a: 1 } },
            pipeline: [{ $match: { $expr: { $gt: ['$product', '$$mine'] } } }],
          },
        },
        { $project: { n: { $size: '$same' } } },
      ],
    ],
    [
      'the pipeline of a join',
      [
        {
          $lookup: {
            from: 'orders',
            localField: '_id',
            foreignField: '_id',
            as: 'same',
            pipeline: [{ $project: { g: { $gt: ['$product', { a: 1 }] } } }],
          },
        },
        { $project: { n: '$same.g' } },
      ],
    ],
    [
      'what the pipeline of a join passes on',
      [
        {
          $lookup: {
            from: 'orders',
            localField: '_id',
            foreignField: '_id',
            as: 'same',
            pipeline: [{ $project: { product: 1 } }],
          },
        },
        { $project: { n: { $in: [{ a: 1 }, '$same.product'] } } },
      ],
    ],
    [
      'a facet in a join',
      [
        {
          $lookup: {
            from: 'orders',
            localField: '_id',
            foreignField: '_id',
            as: 'same',
            pipeline: [{ $facet: { a: [{ $limit: 1 }] } }],
          },
        },
        { $project: { n: { $gt: ['$same', [{ a: [{ product: { a: 1 } }] }]] } } },
      ],
    ],
    [
      'an unwound join',
      [
        { $lookup: { from: 'orders', localField: '_id', foreignField: '_id', as: 'same' } },
        { $unwind: '$same' },
        { $group: { _id: '$same.product', n: { $sum: 1 } } },
        { $sort: { n: 1 } },
        N,
      ],
    ],
    [
      'a join in a facet',
      [
        {
          $facet: {
            a: [{ $lookup: { from: 'orders', localField: 'quantity', foreignField: 'quantity', as: 'same' } }],
          },
        },
        { $project: { n: { $gt: ['$a.same', [[{ product: { a: 1 } }]]] } } },
      ],
    ],
    [
      'a join by it',
      [
        { $addFields: { x: 1 } },
        { $lookup: { from: 'orders', localField: 'product', foreignField: 'ship.city', as: 'same' } },
        { $project: { n: { $size: '$same' } } },
      ],
    ],
  ])('%s', async ([, pipeline]) => {
    const outcomes: string[] = [];
    for (const stored of [ONE, OTHER]) {
      const orders = world.db.collection('orders');
      await orders.deleteMany({});
      await orders.insertMany(stored.map((order, n) => ({ _id: id('order', n), ...order })));
      const found: Promise<unknown> = world.safe.orders.aggregate(pipeline as never).toArray();
      outcomes.push(JSON.stringify(await found.catch((error: unknown) => error)));
    }
    expect(outcomes[1]).toBe(outcomes[0]);
    expect(outcomes[0]).not.toMatch(/refused|RefusedCall/);
  });

  it('and what did not drift is as it was stored: scalars of every type, and arrays of arrays of them', async () => {
    const stored = {
      product: 'tea',
      quantity: new Long('9007199254740993'),
      price: Decimal128.fromString('1.5'),
      order_date: new Date(5),
      note: /a/i,
      user_id: id('user', 7),
      tags: [[['a', null], [new Int32(3)]], []],
      ship: { city: null, driver: 'd' },
      items: [{ sku: true, n: Buffer.from('x') }, {}],
    };
    const orders = world.db.collection('orders');
    await orders.deleteMany({});
    await orders.insertOne({ _id: id('order', 0), ...stored });
    const paths = {
      user_id: 1,
      product: 1,
      quantity: 1,
      price: 1,
      order_date: 1,
      note: 1,
      tags: 1,
      'ship.city': 1,
      'items.sku': 1,
      'items.n': 1,
    };
    const view = defineView<Record<string, never>>()({ public: paths, arrays: { tags: 3, items: 1 } } as never);
    const loose = new SafeCollection(orders, view as never) as unknown as SafeCollection<never, never>;
    const read = (pipeline: readonly object[]): Promise<unknown[]> => loose.aggregate(pipeline as never).toArray();
    const kept = [
      {
        $project: { product: 1, quantity: 1, price: 1, order_date: 1, note: 1, user_id: 1, tags: 1, ship: 1, items: 1 },
      },
    ];
    expect(await read([{ $project: { all: '$$ROOT' } }])).toEqual((await read(kept)).map((all) => ({ all })));
  });
});
