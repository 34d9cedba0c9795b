import { beforeEach, describe, expect, it } from 'vitest';
import { createSafeDb, defined, op, SafeCollection, trusted, withTransaction } from 'safe-collection';
import { loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';

const server = testServer();
const raw = () => server.db.collection<User>('optional');
const users = () => new SafeCollection(raw(), userView);

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany([{ username: 'ada', age: 36 } as never, { username: 'bob', age: 20 } as never]);
  server.forget();
});

describe('a key that was left out does not count', () => {
  it('in a filter, an update and a document', async () => {
    const filter: { username?: string; age?: number } = { username: 'ada' };
    const patch: { email?: string; age?: number } = { email: 'ada@example.com' };
    await users().updateOne(filter, { $set: patch });
    await users().insertOne({ username: 'lin', ...(patch.age !== undefined && { age: patch.age }) });
    expect(
      await users()
        .find({}, { projection: ['username', 'email', 'age'], sort: { username: 1 } })
        .toArray(),
    ).toEqual([
      { username: 'ada', email: 'ada@example.com', age: 36 },
      { username: 'bob', age: 20 },
      { username: 'lin' },
    ]);
  });

  it.each([
    ['a filter', () => loose(users()).countDocuments({ username: undefined })],
    ['a filter of many', () => loose(users()).deleteMany({ username: undefined })],
    ['an operator', () => loose(users()).countDocuments({ age: op({ $gte: undefined } as never) })],
    ['an update', () => loose(users()).updateOne({ username: 'ada' }, { $set: { email: undefined } })],
    [
      'an operator of an update',
      () => loose(users()).updateOne({ username: 'ada' }, { $set: { age: 1 }, $inc: undefined }),
    ],
    ['a document', () => loose(users()).insertOne({ username: 'x', email: undefined })],
    ['a model', () => loose(users()).bulkWrite([{ deleteMany: { filter: undefined } }])],
    ['a projection', () => loose(users()).findOne({}, { projection: undefined })],
    [
      'what the program sets',
      async () =>
        loose(users()).insertOne({ username: 'x' }, { trusted: trusted({ set: { tenant: undefined } } as never) }),
    ],
  ])('but undefined at a key of %s is refused, and nothing is sent', async (_, call) => {
    await expect((async () => await call())()).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });
});

describe('an option that is undefined is absent', () => {
  const READ = {
    limit: undefined,
    skip: undefined,
    sort: undefined,
    session: undefined,
    signal: undefined,
    trusted: undefined,
  };

  it('in reads', async () => {
    const options = { ...READ, projection: ['username'], batchSize: undefined, collation: undefined } as const;
    expect(await users().find({}, options).toArray()).toHaveLength(2);
    expect(await users().countDocuments({}, { limit: undefined, trusted: undefined })).toBe(2);
    expect(await users().exists({ username: 'ada' }, { maxTimeMS: undefined })).toBe(true);
    expect(
      await users()
        .aggregate([{ $project: { username: 1 } }], { comment: undefined })
        .toArray(),
    ).toHaveLength(2);
  });

  it('in writes and bulks', async () => {
    const options = {
      upsert: undefined,
      session: undefined,
      arrayFilters: undefined,
      version: undefined,
      trusted: undefined,
    };
    await users().updateOne({ username: 'ada' }, { $set: { age: 1 } }, options);
    const inserted = await users().insertOne({ username: 'lin' }, { projection: undefined });
    expect(inserted).not.toHaveProperty('document');
    await users().bulkWrite(
      [
        {
          updateOne: {
            filter: { username: 'nobody' },
            update: { $set: { age: 3 } },
            upsert: undefined,
            trusted: undefined,
          },
        },
      ],
      { ordered: undefined },
    );
    const bulk = users().initializeOrderedBulkOp({ comment: undefined });
    bulk.find({ username: 'ada' }).updateOne({ $set: { age: 2 } }, { trusted: undefined });
    await bulk.execute();
    expect(await users().countDocuments()).toBe(3);
  });

  it('of a collection, a transaction and a SafeDb', async () => {
    const options = { onDriverError: undefined };
    expect(await new SafeCollection(raw(), userView, options).countDocuments()).toBe(2);
    const { optional } = createSafeDb(server.db, { optional: userView }, options);
    const work = withTransaction(server.client, (tx) => tx.bind(optional).countDocuments(), {
      maxCommitTimeMS: undefined,
    });
    expect(await work).toBe(2);
  });

  it('but an unknown one is refused, and so is null', async () => {
    await expect(loose(users()).countDocuments({}, { hint: undefined })).rejects.toMatchObject({
      code: 'option_unknown',
    });
    await expect(loose(users()).countDocuments({}, { limit: null })).rejects.toMatchObject({ code: 'option_value' });
    await expect(loose(users()).bulkWrite([{ deleteOne: { filter: {}, hint: undefined } }])).rejects.toMatchObject({
      code: 'option_unknown',
    });
    expect(server.sent).toEqual([]);
  });
});

describe('defined()', () => {
  it('drops the keys whose value is undefined, and no others', async () => {
    const patch: { email?: string | undefined; age?: number | undefined } = { email: undefined, age: 0 };
    expect(defined(patch)).toEqual({ age: 0 });
    expect(Object.keys(defined({ a: undefined, b: null, c: false, d: '' }))).toEqual(['b', 'c', 'd']);
    await users().updateOne({ username: 'ada' }, { $set: defined(patch) });
    expect(await raw().findOne({ username: 'ada' })).toMatchObject({ age: 0 });
  });

  it('leaves nested values to the guard', async () => {
    const body = { profile: { bio: undefined } };
    expect(defined(body)).toEqual(body);
    await expect(loose(users()).insertOne(defined({ username: 'x', ...body }))).rejects.toMatchObject({
      code: 'input_invalid',
    });
  });

  it('keeps marks and values as they are', () => {
    const [mark, date] = [op({ $gt: 1 }), new Date()];
    const made = defined({ mark, date, none: undefined });
    expect(made.mark).toBe(mark);
    expect(made.date).toBe(date);
  });

  it.each([
    [
      'a class instance',
      new (class {
        a = 1;
      })(),
    ],
    ['an accessor', Object.defineProperty({}, 'a', { get: () => 1, enumerable: true })],
    ['a proxy', new Proxy({}, {})],
    ['an array', [1]],
    ['an own __proto__', JSON.parse('{"__proto__":{"a":1}}') as object],
    ['a function', { a: () => 1 }],
  ])('refuses %s', (_, value) => {
    expect(() => defined(value)).toThrow(expect.objectContaining({ code: 'input_invalid' }) as Error);
  });

  it('an update that is left without a path is refused', async () => {
    await expect(
      loose(users()).updateOne({ username: 'ada' }, { $set: defined({ email: undefined }) }),
    ).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });
});
