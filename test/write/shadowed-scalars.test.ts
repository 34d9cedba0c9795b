import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';

/** The calls below that the compiler would refuse. */
type Reads = Readonly<
  Record<'findOne' | 'exists' | 'countDocuments' | 'deleteOne', (...args: readonly unknown[]) => Promise<unknown>>
> & {
  find(...args: readonly unknown[]): { toArray(): Promise<unknown> };
  distinct(...args: readonly unknown[]): Promise<unknown>;
  aggregate(...args: readonly unknown[]): { toArray(): Promise<unknown> };
};

const server = testServer();
const raw = () => server.db.collection<User>('shadowed');
const users = () => loose(new SafeCollection(raw(), userView));
const reads = () => new SafeCollection(raw(), userView) as unknown as Reads;
const privileged = () => new PrivilegedCollection(raw(), userView, { reason: 'test' }) as unknown as Reads;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({ username: 'ada', tags: ['a'], api_key: 'abc', internal_role: 'user' } as never);
  server.forget();
});

/** A value that the driver treats as a pattern and writes character by character, including zero bytes, so that the rest becomes another field. */
function notText(written: string): object {
  return {
    length: written.length,
    charCodeAt: (at: number) => written.charCodeAt(at),
    includes: () => false,
    indexOf: () => -1,
    match: () => null,
  };
}

/** A RegExp in whose pattern a further field is written: `api_key: /^a/`. */
function shadowed(): RegExp {
  return Object.defineProperty(/x/, 'source', { value: notText('a\0\0\x0bapi_key\0^a') });
}

const OTHERS: Readonly<Record<string, () => unknown>> = {
  'a RegExp whose flags are no text': () =>
    Object.defineProperty(/x/, 'flags', { value: { toString: () => 'i', replace: () => notText('i\0') } }),
  'a RegExp of a subclass whose source is no text': () =>
    new (class extends RegExp {
      override get source() {
        return notText('a') as never;
      }
    })('x'),
  'bytes whose length is shadowed': () => Object.defineProperty(new Uint8Array(8), 'length', { value: 2 }),
  'a BSON class whose value can not be read': () =>
    new (class {
      readonly _bsontype: string;
      constructor() {
        this._bsontype = 'Int32';
      }
    })(),
};

/** An object that has to become a number to be written, and does something else then. */
const hostile = { valueOf: () => 0, toString: () => '0', [Symbol.toPrimitive]: () => 0 };

/** An instance of a BSON class with something else in one of its fields. */
function withField(value: object, field: string, inner: unknown = hostile): object {
  return Object.defineProperty(value, field, { value: inner, writable: true, enumerable: true, configurable: true });
}

const INNER: Readonly<Record<string, () => unknown>> = {
  'Binary.sub_type': () => withField(new Binary(Buffer.from('a')), 'sub_type'),
  'Binary.sub_type out of range': () => withField(new Binary(Buffer.from('a')), 'sub_type', 256),
  'Binary.position': () => withField(new Binary(Buffer.from('a')), 'position'),
  'Binary.position beyond its bytes': () => withField(new Binary(Buffer.from('a')), 'position', 2),
  'Binary.buffer': () =>
    withField(new Binary(Buffer.from('a')), 'buffer', { length: 1, subarray: () => Buffer.from('a') }),
  'UUID.sub_type': () => withField(new UUID(), 'sub_type'),
  'Long.high': () => withField(new Long(1, 1), 'high'),
  'Long.low': () => withField(new Long(1, 1), 'low', 1.5),
  'Long.unsigned': () => withField(new Long(1, 1), 'unsigned'),
  'Timestamp.high': () => withField(new Timestamp(1n), 'high'),
  'Timestamp.low': () => withField(new Timestamp(1n), 'low', 2 ** 40),
  'Int32.value': () => withField(new Int32(1), 'value'),
  'Int32.value out of range': () => withField(new Int32(1), 'value', 2 ** 31),
  'Double.value': () => withField(new Double(1), 'value'),
  'Decimal128.bytes': () => withField(Decimal128.fromString('1'), 'bytes', { length: 16, byteLength: 16 }),
  'Decimal128.bytes, too few': () => withField(Decimal128.fromString('1'), 'bytes', Buffer.alloc(15)),
  'ObjectId.id': () => withField(new ObjectId(), 'id', { length: 12, byteLength: 12 }),
  'ObjectId.id, too many': () => withField(new ObjectId(), 'id', Buffer.alloc(13)),
  'BSONRegExp.pattern': () => withField(new BSONRegExp('a', ''), 'pattern', notText('a')),
  'BSONRegExp.options': () => withField(new BSONRegExp('a', ''), 'options', notText('i')),
};

