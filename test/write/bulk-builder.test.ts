import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { Collection, Db, MongoClient } from 'mongodb';
import {
  BulkWriteFailedError,
  defineView,
  everything,
  op,
  SafeCollection,
  trusted,
  withTransaction,
} from 'safe-collection';
import { loose, type Loose, type LooseBulk } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';

const server = testServer();
const raw = () => server.db.collection<User>('bulks');
let users: Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany([
    { username: 'ada', credits: 1, tags: ['a', 'b'], internal_role: 'user' },
    { username: 'bob', credits: 1, internal_role: 'user' },
    { username: 'cyd', credits: 1, internal_role: 'user' },
  ] as never);
  users = loose(new SafeCollection(raw(), userView));
  server.forget();
});

const names = async (): Promise<unknown> =>
  (await raw().find().sort({ username: 1 }).toArray()).map(({ username }) => username);

/** The same lines on the driver's bulk and on this one. */
function write(bulk: LooseBulk): LooseBulk {
  bulk.insert({ username: 'new' });
  bulk.find({ username: 'ada' }).updateOne({ $inc: { credits: 2 } });
  bulk.find({ credits: 1 }).update({ $set: { nickname: 'x' } });
  bulk
    .find({ username: 'up' })
    .upsert()
    .updateOne({ $set: { age: 1 } });
  bulk
    .find({ username: 'ada' })
    .arrayFilters([{ t: 'a' }])
    .updateOne({ $set: { 'tags.$[t]': 'c' } });
  bulk.find({ username: 'BOB' }).collation({ locale: 'en', strength: 2 }).deleteOne();
  return bulk.find({ username: 'cyd' }).delete();
}

