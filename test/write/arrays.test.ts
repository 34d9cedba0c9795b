import { BSONRegExp, Decimal128, Long } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, subtree, trusted } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS } from './support/update-calls.ts';

const shopView = defineView<Record<string, unknown>>()({
  name: 'shops',
  public: {
    name: 1,
    count: 1,
    at: 1,
    tags: 1,
    either: 1,
    grid: 1,
    'profile.bio': 1,
    'items.sku': 1,
    'items.n': 1,
    'items.codes': 1,
    bag: subtree,
  },
  writable: {
    name: 1,
    count: 1,
    at: 1,
    tags: 1,
    either: 1,
    grid: 1,
    'profile.bio': 1,
    'items.sku': 1,
    'items.n': 1,
    'items.codes': 1,
    bag: subtree,
  },
  filterable: { ranks: 1 },
  arrays: { tags: 1, either: [0, 1], grid: 2, items: 1, 'items.codes': 1 },
} as never) as never;

const server = testServer();
const raw = () => server.db.collection('shops');
let shops: Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  shops = loose(new SafeCollection(raw(), shopView));
  server.forget();
});

async function refused(call: () => Promise<unknown>, path: string): Promise<void> {
  await expect((async () => await call())()).rejects.toMatchObject({
    name: 'RefusedCallError',
    code: expect.stringMatching(/^write_(value|path|operator)$/) as string,
    path,
  });
  expect(server.sent).toEqual([]);
}

/** Values that a path does not take, as fields of a document, with the path. */
const WRONG: readonly (readonly [path: string, fields: object])[] = [
  ['name', { name: ['mallory', 'ada'] }],
  ['name', { name: [] }],
  ['name', { name: [['x']] }],
  ['name', { name: [null] }],
  ['tags', { tags: 'x' }],
  ['tags', { tags: [['x']] }],
  ['tags', { tags: ['x', []] }],
  ['tags', { tags: { a: 'x' } }],
  ['either', { either: [['x']] }],
  ['grid', { grid: [1] }],
  ['grid', { grid: 1 }],
  ['grid', { grid: [[[1]]] }],
  ['grid', { grid: [[1], 2] }],
  ['profile', { profile: [{ bio: 'x' }] }],
  ['profile.bio', { profile: { bio: ['x'] } }],
  ['items', { items: { sku: 'x' } }],
  ['items.sku', { items: [{ sku: ['x'] }] }],
  ['items.codes', { items: [{ codes: 1 }] }],
  ['items.codes', { items: [{ codes: [[1]] }] }],
];

/** Values of the right kind. */
const RIGHT: readonly object[] = [
  { name: 'x', tags: [], either: 'x', grid: [] },
  { name: null, tags: null, either: null, grid: null },
  { tags: ['x', null], either: ['x'], grid: [[1], [], null] },
  { profile: { bio: 'x' }, items: [{ sku: 'x', codes: [1] }, { codes: [] }, { codes: null }] },
  { bag: [[[[['x']]]]] },
  { bag: { any: [[{ deep: [1] }]] } },
];

const INSERTS: Readonly<Record<string, (users: Loose, fields: object) => Promise<unknown>>> = {
  insertOne: (users, fields) => users.insertOne(fields),
  insertMany: (users, fields) => users.insertMany([{ name: 'first' }, fields]),
  bulkWrite: (users, fields) => users.bulkWrite([{ insertOne: { document: fields } }]),
  'a bulk': (users, fields) => users.initializeOrderedBulkOp().insert(fields).execute(),
  'insertOne, trusted': (users, fields) => users.insertOne({}, { trusted: trusted({ set: fields }) }),
  'insertMany, trusted': (users, fields) => users.insertMany([{}], { trusted: trusted({ set: [fields] }) }),
  'bulkWrite, trusted': (users, fields) =>
    users.bulkWrite([{ insertOne: { document: {}, trusted: trusted({ set: fields }) } }]),
  'a bulk, trusted': (users, fields) =>
    users
      .initializeUnorderedBulkOp()
      .insert({}, { trusted: trusted({ set: fields }) })
      .execute(),
};

describe.each(Object.entries(INSERTS))('%s', (_, insert) => {
  it.each(WRONG)('refuses at %s a value of another kind: %j', (path, fields) =>
    refused(() => insert(shops, fields), path),
  );

  it.each(RIGHT.map((fields) => [fields]))('takes %j, which reads give back', async (fields) => {
    await insert(shops, fields);
    await expect(shops.find({}, { projection: shopView }).toArray()).resolves.toContainEqual(
      expect.objectContaining(fields),
    );
  });
});

/** A condition that each document meets, and that no upsert copies. */
const ALL = { count: op({ $ne: -1 }) };

