import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MongoClient } from 'mongodb';
import {
  BulkWriteFailedError,
  DatabaseError,
  DuplicateKeyError,
  SafeCollection,
  SafeCollectionError,
  trusted,
  type SafeCollectionOptions,
} from 'safe-collection';
import { brokenLine } from './support/broken-line.ts';
import { loose, type Loose } from './support/loose.ts';
import { visibleIn } from './support/outcome.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS } from './support/update-calls.ts';
import { userView, type User } from './support/user-view.ts';

/** A part of every value that an error could show. */
const SECRET = 'S3CR3T';

const server = testServer();
let users: Loose;
let collectionName = '';
let count = 0;

const raw = () => server.db.collection<User>(collectionName);
const guarded = (options?: SafeCollectionOptions): Loose => loose(new SafeCollection(raw(), userView, options));

beforeEach(async () => {
  count += 1;
  collectionName = `errors_${count}`;
  await raw().insertMany([
    { username: `ada-${SECRET}`, email: 'a@example.org', api_key: `key-${SECRET}`, credits: 1 },
    { username: 'bob', email: 'b@example.org', api_key: `other-${SECRET}`, credits: 1 },
  ] as never);
  users = guarded();
});

afterEach(async () => {
  await raw().drop();
});

async function errorOf(call: Promise<unknown>): Promise<SafeCollectionError> {
  const error: unknown = await call.then(
    (answer) => expect.fail(`answered ${JSON.stringify(answer)}`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SafeCollectionError);
  expect(visibleIn(error)).not.toContain(SECRET);
  expect((error as Error).cause).toBeUndefined();
  return error as SafeCollectionError;
}

const withKey = trusted({ set: { api_key: `key-${SECRET}` } });
const setsKey = trusted({ update: { $set: { api_key: `key-${SECRET}` } } });

describe('a duplicate key', () => {
  beforeEach(async () => {
    await raw().createIndex({ username: 1 }, { unique: true });
    await raw().createIndex({ api_key: 1 }, { unique: true, sparse: true });
  });

  it('is what the raw driver prints', async () => {
    const error: unknown = await raw()
      .insertOne({ username: `ada-${SECRET}` } as never)
      .catch((thrown: unknown) => thrown);
    expect(visibleIn(error)).toContain(SECRET);
  });

  const single: Readonly<Record<string, (path: 'username' | 'api_key') => Promise<unknown>>> = {
    insertOne: (path) =>
      path === 'username'
        ? users.insertOne({ username: `ada-${SECRET}` })
        : users.insertOne({ username: 'x' }, { trusted: withKey }),
    ...Object.fromEntries(
      Object.entries(UPDATE_CALLS)
        .filter(([name]) => !name.startsWith('bulkWrite'))
        .map(([name, call]) => [
          name,
          (path: 'username' | 'api_key') =>
            path === 'username'
              ? call(users, { username: 'bob' }, { $set: { username: `ada-${SECRET}` } })
              : call(users, { username: 'bob' }, { $set: { credits: 4 } }, { trusted: setsKey }),
        ]),
    ),
    'an upsert': (path) =>
      path === 'username'
        ? users.updateOne({ email: 'new' }, { $set: { username: `ada-${SECRET}` } }, { upsert: true })
        : users.updateOne({ email: 'new' }, { $set: { username: 'new' } }, { upsert: true, trusted: setsKey }),
  };

  it.each(Object.entries(single))('%s names the fields of a public index and no value', async (_, call) => {
    const error = await errorOf(call('username'));
    expect(error).toBeInstanceOf(DuplicateKeyError);
    expect(error).toMatchObject({ code: 'duplicate_key', serverCode: 11000, paths: ['username'], view: 'users' });
    expect(error.message).toContain("the unique index on 'username'");
  });

  it.each(Object.entries(single))('%s does not name a private index', async (_, call) => {
    const error = await errorOf(call('api_key'));
    expect(error).toMatchObject({ code: 'duplicate_key', paths: [] });
    expect(error.message).toContain('a unique index');
    expect(visibleIn(error)).not.toContain('api_key');
  });

  it('does not name an index of which one field is private', async () => {
    await raw().createIndex({ email: 1, tenant: 1 }, { unique: true });
    const error = await errorOf(users.insertOne({ username: 'x', email: 'a@example.org' }));
    expect(error).toMatchObject({ code: 'duplicate_key', paths: [] });
    expect(visibleIn(error)).not.toContain('tenant');
  });

  it('of the _id names nothing', async () => {
    const [first] = await raw().find().toArray();
    const error = await errorOf(
      users.insertOne({ username: 'x' }, { trusted: trusted({ set: { _id: first?._id } } as never) }),
    );
    expect(error).toMatchObject({ code: 'duplicate_key', paths: [] });
  });

  it('of a compound public index names both of its fields', async () => {
    await raw().createIndex({ email: 1, 'profile.bio': -1 }, { unique: true });
    await users.insertOne({ username: 'c', email: 'c', profile: { bio: SECRET } });
    const error = await errorOf(users.insertOne({ username: 'd', email: 'c', profile: { bio: SECRET } }));
    expect(error).toMatchObject({ paths: ['email', 'profile.bio'] });
  });

  it('in insertMany is named by its index', async () => {
    const error = await errorOf(
      users.insertMany([{ username: 'n1' }, { username: `ada-${SECRET}` }, { username: 'n2' }]),
    );
    expect(error).toBeInstanceOf(BulkWriteFailedError);
    expect(error).toMatchObject({
      code: 'bulk_write',
      failures: [{ index: 1, code: 'duplicate_key', serverCode: 11000, paths: ['username'] }],
      counts: { insertedCount: 1, matchedCount: 0, deletedCount: 0, upsertedCount: 0 },
    });
    expect(await raw().countDocuments()).toBe(3);
  });

  it('in an unordered insertMany leaves the others stored', async () => {
    const documents = [{ username: `ada-${SECRET}` }, { username: 'n1' }, { username: 'bob' }, { username: 'n2' }];
    const error = await errorOf(users.insertMany(documents, { ordered: false }));
    expect(error).toMatchObject({ failures: [{ index: 0 }, { index: 2 }], counts: { insertedCount: 2 } });
    expect(error.message).toContain('0, 2');
  });

  it('in a bulk keeps indexes and counts, and the operation is unchanged', async () => {
    const models = [
      { insertOne: { document: { username: 'n1' } } },
      { updateOne: { filter: { username: 'n1' }, update: { $set: { credits: 2 } } } },
      { insertOne: { document: { username: 'n2', recovery_phrase: SECRET }, trusted: withKey } },
      { updateOne: { filter: { username: 'bob' }, update: { $set: { username: `ada-${SECRET}` } } } },
      { deleteOne: { filter: { username: 'bob' } } },
      { updateOne: { filter: { username: 'up' }, update: { $set: { credits: 2 } }, upsert: true } },
    ];
    const error = await errorOf(users.bulkWrite(models, { ordered: false }));
    expect(error).toMatchObject({
      failures: [
        { index: 2, code: 'duplicate_key', paths: [] },
        { index: 3, code: 'duplicate_key', paths: ['username'] },
      ],
      counts: { insertedCount: 1, matchedCount: 1, deletedCount: 1, upsertedCount: 1 },
    });
    expect(error).not.toHaveProperty('result');
    expect(error).not.toHaveProperty('writeErrors');
  });

  it('in an ordered bulk stops it', async () => {
    const error = await errorOf(
      users.bulkWrite([
        { insertOne: { document: { username: 'bob' } } },
        { deleteOne: { filter: { username: 'bob' } } },
      ]),
    );
    expect(error).toMatchObject({ failures: [{ index: 0 }], counts: { deletedCount: 0 } });
    expect(await raw().countDocuments({ username: 'bob' })).toBe(1);
  });
});

describe('the stored value is in no error', () => {
  it.each(Object.entries(UPDATE_CALLS))('of a document validator: %s', async (_, call) => {
    await server.db.command({ collMod: collectionName, validator: { api_key: { $type: 'int' } } });
    const rawError: unknown = await raw()
      .updateOne({ username: 'bob' }, { $set: { credits: 4 } })
      .catch((thrown: unknown) => thrown);
    expect(visibleIn(rawError)).toContain(SECRET);
    const error = await errorOf(call(users, { username: 'bob' }, { $set: { credits: 4 } }));
    expect(visibleIn(error)).not.toContain('api_key');
    expect(error).not.toHaveProperty('errInfo');
    if (error instanceof BulkWriteFailedError)
      expect(error.failures).toMatchObject([{ index: 0, code: 'server_error', serverCode: 121 }]);
    else expect(error).toMatchObject({ code: 'server_error', serverCode: 121 });
  });

  it.each(Object.entries(UPDATE_CALLS))('of a path through a scalar: %s', async (_, call) => {
    await raw().updateOne({ username: 'bob' }, { $set: { profile: SECRET } } as never);
    const rawError: unknown = await raw()
      .updateOne({ username: 'bob' }, { $set: { 'profile.bio': 'x' } })
      .catch((thrown: unknown) => thrown);
    expect(visibleIn(rawError)).toContain(SECRET);
    await errorOf(call(users, { username: 'bob' }, { $set: { 'profile.bio': 'x' } }));
  });

  it.each(Object.entries(UPDATE_CALLS))('of an invalid number: %s', async (_, call) => {
    await errorOf(call(users, { email: 'a@example.org' }, { $inc: { username: 1 } }));
  });

  it.each(Object.entries(UPDATE_CALLS))('of a field that does not change, _id: %s', async (_, call) => {
    const demand = trusted({ update: { $set: { _id: SECRET } } } as never);
    await errorOf(call(users, { username: 'bob' }, { $set: { credits: 4 } }, { trusted: demand }));
  });

  it('of a document that is too large', async () => {
    const error = await errorOf(users.insertOne({ username: SECRET.repeat(3_000_000) }));
    expect(error).toBeInstanceOf(DatabaseError);
    await errorOf(users.updateOne({ username: 'bob' }, { $set: { email: SECRET.repeat(3_000_000) } }));
    await errorOf(users.bulkWrite([{ insertOne: { document: { username: SECRET.repeat(3_000_000) } } }]));
  });
});

/** A replacement leaves the arrays of subdocuments to the program. */
const ELEMENTS = { trusted: trusted({ set: { addresses: [], sessions: [] } }) };

/** Each method, as a call that finds something to write. */
const ALL: Readonly<Record<string, (target: Loose, options: object) => Promise<unknown>>> = {
  insertOne: (target, options) => target.insertOne({ username: `n-${SECRET}` }, options),
  insertMany: (target, options) => target.insertMany([{ username: `n-${SECRET}` }], options),
  updateOne: (target, options) => target.updateOne({ username: 'bob' }, { $set: { email: SECRET } }, options),
  updateMany: (target, options) => target.updateMany({ username: 'bob' }, { $set: { email: SECRET } }, options),
  findOneAndUpdate: (target, options) =>
    target.findOneAndUpdate({ username: 'bob' }, { $set: { email: SECRET } }, { projection: ['email'], ...options }),
  bulkWrite: (target, options) =>
    target.bulkWrite([{ updateOne: { filter: { username: 'bob' }, update: { $set: { email: SECRET } } } }], options),
  replaceOne: (target, options) =>
    target.replaceOne({ username: 'bob' }, { username: 'bob', email: SECRET }, { ...ELEMENTS, ...options }),
  findOneAndReplace: (target, options) =>
    target.findOneAndReplace(
      { username: 'bob' },
      { username: 'bob', email: SECRET },
      { projection: ['email'], ...ELEMENTS, ...options },
    ),
  deleteOne: (target, options) => target.deleteOne({ username: 'bob' }, options),
  deleteMany: (target, options) => target.deleteMany({ username: 'bob' }, options),
  findOneAndDelete: (target, options) =>
    target.findOneAndDelete({ username: 'bob' }, { projection: ['email'], ...options }),
};

/** Those of them that meet the lock of another transaction on the document. */
const ON_THE_DOCUMENT = Object.entries(ALL).filter(([name]) => !name.startsWith('insert'));

describe('a class of error is kept', () => {
  it.each(Object.entries(ALL))('a write concern that can not be met: %s', async (name, call) => {
    const error = await errorOf(call(users, { writeConcern: { w: 40 } }));
    expect(error).toMatchObject({ serverCode: 100 });
    expect(error.message).toContain('100');
    expect(error.message).not.toContain('at index');
    if (error instanceof BulkWriteFailedError) expect(error.failures).toEqual([]);
    expect(name.startsWith('insertMany') || name.startsWith('bulk')).toBe(error instanceof BulkWriteFailedError);
  });

  it.each(ON_THE_DOCUMENT)('a time limit: %s', async (_, call) => {
    const session = server.client.startSession();
    session.startTransaction();
    await raw().updateOne({ username: 'bob' }, { $set: { age: 1 } }, { session });
    try {
      const error = await errorOf(call(users, { maxTimeMS: 60 }));
      expect(error).toMatchObject({ code: 'timeout', serverCode: 50 });
    } finally {
      await session.abortTransaction();
      await session.endSession();
    }
  });

  it.each(Object.entries(ALL))('a connection that breaks: %s', async (_, call) => {
    const { port } = await primaryOf(server.client);
    const line = await brokenLine(port);
    const client = new MongoClient(`mongodb://127.0.0.1:${line.port}`, {
      directConnection: true,
      retryWrites: false,
      serverSelectionTimeoutMS: 400,
    });
    try {
      await client.connect();
      const target = loose(
        new SafeCollection(client.db(server.db.databaseName).collection<User>(collectionName), userView),
      );
      line.breakAfter(collectionName);
      const broken = await errorOf(call(target, {}));
      expect(broken).toMatchObject({ code: 'network_error' });
      expect(broken).toBeInstanceOf(DatabaseError);
      expect((broken as DatabaseError).labels).toContain('ResetPool');
      await line.cut();
      const unreachable = await errorOf(call(target, {}));
      expect(unreachable).toMatchObject({ code: 'network_error' });
      expect(visibleIn(unreachable)).not.toContain(String(line.port));
    } finally {
      await client.close();
      await line.cut().catch(() => undefined);
    }
  });

  it('a lost answer to a retryable write has one effect', async () => {
    const { port } = await primaryOf(server.client);
    const line = await brokenLine(port);
    const client = new MongoClient(`mongodb://127.0.0.1:${line.port}`, { directConnection: true, retryWrites: true });
    try {
      await client.connect();
      const target = loose(
        new SafeCollection(client.db(server.db.databaseName).collection<User>(collectionName), userView),
      );
      line.breakAfter(collectionName);
      expect(await target.updateOne({ username: 'bob' }, { $inc: { credits: 1 } })).toMatchObject({ modifiedCount: 1 });
      expect(await raw().findOne({ username: 'bob' })).toMatchObject({ credits: 2 });
    } finally {
      await client.close();
      await line.cut();
    }
  });
});

async function primaryOf(client: MongoClient): Promise<{ readonly port: number }> {
  const answer = await client.db('admin').command({ hello: 1 });
  return { port: Number(String(answer['primary']).split(':').at(-1)) };
}

describe('onDriverError', () => {
  beforeEach(async () => {
    await raw().createIndex({ username: 1 }, { unique: true });
  });

  it('is shown the error of the driver, and the caller is not', async () => {
    const shown: unknown[] = [];
    const target = guarded({ onDriverError: (error, context) => void shown.push(error, context) });
    await errorOf(target.insertOne({ username: `ada-${SECRET}` }));
    expect(visibleIn(shown[0])).toContain(SECRET);
    expect(shown[1]).toEqual({ operation: 'insertOne', view: 'users' });
  });

  it('is not called for refusals', async () => {
    const shown: unknown[] = [];
    await errorOf(guarded({ onDriverError: (error) => void shown.push(error) }).insertOne({ api_key: 'x' }));
    expect(shown).toEqual([]);
  });

  it('may throw: the error of the call is what the caller gets', async () => {
    const target = guarded({
      onDriverError() {
        throw new Error('the log is full');
      },
    });
    expect(await errorOf(target.insertOne({ username: 'bob' }))).toBeInstanceOf(DuplicateKeyError);
  });

  it('may reject: no rejection is left unhandled', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    try {
      const target = guarded({ onDriverError: async () => await Promise.reject(new Error('the log is full')) });
      await errorOf(target.insertOne({ username: 'bob' }));
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    } finally {
      process.off('unhandledRejection', listen);
    }
    expect(unhandled).toEqual([]);
  });
});