describe('a built bulk', () => {
  it.each(['initializeOrderedBulkOp', 'initializeUnorderedBulkOp'] as const)(
    'reads, counts and stores as its twin of the driver: %s',
    async (begin) => {
      const stored = async (): Promise<unknown> =>
        await raw()
          .find({}, { projection: { _id: 0 } })
          .sort({ username: 1 })
          .toArray();
      const before = await raw().find().toArray();
      const theirs = await write(raw()[begin]() as never).execute();
      const expected = await stored();
      await raw().deleteMany({});
      await raw().insertMany(before);
      const bulk = write(users[begin]());
      expect(bulk).toHaveLength(7);
      const ours = await bulk.execute();
      expect(await stored()).toEqual(expected);
      const { insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount } = theirs;
      expect(ours).toMatchObject({ insertedCount, matchedCount, modifiedCount, deletedCount, upsertedCount });
      expect(Object.keys(ours.upsertedIds ?? {})).toEqual(Object.keys(theirs.upsertedIds ?? {}));
      expect(Object.keys(ours.insertedIds ?? {})).toEqual(['0']);
    },
  );

  it('sends nothing before it is executed', async () => {
    const bulk = write(users.initializeOrderedBulkOp());
    expect(server.sent).toEqual([]);
    await bulk.execute();
    expect(server.sent.length).toBeGreaterThan(0);
  });

  it('is executed once, and takes nothing afterwards', async () => {
    const bulk = users.initializeOrderedBulkOp().insert({ username: 'x' });
    const found = bulk.find({ username: 'x' });
    await bulk.execute();
    server.forget();
    await expect(bulk.execute()).rejects.toMatchObject({ code: 'bulk_used' });
    for (const late of [
      () => bulk.insert({ username: 'y' }),
      () => bulk.find({}),
      () => found.updateOne({ $set: { age: 1 } }),
      () => found.deleteOne(),
      () => found.collation({ locale: 'en' }),
    ]) {
      expect(late).toThrow(expect.objectContaining({ code: 'bulk_used' }));
    }
    expect(server.sent).toEqual([]);
  });

  it('stops at the model that fails when it is ordered, and goes on when it is not', async () => {
    await raw().createIndex({ username: 1 }, { unique: true, name: 'username_1' });
    const fill = (bulk: LooseBulk) =>
      bulk.insert({ username: 'n1' }).insert({ username: 'ada' }).insert({ username: 'n2' });
    const stopped: unknown = await fill(users.initializeOrderedBulkOp())
      .execute()
      .catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(BulkWriteFailedError);
    expect(stopped).toMatchObject({
      operation: 'bulkWrite',
      failures: [{ index: 1, paths: ['username'] }],
      counts: { insertedCount: 1 },
    });
    await raw().deleteOne({ username: 'n1' });
    await expect(fill(users.initializeUnorderedBulkOp()).execute()).rejects.toMatchObject({
      failures: [{ index: 1 }],
      counts: { insertedCount: 2 },
    });
    await raw().dropIndex('username_1');
  });

  it('lets the program set values and conditions that the caller may not', async () => {
    const bulk = users.initializeOrderedBulkOp();
    bulk.insert({ username: 'new' }, { trusted: trusted({ set: { internal_role: 'admin' } }) });
    bulk
      .find({ username: 'ada' })
      .updateOne({ $set: { age: 1 } }, { trusted: trusted({ update: { $set: { tenant: 'north' } } }) });
    bulk
      .find(everything)
      .delete({ trusted: trusted({ filter: { internal_role: 'user', tenant: op({ $ne: 'north' }) } }) });
    await bulk.execute();
    expect(
      await raw()
        .find({}, { projection: { _id: 0, tags: 0, credits: 0 } })
        .sort({ username: 1 })
        .toArray(),
    ).toEqual([
      { username: 'ada', age: 1, tenant: 'north', internal_role: 'user' },
      { username: 'new', internal_role: 'admin' },
    ]);
  });

  it('returns no modifiedCount if a written path is not filterable', async () => {
    const bulk = users.initializeOrderedBulkOp();
    bulk.find({ username: 'ada' }).updateOne({ $set: { recovery_phrase: 'x' } });
    expect(await bulk.execute()).not.toHaveProperty('modifiedCount');
  });

  it('reads what it is given once', async () => {
    const filter = { username: 'ada' };
    const update = { $set: { email: 'before' } };
    const filters = [{ t: 'a' }];
    const bulk = users.initializeOrderedBulkOp();
    const found = bulk.find(filter).arrayFilters(filters);
    filter.username = 'bob';
    filters[0] = { t: 'b' };
    found.updateOne({ $set: { ...update.$set, 'tags.$[t]': 'c' } });
    bulk.find({ username: 'ada' }).updateOne(update);
    update.$set.email = 'after';
    await bulk.execute();
    expect(await raw().findOne({ username: 'ada' })).toMatchObject({ email: 'before', tags: ['c', 'b'] });
  });

  it('of a transaction is in it', async () => {
    await withTransaction(server.client, async (tx) => {
      await write(loose(tx.bind(new SafeCollection(raw(), userView))).initializeOrderedBulkOp()).execute();
      expect(await names()).toEqual(['ada', 'bob', 'cyd']);
    });
    expect(await names()).toEqual(['ada', 'new', 'up']);
  });

  it('takes the options of a bulk, those of execute() over those it began with', async () => {
    await users
      .initializeOrderedBulkOp({ comment: 'begin', maxTimeMS: 5000 })
      .insert({ username: 'x' })
      .execute({ comment: 'end' });
    expect(server.sent.at(-1)?.command).toMatchObject({ comment: 'end', maxTimeMS: 5000, ordered: true });
  });

  it('leads to no handle', async () => {
    const bulk = users.initializeOrderedBulkOp().insert({ username: 'x' });
    for (const holder of [bulk, bulk.find({ username: 'x' })]) {
      expect(inspect(holder, { depth: 10, showHidden: true })).not.toMatch(/Collection|MongoClient|Db|mongodb:/);
      for (let at: object | null = holder; at !== null; at = Object.getPrototypeOf(at) as object | null) {
        const values = Reflect.ownKeys(at).map((key) => Object.getOwnPropertyDescriptor(at, key)?.value as unknown);
        expect(
          values.some((value) => value instanceof Collection || value instanceof Db || value instanceof MongoClient),
        ).toBe(false);
      }
    }
    expect(bulk).not.toHaveProperty('collection');
    expect(bulk).not.toHaveProperty('raw');
    expect(bulk.find({ username: 'x' })).not.toHaveProperty('hint');
  });
});

