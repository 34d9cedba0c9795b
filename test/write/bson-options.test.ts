import { Int32, type CollectionOptions, type Collection } from 'mongodb';
import { defineView, op, SafeCollection } from 'safe-collection';
import { beforeEach, describe, expect, it } from 'vitest';

import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';

interface Item {
  _id: number;
  name: string;
  count: number;
  version: number;
}

const view = defineView<Item>()({
  public: { _id: 1, name: 1, count: 1 },
  writable: { _id: 1, name: 1, count: 1 },
  filterable: { version: 1 },
  version: 'version',
});
const server = testServer();
const raw = (options: CollectionOptions = {}): Collection<Item> => server.db.collection<Item>('items', options);

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany([1, 2, 3].map((_id) => ({ _id, name: `n${_id}`, count: _id, version: 1 })));
  await raw().createIndex({ name: 1 }, { unique: true });
  server.forget();
});

const SETTINGS: readonly CollectionOptions[] = [
  {},
  { promoteValues: false },
  { promoteLongs: false },
  { useBigInt64: true },
  { useBigInt64: true, promoteLongs: false },
  { useBigInt64: true, promoteValues: false },
  { raw: true },
  { promoteValues: false, bsonRegExp: true, ignoreUndefined: true, serializeFunctions: true },
];

describe.each(SETTINGS)('a collection that is set to %o', (settings) => {
  const items = (): Loose => loose(new SafeCollection(raw(settings), view));
  const change = { $set: { count: 9 } };

  it('counts in numbers', async () => {
    expect(await items().countDocuments({ count: op({ $gte: 2 }) })).toBe(2);
    expect(await items().estimatedDocumentCount()).toBe(3);
    expect(await items().exists({ name: 'n1' })).toBe(true);
    expect(await items().exists({ name: 'nobody' })).toBe(false);
    expect(await items().updateOne({ name: 'n1' }, change)).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
      upsertedCount: 0,
    });
    expect(await items().updateMany({ count: 9 }, { $set: { count: 8 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await items().updateOne({ _id: 4, name: 'n4' }, change, { upsert: true })).toMatchObject({
      matchedCount: 0,
      upsertedCount: 1,
      upsertedId: 4,
    });
    expect(
      await items().insertMany([
        { _id: 5, name: 'n5' },
        { _id: 6, name: 'n6' },
      ]),
    ).toMatchObject({ insertedCount: 2 });
    const models = [
      { updateOne: { filter: { name: 'n5' }, update: change } },
      { deleteOne: { filter: { name: 'n6' } } },
      { insertOne: { document: { _id: 7, name: 'n7' } } },
    ];
    expect(await items().bulkWrite(models)).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
      deletedCount: 1,
      insertedCount: 1,
    });
    expect(await items().deleteOne({ name: 'n7' })).toEqual({ acknowledged: true, deletedCount: 1 });
    expect(await items().deleteMany({ count: op({ $gte: 8 }) })).toEqual({ acknowledged: true, deletedCount: 3 });
  });

  it('reports a version conflict', async () => {
    for (const call of [
      () => items().updateOne({ name: 'n1' }, change, { version: 7 }),
      () => items().deleteOne({ name: 'n1' }, { version: 7 }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'version_conflict' });
    }
    expect(await raw().findOne({ _id: 1 })).toMatchObject({ count: 1 });
  });

  it('reports a duplicate key of every kind of write', async () => {
    const twice = { code: 'duplicate_key', serverCode: 11000, paths: ['name'] };
    await expect(items().insertOne({ _id: 9, name: 'n1' })).rejects.toMatchObject(twice);
    await expect(items().updateOne({ name: 'n2' }, { $set: { name: 'n1' } })).rejects.toMatchObject(twice);
    const { code: _code, ...failure } = twice;
    await expect(items().insertMany([{ _id: 9, name: 'n1' }])).rejects.toMatchObject({
      code: 'bulk_write',
      failures: [{ index: 0, code: 'duplicate_key', ...failure }],
    });
  });
});

it('the error code of distinct() is a number if values are wrapped, and its values follow the collection', async () => {
  const items = new SafeCollection(raw({ promoteValues: false }), view);
  expect(await items.distinct('count', {})).toEqual([1, 2, 3].map((value) => new Int32(value)));
  await expect(items.distinct('count', { name: /[^]/ })).rejects.toMatchObject({
    code: 'server_error',
    serverCode: 51091,
  });
});

describe('a collection that is set to unacknowledged writes', () => {
  const items = (): Loose => loose(new SafeCollection(raw({ writeConcern: { w: 0 } }), view));
  const CALLS: Readonly<Record<string, (options: object) => Promise<unknown>>> = {
    insertOne: (options) => items().insertOne({ _id: 9, name: 'n9' }, options),
    insertMany: (options) => items().insertMany([{ _id: 9, name: 'n9' }], options),
    updateOne: (options) => items().updateOne({ name: 'n1' }, { $set: { count: 9 } }, options),
    updateMany: (options) => items().updateMany({ name: 'n1' }, { $set: { count: 9 } }, options),
    replaceOne: (options) => items().replaceOne({ name: 'n1' }, { name: 'n9' }, options),
    findOneAndReplace: (options) =>
      items().findOneAndReplace({ name: 'n1' }, { name: 'n9' }, { projection: ['name'], ...options }),
    deleteOne: (options) => items().deleteOne({ name: 'n1' }, options),
    deleteMany: (options) => items().deleteMany({ name: 'n1' }, options),
    findOneAndUpdate: (options) =>
      items().findOneAndUpdate({ name: 'n1' }, { $set: { count: 9 } }, { projection: ['name'], ...options }),
    findOneAndDelete: (options) => items().findOneAndDelete({ name: 'n1' }, { projection: ['name'], ...options }),
    bulkWrite: (options) => items().bulkWrite([{ deleteOne: { filter: { name: 'n1' } } }], options),
    'a bulk': (options) => items().initializeOrderedBulkOp(options).find({ name: 'n1' }).deleteOne().execute(),
    'execute()': (options) => items().initializeUnorderedBulkOp().find({ name: 'n1' }).deleteOne().execute(options),
  };

  it.each(Object.entries(CALLS))(
    'is refused %s with no write concern, and with one that is empty',
    async (_name, call) => {
      for (const options of [{}, { writeConcern: {} }, { writeConcern: { w: 0 } }]) {
        await expect((async () => await call(options))()).rejects.toMatchObject({ code: 'option_value' });
      }
      expect(server.sent).toEqual([]);
    },
  );

  it.each([{ w: 1 }, { w: 'majority' }, { journal: true }, { journal: false }, { wtimeoutMS: 0 }])(
    'takes one that acknowledges: %o',
    async (writeConcern) => {
      expect(await items().updateOne({ name: 'n1' }, { $set: { count: 9 } }, { writeConcern })).toMatchObject({
        acknowledged: true,
        matchedCount: 1,
      });
    },
  );
});