/** `findOneAndUpdate` returns a document of this view. */
const projectionFor = (name: string) => (name.startsWith('findOneAndUpdate') ? { projection: ['name'] } : {});

/** The ways to send an update: of a caller, and of the program. */
const CALLS = [
  ...Object.entries(UPDATE_CALLS).map(
    ([name, call]) => [name, (update: object) => call(shops, ALL, update, projectionFor(name))] as const,
  ),
  ['updateOne, trusted', (update: object) => shops.updateOne({}, {}, { trusted: trusted({ update }) })] as const,
  [
    'bulkWrite, trusted',
    (update: object) => shops.bulkWrite([{ updateOne: { filter: {}, update: {}, trusted: trusted({ update }) } }]),
  ] as const,
];

describe.each(CALLS)('%s', (_, call) => {
  const leaves = WRONG.filter(([, fields]) => ['name', 'tags', 'either', 'grid'].some((path) => path in fields));

  it.each(leaves)(
    'refuses at %s what is no value of its kind, by $set and by $setOnInsert: %j',
    async (path, fields) => {
      await refused(() => call({ $set: fields }), path);
      await refused(() => call({ $setOnInsert: fields }), path);
    },
  );

  it.each<readonly [string, string, object]>([
    ['$set below a leaf that is deeper', 'profile.bio', { $set: { 'profile.bio': ['x'] } }],
    ['$set of an element', 'tags', { $set: { 'tags.$[]': ['x'] } }],
    ['$set of a row', 'grid', { $set: { 'grid.$[]': 1 } }],
    ['$set of an element of a row', 'grid', { $set: { 'grid.$[].$[]': [1] } }],
    ['$set of a field of an element', 'items.codes', { $set: { 'items.$[].codes': 1 } }],
    ['$push of an array', 'tags', { $push: { tags: ['x'] } }],
    ['$push of a scalar as a row', 'grid', { $push: { grid: 1 } }],
    ['$push of a row with a row', 'grid', { $push: { grid: [[1]] } }],
    ['$push of arrays by $each', 'tags', { $push: { tags: op({ $each: ['x', ['y']] }) } }],
    ['$push of an element with an array at its leaf', 'items.sku', { $push: { items: { sku: ['x'] } } }],
    ['$addToSet of an array', 'tags', { $addToSet: { tags: ['x'] } }],
    ['$addToSet by $each', 'tags', { $addToSet: { tags: op({ $each: [['x']] }) } }],
    ['$push at a scalar', 'name', { $push: { name: 'x' } }],
    ['$addToSet at a scalar', 'name', { $addToSet: { name: 'x' } }],
    ['$pull at a scalar', 'name', { $pull: { name: 'x' } }],
    ['$not in $pull', 'tags', { $pull: { tags: op({ $not: op({ $in: ['x'] }) }) } }],
    ['$pop at a scalar', 'name', { $pop: { name: 1 } }],
    ['$push at the elements of an array', 'tags.$[]', { $push: { 'tags.$[]': 'x' } }],
    ['$push below a plain branch', 'profile.bio', { $push: { 'profile.bio': 'x' } }],
    ['$inc at an array', 'tags', { $inc: { tags: 1 } }],
    ['$mul at an array', 'tags', { $mul: { tags: 1 } }],
    ['$min at an array', 'tags', { $min: { tags: 'x' } }],
    ['$max at an array', 'grid', { $max: { grid: 1 } }],
    ['$max at a row', 'grid.$[]', { $max: { 'grid.$[]': 1 } }],
    ['$currentDate at an array', 'tags', { $currentDate: { tags: true } }],
    ['a position at a scalar', 'name.$[]', { $set: { 'name.$[]': 'x' } }],
    ['a position too many', 'tags.$[].$[]', { $set: { 'tags.$[].$[]': 'x' } }],
    ['a position at a plain branch', 'profile.$[].bio', { $set: { 'profile.$[].bio': 'x' } }],
    ['a path through an array', 'items.sku', { $set: { 'items.sku': 'x' } }],
    ['$unset through an array', 'items.sku', { $unset: { 'items.sku': 1 } }],
    ['$inc through an array', 'items.n', { $inc: { 'items.n': 1 } }],
    ['$push through an array', 'items.codes', { $push: { 'items.codes': 1 } }],
    ['$setOnInsert through an array', 'items.sku', { $setOnInsert: { 'items.sku': 'x' } }],
  ])('refuses %s', (_name, path, update) => refused(() => call(update), path));

  it.each<readonly [string, object, object]>([
    ['$set of an array', { $set: { tags: ['z'] } }, { tags: ['z'] }],
    ['$set of a single value where both are allowed', { $set: { either: 'z' } }, { either: 'z' }],
    ['$set of null', { $set: { tags: null, name: null } }, { tags: null, name: null }],
    ['$set of elements', { $set: { 'tags.$[]': 'z' } }, { tags: ['z', 'z'] }],
    ['$set of rows', { $set: { 'grid.$[]': [7] } }, { grid: [[7], [7]] }],
    ['$set in rows', { $set: { 'grid.$[].$[]': 7 } }, { grid: [[7, 7], [7]] }],
    ['$inc in rows', { $inc: { 'grid.$[].$[]': 1 } }, { grid: [[2, 3], [4]] }],
    ['$push', { $push: { tags: 'z' } }, { tags: ['x', 'y', 'z'] }],
    ['$push of a row', { $push: { grid: [4] } }, { grid: [[1, 2], [3], [4]] }],
    [
      '$push into rows',
      { $push: { 'grid.$[]': 4 } },
      {
        grid: [
          [1, 2, 4],
          [3, 4],
        ],
      },
    ],
    [
      '$push of an element',
      { $push: { items: { sku: 'z', codes: [] } } },
      {
        items: [
          { sku: 'a', n: 1 },
          { sku: 'z', codes: [] },
        ],
      },
    ],
    ['$push below elements', { $push: { 'items.$[].codes': 1 } }, { items: [{ sku: 'a', n: 1, codes: [1] }] }],
    ['$pop', { $pop: { tags: 1 } }, { tags: ['x'] }],
    ['$pull', { $pull: { tags: 'x' } }, { tags: ['y'] }],
    ['below a subtree, anything', { $set: { 'bag.list': [[1]] } }, { bag: { list: [[1]] } }],
  ])('takes %s', async (_name, update, expected) => {
    await raw().insertOne({ name: 'a', tags: ['x', 'y'], grid: [[1, 2], [3]], items: [{ sku: 'a', n: 1 }] });
    await call(update);
    await expect(raw().findOne({})).resolves.toMatchObject(expected);
    await expect(shops.findOne({}, { projection: shopView })).resolves.toMatchObject(expected);
  });
});

