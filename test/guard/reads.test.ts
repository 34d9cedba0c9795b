import { inspect } from 'node:util';

import { Binary, Code, Collection, DBRef, Db, MongoClient, ObjectId } from 'mongodb';
import { defineView, op, RefusedCallError, SafeCollection, SchemaDriftError, subtree, trusted } from 'safe-collection';
import { describe, expect, it } from 'vitest';

import { twoWorlds, userView, type User, type Users } from '../support/worlds.ts';

const worlds = twoWorlds();
const { sameInBoth, refused, users, raw } = worlds;
const P = { projection: ['username'] } as const;

/** Reads that take a filter, whose result would reveal something. A new method is one line. */
const FILTERED: Record<string, (users: Users, filter: never) => Promise<unknown>> = {
  find: (u, filter) => u.find(filter, P).toArray(),
  findOne: (u, filter) => u.findOne(filter, P),
  exists: (u, filter) => u.exists(filter),
  countDocuments: (u, filter) => u.countDocuments(filter),
  distinct: (u, filter) => u.distinct('username', filter),
};

const REFUSED_FILTERS: readonly (readonly [string, unknown, string])[] = [
  ['a private equality', { password_hash: 'hash-x' }, 'filter_path'],
  ['a private regex', { password_hash: /^h/ }, 'filter_path'],
  ['a private range', { password_hash: op({ $gte: 'h' }) }, 'filter_path'],
  ['private presence', { 'profile.ssn': op({ $exists: true }) }, 'filter_path'],
  ['a private path in nested logic', { $or: [{ $nor: [{ internal_role: 'admin' }] }] }, 'filter_path'],
  ['a whole branch', { profile: { bio: 'x', avatar: 'a' } }, 'filter_path'],
  ['a numeric segment', { 'addresses.0.access_code': '1' }, 'filter_path'],
  ['a private path in $elemMatch', { addresses: op({ $elemMatch: { access_code: '1' } }) }, 'filter_path'],
  ['an untagged operator', { username: { $ne: '' } }, 'filter_operator_untagged'],
  ['$where', { $where: 'this.password_hash' }, 'filter_operator'],
  ['$expr', { $expr: { $eq: ['$password_hash', 'x'] } }, 'filter_operator'],
  ['$jsonSchema', { $jsonSchema: { required: ['password_hash'] } }, 'filter_operator'],
  ['$text', { $text: { $search: 'x' } }, 'filter_operator'],
  ['$comment', { $comment: 'x' }, 'filter_operator'],
  ['an empty $or', { $or: [] }, 'filter_logical'],
  ['an array-like $or', { $or: { 0: {}, length: 1 } }, 'filter_logical'],
  ['a range on a private _id', { _id: op({ $gt: new ObjectId() } as never) }, 'filter_operator'],
  ['a symbol', { username: Symbol('x') }, 'input_invalid'],
  ['a function', { username: () => 'x' }, 'input_invalid'],
  ['undefined', { username: undefined }, 'input_invalid'],
  ['a getter', Object.defineProperty({}, 'username', { get: () => 'ada', enumerable: true }), 'input_invalid'],
  ['a hidden key', Object.defineProperty({}, 'username', { value: 'ada' }), 'input_invalid'],
  ['an inherited key', Object.create({ username: 'ada' }), 'argument_invalid'],
  ['a proxy', new Proxy({ username: 'ada' }, {}), 'argument_invalid'],
  ['a Map', new Map([['username', 'ada']]), 'argument_invalid'],
  ['toBSON', { username: 'ada', toBSON: () => ({}) }, 'input_invalid'],
  ['__proto__', JSON.parse('{"__proto__":{"username":"ada"}}'), 'input_invalid'],
];

describe.each(Object.entries(FILTERED))('%s', (_name, read) => {
  it.each(REFUSED_FILTERS)('refuses %s before anything is sent', async (_what, filter, code) => {
    await expect((async () => await read(users(), filter as never))()).rejects.toBeInstanceOf(RefusedCallError);
    await refused((u) => read(u, filter as never), code === 'argument_invalid' ? 'argument_invalid' : code).catch(
      async (error: unknown) => {
        if (code !== 'argument_invalid') throw error;
        await refused((u) => read(u, filter as never), 'input_invalid');
      },
    );
  });

  it('returns the same in two worlds that differ only in private data', async () => {
    for (const filter of [
      {},
      { username: 'bob' },
      { age: op({ $gte: 21 }) },
      { 'profile.bio': /bio/ },
      { addresses: op({ $elemMatch: { city: 'Paris' } }) },
      { 'addresses.city': op({ $size: 2 }) },
    ]) {
      await sameInBoth((u) => read(u, filter as never));
    }
  });

  it('keeps no value of the server in its errors', async () => {
    const failure = (await sameInBoth((u) => read(u, { username: op({ $regex: '(' }) } as never))) as {
      error: string;
      text: string;
    };
    expect(failure.text).toContain('DatabaseError');
    expect(failure.error).not.toMatch(/127\.0\.0\.1|Regular expression/);
  });
});

