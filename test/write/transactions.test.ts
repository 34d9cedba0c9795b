import { inspect } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { ClientSession, MongoClient } from 'mongodb';
import {
  createSafeDb,
  DuplicateKeyError,
  SafeCollection,
  trusted,
  withTransaction,
  type Transaction,
} from 'safe-collection';
import { loose, WRITE_METHODS, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';

const server = testServer();
let users: SafeCollection<User, never>;

const raw = () => server.db.collection<User>('users');
const bound = (tx: Transaction): Loose => loose(tx.bind(users as never));
const credits = async (): Promise<unknown> => (await raw().findOne({ username: 'ada' }))?.credits;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany([
    { username: 'ada', credits: 1, api_key: 'S3CR3T' },
    { username: 'bob', credits: 1 },
  ] as never);
  users = new SafeCollection(raw(), userView) as never;
  server.forget();
});

/** All of it is the program's own, because a caller's can't have the arrays of subdocuments. */
const REPLACEMENT = trusted({ username: 'eve', addresses: [], sessions: [] });

/** The arguments of a call of each method that writes. */
const CALLS: Readonly<Record<(typeof WRITE_METHODS)[number], readonly unknown[]>> = {
  insertOne: [{ username: 'new' }],
  insertMany: [[{ username: 'n1' }, { username: 'n2' }]],
  updateOne: [{ username: 'ada' }, { $inc: { credits: 1 } }],
  updateMany: [{ credits: 1 }, { $inc: { credits: 1 } }],
  replaceOne: [{ username: 'ada' }, REPLACEMENT],
  deleteOne: [{ username: 'ada' }],
  deleteMany: [{ credits: 1 }],
  findOneAndUpdate: [{ username: 'ada' }, { $inc: { credits: 1 } }, { projection: ['username'] }],
  findOneAndReplace: [{ username: 'ada' }, REPLACEMENT, { projection: ['username'] }],
  findOneAndDelete: [{ username: 'ada' }, { projection: ['username'] }],
  bulkWrite: [[{ deleteOne: { filter: { username: 'ada' } } }, { insertOne: { document: { username: 'n' } } }]],
};

const snapshot = () =>
  raw()
    .find({}, { projection: { _id: 0 } })
    .toArray();

describe.each(WRITE_METHODS)('%s in a transaction', (method) => {
  it('is there after the commit, and not before', async () => {
    const before = await snapshot();
    await withTransaction(server.client, async (tx) => {
      await bound(tx)[method](...CALLS[method]);
      expect(await snapshot()).toEqual(before);
    });
    expect(await snapshot()).not.toEqual(before);
  });

  it('is rolled back if the work throws, and the error is passed on', async () => {
    const before = await snapshot();
    const mine = new Error('mine');
    const attempt = withTransaction(server.client, async (tx) => {
      await bound(tx)[method](...CALLS[method]);
      throw mine;
    });
    await expect(attempt).rejects.toBe(mine);
    expect(await snapshot()).toEqual(before);
  });

  it('meets a transient conflict, and the driver sees its own error and tries the work again', async () => {
    const other = server.client.startSession();
    other.startTransaction();
    await raw().updateMany({}, { $set: { nickname: 'held' } }, { session: other });
    let tries = 0;
    const attempt = withTransaction(server.client, async (tx) => {
      tries += 1;
      if (tries === 2) await other.commitTransaction();
      if (method.startsWith('insert')) await bound(tx).updateOne({ username: 'bob' }, { $set: { age: 1 } });
      await bound(tx)[method](...CALLS[method]);
    });
    await attempt;
    await other.endSession();
    expect(tries).toBeGreaterThan(1);
    expect(await raw().countDocuments({ credits: { $gt: 3 } })).toBe(0);
  });

  it('accepts no session option', async () => {
    const session = server.client.startSession();
    const { length } = CALLS[method];
    const last = CALLS[method][length - 1];
    const takesOptions = method.startsWith('findOneAnd');
    const args = takesOptions
      ? [...CALLS[method].slice(0, -1), { ...(last as object), session }]
      : [...CALLS[method], { session }];
    const attempt = withTransaction(server.client, (tx) => bound(tx)[method](...args));
    await expect(attempt).rejects.toMatchObject({ name: 'RefusedCallError', path: 'session' });
    await session.endSession();
  });

  it('is refused once the transaction is over, and nothing is sent', async () => {
    let leaked: Loose | undefined;
    await withTransaction(server.client, async (tx) => {
      leaked = bound(tx);
      await leaked.updateOne({ username: 'bob' }, { $set: { age: 3 } });
    });
    server.forget();
    await expect(leaked?.[method](...CALLS[method])).rejects.toMatchObject({
      name: 'RefusedCallError',
      path: 'session',
    });
    expect(server.sent).toEqual([]);
  });
});

