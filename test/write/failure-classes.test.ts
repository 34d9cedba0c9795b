import { once } from 'node:events';

import { MongoClient, type ClientSession } from 'mongodb';
import { BulkWriteFailedError, DatabaseError, SafeCollection, withTransaction } from 'safe-collection';
import { beforeEach, describe, expect, it } from 'vitest';

import { loose, type Loose } from './support/loose.ts';
import { visibleIn } from './support/outcome.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';

const server = testServer();
const MB = 2 ** 20;
const SECRET = 'S3CR3T';
const projection = ['username'];
let users: Loose;

const over = (client: MongoClient): Loose =>
  loose(new SafeCollection(client.db(server.db.databaseName).collection<User>('users'), userView));
const raw = () => server.db.collection<User>('users');

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({ username: 'ada', nickname: 'x'.repeat(10 * MB) } as never);
  users = over(server.client);
});

async function errorOf(call: Promise<unknown>): Promise<DatabaseError> {
  const error: unknown = await call.then(
    () => expect.fail('did not fail'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  expect(visibleIn(error)).not.toContain(SECRET);
  expect((error as Error).cause).toBeUndefined();
  return error as DatabaseError;
}

/** Each method, with options: all of them accept a session. */
const CALLS: Readonly<Record<string, (target: Loose, options: object) => Promise<unknown>>> = {
  find: (target, options) => target.find({}, { projection, ...options }).toArray(),
  findOne: (target, options) => target.findOne({}, { projection, ...options }),
  exists: (target, options) => target.exists({}, options),
  countDocuments: (target, options) => target.countDocuments({}, options),
  estimatedDocumentCount: (target, options) => target.estimatedDocumentCount(options),
  distinct: (target, options) => target.distinct('username', {}, options),
  aggregate: (target, options) => target.aggregate([{ $project: { username: 1 } }], options).toArray(),
  insertOne: (target, options) => target.insertOne({ username: 'new' }, options),
  insertMany: (target, options) => target.insertMany([{ username: 'new' }], options),
  updateOne: (target, options) => target.updateOne({ username: 'ada' }, { $set: { age: 1 } }, options),
  updateMany: (target, options) => target.updateMany({ username: 'ada' }, { $set: { age: 1 } }, options),
  deleteOne: (target, options) => target.deleteOne({ username: 'ada' }, options),
  deleteMany: (target, options) => target.deleteMany({ username: 'ada' }, options),
  findOneAndUpdate: (target, options) =>
    target.findOneAndUpdate({ username: 'ada' }, { $set: { age: 1 } }, { projection, ...options }),
  findOneAndDelete: (target, options) => target.findOneAndDelete({ username: 'ada' }, { projection, ...options }),
  bulkWrite: (target, options) => target.bulkWrite([{ deleteOne: { filter: { username: 'ada' } } }], options),
};

describe('a document over 16 MB', () => {
  const large = (size: number): string => SECRET + 'x'.repeat(size * MB);
  const WRITES: Readonly<Record<string, (size: number) => Promise<unknown>>> = {
    insertOne: (size) => users.insertOne({ username: large(size) }),
    insertMany: (size) => users.insertMany([{ username: large(size) }]),
    updateOne: (size) => users.updateOne({ username: 'ada' }, { $set: { email: large(size) } }),
    'an upsert': (size) => users.updateOne({ username: 'new' }, { $set: { email: large(size) } }, { upsert: true }),
    findOneAndUpdate: (size) =>
      users.findOneAndUpdate({ username: 'ada' }, { $set: { email: large(size) } }, { projection }),
    'bulkWrite, an insert': (size) => users.bulkWrite([{ insertOne: { document: { username: large(size) } } }]),
    'bulkWrite, an update': (size) =>
      users.bulkWrite([{ updateOne: { filter: { username: 'ada' }, update: { $set: { email: large(size) } } } }]),
    'a built bulk': async (size) =>
      await users
        .initializeOrderedBulkOp()
        .insert({ username: large(size) })
        .execute(),
    'in a transaction': (size) =>
      withTransaction(server.client, (tx) => loose(tx.bind(users as never)).insertOne({ username: large(size) })),
  };

  /** Over the driver's buffer, over what the server reads, and a little over what it stores. */
  it.each(Object.entries(WRITES).flatMap(([name, call]) => [17, 16.5, 16].map((size) => [name, size, call] as const)))(
    '%s (%d MB)',
    async (_, size, call) => {
      const error = await errorOf(call(size));
      const found = error instanceof BulkWriteFailedError ? error.failures[0]?.code : error.code;
      expect(found).toBe('document_too_large');
      expect(error.retryable).toBe(false);
      if (!(error instanceof BulkWriteFailedError))
        expect(error.message).toMatch(/exceed the MongoDB limit of 16 MB\. Split it/);
      expect(await raw().countDocuments({ age: { $exists: false } })).toBe(1);
    },
  );

  it.each(['updateOne', 'updateMany', 'findOneAndUpdate', 'bulkWrite'])(
    'that grows by an update: %s',
    async (method) => {
      const update = { $set: { email: large(8) } };
      const calls: Readonly<Record<string, () => Promise<unknown>>> = {
        updateOne: () => users.updateOne({ username: 'ada' }, update),
        updateMany: () => users.updateMany({ username: 'ada' }, update),
        findOneAndUpdate: () => users.findOneAndUpdate({ username: 'ada' }, update, { projection }),
        bulkWrite: () => users.bulkWrite([{ updateOne: { filter: { username: 'ada' }, update } }]),
      };
      const error = await errorOf((calls[method] as () => Promise<unknown>)());
      expect(error instanceof BulkWriteFailedError ? error.failures[0]?.code : error.code).toBe('document_too_large');
      expect(error.retryable).toBe(false);
    },
  );
});

const sessionEnded = { code: 'session_ended', message: expect.stringMatching(/startSession\(\)/) };

describe('every method', () => {
  const METHODS = Object.entries(CALLS);

  it('with an ended session, of its own client or another', async () => {
    const other = await connected({});
    const ended = [server.client, other].map((client) => client.startSession());
    for (const session of ended) await session.endSession();
    const alive: ClientSession = other.startSession();
    const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
      call.then(
        () => expect.fail('did not fail'),
        (error: unknown) => error,
      );
    for (const [name, call] of METHODS) {
      for (const session of ended)
        expect(await refusalOf(call(users, { session })), name).toMatchObject({
          name: 'RefusedCallError',
          ...sessionEnded,
        });
      expect(await refusalOf(call(users, { session: alive })), name).toMatchObject({
        code: 'option_value',
        message: expect.stringMatching(/collection's client/),
      });
    }
    await other.close();
  });

  it('on a closed client', async () => {
    const client = await connected({});
    const target = over(client);
    await client.close();
    for (const [name, call] of METHODS) {
      const error = await errorOf(call(target, {}));
      expect(error, name).toMatchObject({
        code: 'client_closed',
        retryable: false,
        message: expect.stringMatching(/the client is closed/),
      });
    }
  });

  it('on a client that is closed while it waits for an answer', async () => {
    for (const [name, call] of METHODS) {
      const client = await connected({});
      const answers = Promise.allSettled(Array.from({ length: 10 }, () => call(over(client), {})));
      await client.close();
      const failed = (await answers).filter((answer) => answer.status === 'rejected');
      expect(failed.length, name).toBeGreaterThan(0);
      for (const { reason } of failed)
        expect(['client_closed', 'network_error'], name).toContain(
          (await errorOf(Promise.reject(reason as Error))).code,
        );
    }
  });

  it('while all connections of the pool are taken', async () => {
    const client = await connected({ maxPoolSize: 1, waitQueueTimeoutMS: 20 });
    const taken = once(client, 'connectionCheckedOut');
    const held = client
      .db(server.db.databaseName)
      .collection('users')
      .find({ $where: 'sleep(1500) || true' })
      .toArray();
    await taken;
    const answers = METHODS.map(async ([name, call]) => [name, await errorOf(call(over(client), {}))] as const);
    for (const [name, error] of await Promise.all(answers)) {
      expect(error, name).toMatchObject({
        code: 'timeout',
        retryable: true,
        message: expect.stringMatching(/no connection in the pool became free in time/),
      });
    }
    await held;
    await client.close();
  });

  it('if no server answers', async () => {
    for (const [name, call] of METHODS) {
      const client = new MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 50 });
      expect(await errorOf(call(over(client), {})), name).toMatchObject({ code: 'network_error', retryable: true });
      // The driver closes a client whose first connection failed.
      expect(await errorOf(call(over(client), {})), name).toMatchObject({ code: 'client_closed', retryable: false });
    }
  });

  it('in a transaction of another client', async () => {
    const other = await connected({});
    const error = await errorOf(
      withTransaction(other, (tx) => loose(tx.bind(users as never)).findOne({}, { projection })),
    );
    expect(error).toMatchObject({ ...sessionEnded, retryable: false });
    await other.close();
  });
});

async function connected(options: object): Promise<MongoClient> {
  const [host] = server.client.options.hosts;
  return await new MongoClient(`mongodb://${String(host)}`, { directConnection: true, ...options }).connect();
}