describe('a projection', () => {
  const leaky: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['_id: 0 alone', { _id: 0 }],
    ['_id: false alone', { _id: false }],
    ['an exclusion', { username: 0 }],
    ['false', { username: false }],
    ['-0', { username: -0 }],
    ['0n', { username: 0n }],
    ['a field path', { username: '$password_hash' }],
    ['$slice', { 'addresses.city': { $slice: 1 } }],
    ['$elemMatch', { addresses: { $elemMatch: {} } }],
    ['$meta', { k: { $meta: 'sortKey' } }],
    ['a position', { 'addresses.$': 1 }],
    ['a number', { 'addresses.0.city': 1 }],
    ['_id', { username: 1, _id: 1 }],
    ['a private path', { password_hash: 1 }],
    ['a private child', { 'profile.ssn': 1 }],
    ['a collision', { profile: 1, 'profile.bio': 1 }],
    ['an empty array', []],
    ['a private path in an array', ['password_hash']],
    ['an inherited key', Object.create({ username: 1 })],
    ['a string', 'username'],
    ['a forged selection', Object.freeze(Object.create(null))],
  ];
  it.each(leaky)('of %s is refused by every read that returns documents', async (_what, projection) => {
    for (const read of [
      (u: Users) => u.find({}, { projection } as never).toArray(),
      (u: Users) => u.findOne({}, { projection } as never),
    ]) {
      await expect((async () => await read(users()))()).rejects.toBeInstanceOf(RefusedCallError);
    }
  });
  it('gives what the server gives for the same paths, and nothing else', async () => {
    const all = {
      username: 1,
      email: 1,
      joined_at: 1,
      age: 1,
      'profile.bio': 1,
      'profile.avatar': 1,
      'addresses.city': 1,
      _id: 0,
    } as const;
    const stored = await raw()
      .find({}, { projection: all, sort: { username: 1 } })
      .toArray();
    expect(await users().find({}, { projection: userView }).sort({ username: 1 }).toArray()).toEqual(stored);
    expect(await users().findOne({ username: 'ada' }, { projection: ['profile'] })).toEqual({
      profile: { bio: 'bio ada', avatar: 'a.png' },
    });
    expect(userView.pick((await raw().findOne({ username: 'ada' })) as User)).toEqual(stored[0]);
  });
});

describe('orders, options and keys', () => {
  it.each([
    { password_hash: 1 },
    { profile: 1 },
    { $natural: 1 },
    { username: { $meta: 'x' } },
    { 'addresses.0.city': 1 },
    [['password_hash', 1]],
    {},
  ])('refuse the sort %j', async (sort) => {
    await expect((async () => await users().findOne({}, { ...P, sort } as never))()).rejects.toBeInstanceOf(
      RefusedCallError,
    );
    expect(() =>
      users()
        .find({}, P)
        .sort(sort as never),
    ).toThrow(RefusedCallError);
  });
  it.each([
    'raw',
    'returnKey',
    'fields',
    'fieldsAsRaw',
    'showRecordId',
    'hint',
    'min',
    'max',
    'explain',
    'out',
    'dbName',
    'authdb',
    'ignoreUndefined',
    'let',
    'tailable',
    'unheardOf',
  ])('refuse the option %s', async (name) => {
    for (const read of [
      (o: never) => users().findOne({}, o),
      (o: never) => users().find({}, o).toArray(),
      (o: never) => users().countDocuments({}, o),
      (o: never) => users().distinct('username', {}, o),
      (o: never) => users().exists({}, o),
      (o: never) => users().estimatedDocumentCount(o),
    ]) {
      await expect((async () => await read({ ...P, [name]: true } as never))()).rejects.toBeInstanceOf(
        RefusedCallError,
      );
    }
  });
  it.each(['password_hash', 'profile', 'addresses.0.city', '_id', '$where'])('refuse distinct on %s', async (key) => {
    await refused((u) => u.distinct(key as never, {}), 'projection_path');
  });
  it('sort the same in both worlds, in every way a cursor is read', async () => {
    const open = (u: Users) => u.find({}, P).sort({ age: -1 }).skip(1).limit(2).batchSize(1);
    const ways: ((u: Users) => Promise<unknown>)[] = [
      (u) => open(u).toArray(),
      async (u) => {
        const seen: unknown[] = [];
        for await (const each of open(u)) seen.push(each);
        return seen;
      },
      async (u) => {
        const cursor = open(u);
        const seen: unknown[] = [];
        while (await cursor.hasNext()) seen.push(await cursor.next());
        return seen;
      },
      async (u) => {
        const seen: unknown[] = [];
        await open(u).forEach((each) => {
          seen.push(each);
        });
        return seen;
      },
      async (u) => {
        const seen: unknown[] = [];
        for await (const each of open(u).stream()) seen.push(each);
        return seen;
      },
      (u) =>
        open(u)
          .map((each) => ({ username: each.username }))
          .toArray(),
    ];
    for (const way of ways) expect(await sameInBoth(way)).toEqual([{ username: 'cyd' }, { username: 'bob' }]);
  });
});