describe('withTransaction', () => {
  it('returns what the work returned', async () => {
    await expect(withTransaction(server.client, () => Promise.resolve(42))).resolves.toBe(42);
  });

  it('commits once: many transactions on one document lose nothing', async () => {
    const one = () =>
      withTransaction(server.client, (tx) => bound(tx).updateOne({ username: 'ada' }, { $inc: { credits: 1 } }));
    await Promise.all(Array.from({ length: 20 }, one));
    expect(await credits()).toBe(21);
  });

  it('throws the mapped error of a write, not that of the driver', async () => {
    await raw().createIndex({ username: 1 }, { unique: true, name: 'username_1' });
    const attempt = withTransaction(server.client, async (tx) => {
      await bound(tx).updateOne({ username: 'bob' }, { $set: { age: 9 } });
      await bound(tx).insertOne({ username: 'ada' });
    });
    const error: unknown = await attempt.catch((thrown: unknown) => thrown);
    await raw().dropIndex('username_1');
    expect(error).toBeInstanceOf(DuplicateKeyError);
    expect(await raw().countDocuments({ age: 9 })).toBe(0);
  });

  it('maps the error of a commit', async () => {
    const attempt = withTransaction(server.client, (tx) => bound(tx).insertOne({ username: 'x' }), {
      writeConcern: { w: 40, wtimeoutMS: 100 },
    });
    await expect(attempt).rejects.toMatchObject({ name: 'DatabaseError', operation: 'withTransaction' });
  });

  it('exposes no session', async () => {
    await withTransaction(server.client, async (tx) => {
      const held = bound(tx);
      await held.updateOne({ username: 'ada' }, { $set: { age: 1 } });
      for (const holder of [tx, held]) {
        expect(inspect(holder, { depth: 10, showHidden: true })).not.toMatch(/ClientSession|MongoClient|lsid/);
        const values = Reflect.ownKeys(holder).map((key) => Reflect.get(holder, key));
        expect(values.some((value) => value instanceof ClientSession || value instanceof MongoClient)).toBe(false);
      }
      expect(Object.isFrozen(tx)).toBe(true);
    });
  });

  it('refuses a wrong client, work or option', async () => {
    await expect(withTransaction({} as never, () => Promise.resolve(1))).rejects.toMatchObject({
      code: 'argument_invalid',
    });
    await expect(withTransaction(server.client, 'work' as never)).rejects.toMatchObject({ code: 'argument_invalid' });
    await expect(
      withTransaction(server.client, () => Promise.resolve(1), { session: 1 } as never),
    ).rejects.toMatchObject({ code: 'option_unknown' });
    await expect(
      withTransaction(server.client, () => Promise.resolve(1), { writeConcern: { w: 0 } }),
    ).rejects.toMatchObject({ code: 'option_value' });
    await expect(withTransaction(server.client, async (tx) => tx.bind({} as never))).rejects.toMatchObject({
      code: 'argument_invalid',
    });
    expect(server.sent).toEqual([]);
  });

  it('of another client is an error', async () => {
    const other = new MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 100 });
    await expect(
      withTransaction(other, (tx) => bound(tx).updateOne({ username: 'ada' }, { $set: { age: 1 } })),
    ).rejects.toMatchObject({ name: 'DatabaseError' });
    await other.close();
    expect(await raw().countDocuments({ age: 1 })).toBe(0);
  });

  it('reads and writes in the transaction see each other; those outside do not', async () => {
    await withTransaction(server.client, async (tx) => {
      await bound(tx).updateOne({ username: 'ada' }, { $set: { credits: 7 } });
      expect(await bound(tx).findOne({ username: 'ada' }, { projection: ['credits'] })).toEqual({ credits: 7 });
      expect(
        await bound(tx)
          .find({ credits: 7 }, { projection: ['username'] })
          .toArray(),
      ).toEqual([{ username: 'ada' }]);
      expect(await loose(users).findOne({ username: 'ada' }, { projection: ['credits'] })).toEqual({ credits: 1 });
    });
    expect(await credits()).toBe(7);
  });
});

describe('a transaction over a SafeDb', () => {
  const shop = () => createSafeDb(server.db, { users: userView });

  it('has its collections, bound: they commit and roll back as one', async () => {
    const result = await withTransaction(shop(), async ({ collections }) => {
      await collections.users.updateOne({ username: 'ada' }, { $inc: { credits: 1 } });
      expect(await credits()).toBe(1);
      return await collections.users.findOne({ username: 'ada' }, { projection: ['credits'] });
    });
    expect(result).toEqual({ credits: 2 });
    expect(await credits()).toBe(2);
    const mine = new Error('mine');
    const attempt = withTransaction(shop(), async ({ collections }) => {
      await collections.users.deleteOne({ username: 'ada' });
      throw mine;
    });
    await expect(attempt).rejects.toBe(mine);
    expect(await credits()).toBe(2);
  });

  it('keeps its joins, and exposes no session and no client', async () => {
    await withTransaction(shop(), async (tx) => {
      const joined = await tx.collections.users
        .aggregate([
          { $lookup: { from: 'users', localField: 'username', foreignField: 'username', as: 'same' } },
          { $project: { 'same.username': 1, _id: 0 } },
        ])
        .toArray();
      expect(joined).toHaveLength(2);
      expect(inspect(tx, { depth: 10, showHidden: true })).not.toMatch(/ClientSession|MongoClient|lsid/);
      expect([tx, tx.collections].every(Object.isFrozen)).toBe(true);
    });
  });

  it('is refused over a look-alike, and ends with the work', async () => {
    server.forget();
    await expect(withTransaction({ ...shop() }, () => Promise.resolve(1))).rejects.toMatchObject({
      code: 'argument_invalid',
    });
    const kept = await withTransaction(shop(), async ({ collections }) => collections.users);
    await expect(kept.exists({ username: 'ada' })).rejects.toMatchObject({ code: 'option_value' });
    expect(server.sent).not.toContain('find');
  });
});