describe('a call on a bulk is refused at once, the bulk goes on without it, and nothing was sent', () => {
  it.each<readonly [string, (bulk: LooseBulk) => unknown, object]>([
    [
      'a private field',
      (bulk) => bulk.insert({ username: 'x', internal_role: 'admin' }),
      { operation: 'insert', path: 'internal_role' },
    ],
    ['no document', (bulk) => bulk.insert(), { code: 'input_invalid' }],
    [
      'a class instance',
      (bulk) =>
        bulk.insert(
          new (class {
            username = 'x';
          })(),
        ),
      { code: 'input_invalid' },
    ],
    [
      'a forged trusted',
      (bulk) => bulk.insert({ username: 'x' }, { trusted: { set: { internal_role: 'admin' } } }),
      { code: 'trusted_invalid' },
    ],
    [
      'a document among the options',
      (bulk) => bulk.insert({ username: 'x' }, { document: { internal_role: 'admin' } }),
      { code: 'option_unknown' },
    ],
    [
      'a filter among the options',
      (bulk) => bulk.find({ username: 'x' }).deleteOne({ filter: {} }),
      { code: 'option_unknown' },
    ],
    ['a private filter', (bulk) => bulk.find({ internal_role: 'user' }), { operation: 'find', path: 'internal_role' }],
    ['a plain operator', (bulk) => bulk.find({ username: { $ne: '' } }), { code: 'filter_operator_untagged' }],
    ['no filter', (bulk) => bulk.find(), {}],
    ['a symbol', (bulk) => bulk.find(Symbol('everything')), {}],
    [
      'an empty filter, to change many',
      (bulk) => bulk.find({}).update({ $set: { age: 1 } }),
      { operation: 'update', code: 'filter_empty' },
    ],
    [
      'an empty filter, to remove many',
      (bulk) => bulk.find({}).delete(),
      { operation: 'delete', code: 'filter_empty' },
    ],
    ['everything, to remove one', (bulk) => bulk.find(everything).deleteOne(), {}],
    [
      'a private path',
      (bulk) => bulk.find({ username: 'ada' }).updateOne({ $set: { internal_role: 'admin' } }),
      { operation: 'updateOne', path: 'internal_role' },
    ],
    [
      'a private path of many',
      (bulk) => bulk.find({ username: 'ada' }).update({ $set: { internal_role: 'admin' } }),
      { path: 'internal_role' },
    ],
    [
      '$rename',
      (bulk) => bulk.find({ username: 'ada' }).updateOne({ $rename: { api_key: 'nickname' } }),
      { code: 'write_operator' },
    ],
    [
      'a pipeline',
      (bulk) => bulk.find({ username: 'ada' }).updateOne([{ $set: { nickname: '$api_key' } }]),
      { code: 'write_operator' },
    ],
    [
      'a replacement',
      (bulk) => bulk.find({ username: 'ada' }).updateOne({ username: 'x' }),
      { code: 'write_operator' },
    ],
    [
      'a private array filter',
      (bulk) =>
        bulk
          .find({ username: 'ada' })
          .arrayFilters([{ 'a.access_code': 'x' }])
          .updateOne({ $set: { 'addresses.$[a].city': 'x' } }),
      { code: 'filter_path' },
    ],
    [
      'array filters that are none',
      (bulk) => bulk.find({ username: 'ada' }).arrayFilters(new Map()),
      { operation: 'arrayFilters', code: 'input_invalid' },
    ],
    [
      'an upsert of what is copied',
      (bulk) =>
        bulk
          .find({ _id: 'x' })
          .upsert()
          .updateOne({ $set: { age: 1 } }),
      { path: '_id' },
    ],
    [
      'an invalid collation',
      (bulk) => bulk.find({ username: 'ada' }).collation('en').deleteOne(),
      { code: 'option_value' },
    ],
    [
      'a collation of an insert',
      (bulk) => bulk.find({ username: 'ada' }).collation(() => 1),
      { operation: 'collation' },
    ],
    [
      'array filters of a deletion',
      (bulk) => bulk.find({ username: 'ada' }).arrayFilters([]).deleteOne(),
      { code: 'option_unknown' },
    ],
    ['an upsert of a deletion', (bulk) => bulk.find({ username: 'ada' }).upsert().delete(), { code: 'option_unknown' }],
  ])('%s', async (_, call, expected) => {
    const bulk = users.initializeOrderedBulkOp().insert({ username: 'kept' });
    let error: unknown;
    try {
      call(bulk);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: 'RefusedCallError', ...expected });
    expect(bulk).toHaveLength(1);
    expect(server.sent).toEqual([]);
    await bulk.execute();
    expect(await names()).toEqual(['ada', 'bob', 'cyd', 'kept']);
  });

  it('an empty bulk, and options that a bulk does not take', async () => {
    await expect(users.initializeOrderedBulkOp().execute()).rejects.toMatchObject({ code: 'argument_invalid' });
    expect(() => users.initializeOrderedBulkOp({ ordered: false })).toThrow(
      expect.objectContaining({ code: 'option_unknown' }),
    );
    expect(() => users.initializeUnorderedBulkOp({ bypassDocumentValidation: true })).toThrow(
      expect.objectContaining({ code: 'option_unknown' }),
    );
    await expect(
      users
        .initializeOrderedBulkOp()
        .insert({ username: 'x' })
        .execute({ writeConcern: { w: 0 } }),
    ).rejects.toMatchObject({ code: 'option_value' });
    expect(server.sent).toEqual([]);
  });
});

it("a validator's error for a built bulk is thrown by execute(), and nothing is sent; a bulk that is never executed has no effect", async () => {
  const refuse = {
    '~standard': {
      version: 1 as const,
      vendor: 'test',
      validate: async () => await Promise.resolve({ issues: [{ message: 'no', path: ['username'] }] }),
    },
  };
  const view = defineView<User>()({
    public: { username: 1 },
    writable: { username: 1 },
    validate: { insert: refuse, update: refuse },
  });
  const held = loose(new SafeCollection(raw(), view));
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  held.initializeOrderedBulkOp().insert({ username: 'x' });
  await expect(held.initializeOrderedBulkOp().insert({ username: 'x' }).execute()).rejects.toMatchObject({
    code: 'validation_failed',
    path: 'username',
  });
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
  expect(server.sent).toEqual([]);
});