describe('inputs, marks and handles', () => {
  it('are read once, at the call', async () => {
    const filter = { $or: [{ username: 'ada' }] };
    const projection = { username: 1 as const };
    const cursor = users().find(filter, { projection });
    filter.$or[0] = { password_hash: 'x' } as never;
    Object.assign(projection, { password_hash: 1 });
    expect(await cursor.toArray()).toEqual([{ username: 'ada' }]);
    const names = ['ada'];
    const tagged = op({ $in: names });
    names.push('bob');
    expect(await users().countDocuments({ username: tagged })).toBe(1);
  });
  it('take no forged mark', async () => {
    await refused((u) => u.findOne({}, { ...P, trusted: { ...trusted({ filter: {} }) } } as never), 'trusted_invalid');
    await refused(
      (u) => u.findOne({ username: JSON.parse(JSON.stringify(op({ $ne: 'x' }))) as never }, P),
      'filter_value',
    );
    expect(() => new SafeCollection(raw() as never, { ...userView } as never)).toThrow('defineView');
  });
  it('lead to no handle and show none', () => {
    for (const held of [users(), users().find({}, P), userView]) {
      for (
        let at: object | null = held;
        at !== null && at !== Object.prototype;
        at = Object.getPrototypeOf(at) as object | null
      ) {
        for (const key of Reflect.ownKeys(at)) {
          const value: unknown = Object.getOwnPropertyDescriptor(at, key)?.value;
          expect([Collection, Db, MongoClient].some((type) => value instanceof type)).toBe(false);
        }
      }
      expect(inspect(held, { showHidden: true, depth: 9 })).not.toMatch(/mongodb:\/\/|127\.0\.0\.1/);
    }
    for (const name of ['project', 'clone', 'client', 'rewind', 'explain', 'readBufferedDocuments'])
      expect(name in users().find({}, P)).toBe(false);
    for (const name of ['drop', 'db', 'client', 'dbName', 's', 'rename', 'createIndex', 'listIndexes'])
      expect(name in users()).toBe(false);
  });
  it('send nothing while Object.prototype changes what BSON writes', async () => {
    Reflect.defineProperty(
      Object.prototype,
      'toBSON',
      Object.assign(Object.create(null), { value: () => ({}), configurable: true }),
    );
    try {
      await expect(users().findOne({}, P)).rejects.toMatchObject({ code: 'prototype_polluted' });
    } finally {
      Reflect.deleteProperty(Object.prototype, 'toBSON');
    }
  });
  it('refuse a signal that was aborted with its own reason', async () => {
    const reason = new Error('enough');
    await expect(users().findOne({}, { ...P, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('stored values of another kind', () => {
  const odd = defineView<{ _id: ObjectId; kind: string; leaf: string; free: Record<string, unknown>; bytes: Binary }>()(
    { public: { leaf: 1, free: subtree, bytes: 1 }, filterable: { kind: 1 } },
  );
  it.each([
    ['a subdocument', { secret: 'zebra' }],
    ['subdocuments in an array', [{ secret: 'zebra' }]],
    ['a DBRef', new DBRef('x', new ObjectId())],
    ['Code', new Code('zebra', { secret: 1 })],
  ])('never pass a leaf: %s', async (kind, leaf) => {
    const held = new SafeCollection(raw().db.collection<never>('odd') as never, odd);
    await raw().db.collection('odd').insertOne({ kind, leaf });
    for (const read of [
      () => held.findOne({ kind }, { projection: odd }),
      () => held.find({ kind }, { projection: odd }).toArray(),
      () => held.distinct('leaf', { kind }),
    ]) {
      const error: unknown = await read().catch((thrown: unknown) => thrown);
      if (Array.isArray(leaf) && Array.isArray(error)) continue;
      expect(error).toBeInstanceOf(SchemaDriftError);
      expect(error).toMatchObject({ path: 'leaf' });
      expect(inspect(error) + JSON.stringify(error)).not.toContain('zebra');
    }
  });
  it('hand bytes out in memory of their own', async () => {
    const held = new SafeCollection(raw().db.collection<never>('odd') as never, odd);
    await raw()
      .db.collection('odd')
      .insertOne({ kind: 'bytes', bytes: new Binary(Buffer.from('abc')) });
    const found = await held.findOne({ kind: 'bytes' }, { projection: ['bytes'] });
    expect(found?.bytes.buffer.buffer.byteLength).toBe(3);
  });
});