const P = { projection: ['username'] } as const;
const CALLS: Readonly<Record<string, (value: unknown) => unknown>> = {
  'find()': (value) => reads().find({ username: value }, P).toArray(),
  'findOne()': (value) => reads().findOne({ username: value }, P),
  'exists()': (value) => reads().exists({ username: value }),
  'countDocuments() in $or': (value) => reads().countDocuments({ $or: [{ username: value }] }),
  'distinct()': (value) => reads().distinct('username', { username: value }),
  'aggregate()': (value) =>
    reads()
      .aggregate([{ $match: { username: value } }, { $project: { username: 1 } }])
      .toArray(),
  'op()': (value) => reads().findOne({ username: op({ $in: [value] } as never) }, P),
  'op({ $regex })': (value) => reads().findOne({ username: op({ $regex: value } as never) }, P),
  'op({ $not })': (value) => reads().findOne({ username: op({ $not: value } as never) }, P),
  'trusted({ filter })': (value) =>
    reads().findOne({}, { ...P, trusted: trusted({ filter: { username: value } } as never) }),
  'a privileged read': (value) => privileged().findOne({ username: value }, P),
  'insertOne()': (value) => users().insertOne({ username: value }),
  'insertMany()': (value) => users().insertMany([{ username: 'b' }, { tags: [value] }]),
  'trusted({ set })': (value) =>
    users().insertOne({ username: 'b' }, { trusted: trusted({ set: { email: value } } as never) }),
  'updateOne()': (value) => users().updateOne({ username: 'ada' }, { $set: { username: value } }),
  'an upsert': (value) => users().updateOne({ username: value }, { $set: { email: 'e' } }, { upsert: true }),
  $pull: (value) => users().updateMany({ username: 'ada' }, { $pull: { tags: value } }),
  $push: (value) =>
    users().findOneAndUpdate({ username: 'ada' }, { $push: { tags: op({ $each: [value] } as never) } }, P),
  arrayFilters: (value) =>
    users().updateOne(
      { username: 'ada' },
      { $set: { 'addresses.$[a].city': 'x' } },
      { arrayFilters: [{ 'a.city': value }] },
    ),
  'deleteOne()': (value) => users().deleteOne({ username: value }),
  'bulkWrite()': (value) =>
    users().bulkWrite([{ updateOne: { filter: { username: 'ada' }, update: { $set: { email: value } } } }]),
  'a bulk': (value) => users().initializeOrderedBulkOp().find({ username: value }).deleteOne().execute(),
  'a default of the view': (value) =>
    loose(
      new SafeCollection(
        raw(),
        defineView<User>()({
          public: { username: 1 },
          writable: { username: 1 },
          defaults: { email: () => value },
        } as never),
      ),
    ).insertOne({ username: 'b' }),
};

describe.each(Object.entries(CALLS))('%s', (_, call) => {
  it('refuses a RegExp that writes a private field, and sends nothing', async () => {
    await expect((async () => await call(shadowed()))()).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
    expect(await raw().findOne({})).toMatchObject({ username: 'ada', api_key: 'abc' });
  });

  it('refuses a BSON class with anything but a primitive of the right range in a field, and sends nothing', async () => {
    for (const [name, make] of Object.entries(INNER)) {
      await expect((async () => await call(make()))(), name).rejects.toMatchObject({ name: 'RefusedCallError' });
    }
    expect(server.sent).toEqual([]);
  });

  it.each(Object.entries(OTHERS))('refuses %s, and sends nothing', async (_name, make) => {
    await expect((async () => await call(make()))()).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });
});

it('a RegExp keeps its pattern and its flags', async () => {
  expect(await reads().findOne({ username: /^A/i }, P)).toEqual({ username: 'ada' });
  expect(await reads().findOne({ username: /^A/ }, P)).toBeNull();
});

/** Another copy of `bson`, say: its value is read by a getter, which runs. */
function runsAtRead(effect: () => void): object {
  class Foreign {
    get _bsontype() {
      return 'Int32';
    }
    get value() {
      effect();
      return 5;
    }
  }
  return new Foreign();
}

describe.each(['updateOne', 'updateMany', 'findOneAndUpdate', 'bulkWrite'] as const)('%s as an upsert', (method) => {
  it('checks the filter that it sends, not one that was changed while it was read', async () => {
    const view = defineView<User>()({
      public: { username: 1, age: 1 },
      writable: { username: 1, age: 1 },
      filterable: { internal_role: 1 },
    } as never);
    const guarded = loose(new SafeCollection(raw(), view));
    const filter: Record<string, unknown> = {
      username: 'new',
      internal_role: 'admin',
      age: runsAtRead(() => delete filter['internal_role']),
    };
    const update = { $set: { username: 'new' } };
    const call =
      method === 'bulkWrite'
        ? guarded.bulkWrite([{ updateOne: { filter, update, upsert: true } }])
        : guarded[method](filter, update, { upsert: true, ...(method === 'findOneAndUpdate' ? P : {}) });
    await expect(call).rejects.toMatchObject({ code: 'write_path', path: 'internal_role' });
    expect(server.sent).toEqual([]);
  });
});