describe('what only the program writes', () => {
  const set = async (update: object) => await shops.updateOne({}, {}, { trusted: trusted({ update }) });

  it.each<readonly [string, object, string]>([
    ['an object at a leaf', { $set: { name: { first: 'x' } } }, 'name'],
    ['a path below a leaf', { $set: { 'name.first': 'x' } }, 'name.first'],
    ['an array at a leaf that is only filterable', { $set: { ranks: [1] } }, 'ranks'],
    ['a whole branch with an array in it', { $set: { profile: { bio: ['x'] } } }, 'profile.bio'],
    ['a whole array of elements with one', { $set: { items: [{ sku: ['x'] }] } }, 'items.sku'],
    ['an array for a branch', { $set: { profile: [] } }, 'profile'],
    ['an object for an array', { $set: { items: {} } }, 'items'],
  ])('is refused if the view names the path: %s', (_, update, path) => refused(() => set(update), path));

  it('is allowed if the view does not', async () => {
    await raw().insertOne({ name: 'a' });
    await set({
      $set: {
        secret: [[[[['x']]]]],
        profile: { bio: 'x', ssn: ['1', ['2']] },
        ranks: { by: 'age' },
        'other.deep': [1],
      },
    });
    await expect(raw().findOne({})).resolves.toMatchObject({
      secret: [[[[['x']]]]],
      profile: { ssn: ['1', ['2']] },
      ranks: { by: 'age' },
    });
    await expect(shops.findOne({}, { projection: shopView })).resolves.toMatchObject({
      name: 'a',
      profile: { bio: 'x' },
    });
  });
});

describe('a default', () => {
  const withDefault = (defaults: object) =>
    loose(
      new SafeCollection(
        raw(),
        defineView<Record<string, unknown>>()({
          public: { name: 1, tags: 1 },
          writable: { name: 1 },
          arrays: { tags: 1 },
          defaults,
        } as never) as never,
      ),
    );

  it.each<readonly [string, object, string]>([
    ['an array at a scalar', { name: ['x'] }, 'name'],
    ['a scalar at an array', { tags: () => 'x' }, 'tags'],
    ['too deep an array', { tags: () => [['x']] }, 'tags'],
  ])('is checked against the view too: %s', async (_, defaults, path) => {
    await refused(() => withDefault(defaults).insertOne({}), path);
    await refused(
      () =>
        withDefault(defaults).updateOne(
          { tags: op({ $size: 9 }) },
          {},
          { upsert: true, trusted: trusted({ update: { $set: { other: 1 } } }) },
        ),
      path,
    );
    await refused(() => withDefault(defaults).bulkWrite([{ insertOne: { document: {} } }]), path);
  });
});

describe.each(Object.entries(UPDATE_CALLS))('%s that may make a document', (method, call) => {
  const upsert = (filter: object, update: object = { $set: { name: 'n' } }, options: object = {}) =>
    call(shops, filter, update, { ...projectionFor(method), ...options, upsert: true });

  it.each<readonly [string, object, string]>([
    ['an equality at an array', { tags: 'x' }, 'tags'],
    ['$eq', { tags: op({ $eq: 'x' }) }, 'tags'],
    ['$in of one', { tags: op({ $in: ['x'] }) }, 'tags'],
    ['$in of the same twice', { tags: op({ $in: ['x', 'x'] }) }, 'tags'],
    ['$in of equal numbers', { tags: op({ $in: [1, Long.fromNumber(1), Decimal128.fromString('1.0')] }) }, 'tags'],
    ['$in of the same twice in $or', { $and: [{ $or: [{ tags: op({ $in: ['x', 'x'] }) }] }] }, 'tags'],
    ['$in of the same twice through an array', { 'items.sku': op({ $in: ['x', 'x'] }) }, 'items.sku'],
    ['$all of one', { tags: op({ $all: ['x'] }) }, 'tags'],
    ['an equality in $and', { $and: [{ $or: [{ tags: 'x' }] }] }, 'tags'],
    ['an equality through an array', { 'items.sku': 'x' }, 'items.sku'],
    ['null through an array', { 'items.sku': null }, 'items.sku'],
  ])('refuses %s', (_name, filter, path) => refused(() => upsert(filter), path));

  it.each<readonly [string, object, string]>([
    ['equal in it', { tags: op({ $in: ['x', 'X'] }) }, 'tags'],
    ['equal in it, in $and', { $and: [{ 'items.sku': op({ $in: ['x', 'X', 'x'] }) }] }, 'items.sku'],
  ])('refuses $in of strings that a collation may hold equal: %s', (_name, filter, path) =>
    refused(() => upsert(filter, undefined, { collation: { locale: 'en', strength: 1 } }), path),
  );

  it("refuses them in the program's filter", () =>
    refused(() => upsert(ALL, { $set: { name: 'n' } }, { trusted: trusted({ filter: { tags: 'x' } }) }), 'tags'));
  it("refuses the program's condition below a leaf", () =>
    refused(
      () => upsert(ALL, { $set: { count: 1 } }, { trusted: trusted({ filter: { 'name.first': 'x' } }) }),
      'name.first',
    ));

  it.each<readonly [string, object, object]>([
    ['null at an array', { tags: null }, { $set: { name: 'n' } }],
    ['a pattern', { tags: new BSONRegExp('x') }, { $set: { name: 'n' } }],
    ['$in of two', { tags: op({ $in: ['x', 'y'] }) }, { $set: { name: 'n' } }],
    ['$in of two numbers', { tags: op({ $in: [1, Long.fromNumber(2)] }) }, { $set: { name: 'n' } }],
    ['$in of a pattern and the same twice', { tags: op({ $in: [/x/, 'x', 'x'] }) }, { $set: { name: 'n' } }],
    ['$in of null twice', { tags: op({ $in: [null, null] }) }, { $set: { name: 'n' } }],
    ['$in of the same twice in $elemMatch', { tags: op({ $elemMatch: { $in: ['x', 'x'] } }) }, { $set: { name: 'n' } }],
    ['$not of it', { tags: op({ $not: op({ $in: ['x', 'x'] }) }) }, { $set: { name: 'n' } }],
    ['$nor of it', { $nor: [{ tags: op({ $in: ['x', 'x'] }) }] }, { $set: { name: 'n' } }],
    ['it at a path that the update sets', { tags: op({ $in: ['x', 'x'] }) }, { $set: { name: 'n', tags: ['x'] } }],
    ['it where both are allowed', { either: op({ $in: ['x', 'x'] }) }, { $set: { name: 'n' } }],
    ['$elemMatch', { items: op({ $elemMatch: { sku: 'x' } }) }, { $set: { name: 'n' } }],
    ['an equality that the update sets', { tags: 'x' }, { $set: { name: 'n' }, $setOnInsert: { tags: ['x'] } }],
    ['an equality where both are allowed', { either: 'x' }, { $set: { name: 'n' } }],
  ])('takes %s, and makes what reads take', async (_name, filter, update) => {
    await upsert(filter, update);
    await expect(shops.find({}, { projection: shopView }).toArray()).resolves.toEqual([
      expect.objectContaining({ name: 'n' }),
    ]);
  });
});
