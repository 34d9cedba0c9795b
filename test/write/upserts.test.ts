import { Long } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS } from './support/update-calls.ts';

interface Member {
  username: string;
  email?: string;
  tags?: string[];
  credits?: number;
  plan?: string;
  tenant?: string;
  role?: string;
  profile?: { bio?: string; ssn?: string };
}

/** `credits`, `plan` and `role` may be looked for, and not written. */
const memberView = defineView<Member>()({
  public: { username: 1, email: 1, tags: 1, credits: 1, plan: 1, 'profile.bio': 1 },
  writable: { username: 1, email: 1, tags: 1, 'profile.bio': 1 },
  filterable: { role: 1 },
  arrays: { tags: 1 },
  defaults: { plan: 'free', role: () => 'user', tenant: 'nobody' },
});

const server = testServer();
const raw = () => server.db.collection<Member>('members');
let members: Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  members = loose(new SafeCollection(raw(), memberView));
  server.forget();
});

const stored = () => raw().findOne({}, { projection: { _id: 0 } });

/** Filters whose equality on `credits` the server copies into a new document. */
const COPYING: Readonly<Record<string, object>> = {
  'an equality': { credits: 1000 },
  'an equality with null': { credits: null },
  $eq: { credits: op({ $eq: 1000 }) },
  '$in of one': { credits: op({ $in: [1000] }) },
  '$all of one': { credits: op({ $all: [1000] }) },
  $and: { $and: [{ username: 'x' }, { credits: 1000 }] },
  '$and in $and': { $and: [{ $and: [{ credits: 1000 }] }] },
  '$or of one': { $or: [{ credits: 1000 }] },
  '$or of one in $and': { $and: [{ $or: [{ $and: [{ credits: 1000 }] }] }] },
};

describe.each(Object.entries(COPYING))("an upsert copies the filter's values: %s", (_, filter) => {
  it.each(Object.entries(UPDATE_CALLS))('%s refuses it, and sends nothing', async (name, call) => {
    const projection = name.startsWith('findOneAnd') ? { projection: ['username'] } : {};
    await expect(
      call(members, filter, { $set: { email: 'e' } }, { upsert: true, ...projection }),
    ).rejects.toMatchObject({ code: 'write_path', path: 'credits' });
    expect(server.sent).toEqual([]);
  });

  it('unless the program sets the value itself', async () => {
    const demand = trusted({ update: { $setOnInsert: { credits: 5 } } });
    await members.updateOne(filter, { $set: { email: 'e' } }, { upsert: true, trusted: demand });
    expect(await stored()).toMatchObject({ credits: 5 });
  });

  it("and not if the program's operator depends on the caller's value", async () => {
    const demand = trusted({ update: { $inc: { credits: 5 } } });
    await expect(
      members.updateOne(filter, { $set: { email: 'e' } }, { upsert: true, trusted: demand }),
    ).rejects.toMatchObject({ code: 'write_path' });
    expect(server.sent).toEqual([]);
  });
});

describe('the raw driver copies', () => {
  it.each<readonly [string, object]>([
    ['an equality', { credits: 1000 }],
    ['$eq', { credits: { $eq: 1000 } }],
    ['$in of one', { credits: { $in: [1000] } }],
    ['$in of the same twice', { credits: { $in: [1000, Long.fromNumber(1000)] } }],
    ['$all of one', { credits: { $all: [1000] } }],
    ['$or of one in $and', { $and: [{ $or: [{ credits: 1000 }] }] }],
  ])('%s', async (_, filter) => {
    await raw().updateOne(filter, { $set: { email: 'e' } }, { upsert: true });
    expect(await stored()).toMatchObject({ credits: 1000 });
  });
});

describe('an upsert', () => {
  it.each<readonly [string, object]>([
    ['$gt', { credits: op({ $gt: 5 }) }],
    ['$in of none', { username: op({ $in: [] }), credits: op({ $lt: 5 }) }],
    ['$elemMatch', { tags: op({ $elemMatch: { $eq: 'x' } }) }],
    ['$not', { credits: op({ $not: op({ $eq: 5 }) }) }],
    ['$nor', { $nor: [{ credits: 5 }] }],
  ])('stores nothing of a condition that is not an equality: %s', async (_, filter) => {
    await members.updateOne(filter, { $set: { email: 'e' } }, { upsert: true });
    expect(await stored()).toEqual({ email: 'e', plan: 'free', role: 'user', tenant: 'nobody' });
  });

  it('stores what the caller may write', async () => {
    await members.updateOne({ username: 'ada', 'profile.bio': 'x' }, { $set: { email: 'e' } }, { upsert: true });
    expect(await stored()).toMatchObject({ username: 'ada', profile: { bio: 'x' }, email: 'e' });
  });

  it("keeps the values of the program's filter, and no default overrides them", async () => {
    const demand = trusted({ filter: { tenant: 'north', role: op({ $eq: 'guest' }) } });
    await members.updateOne({ username: 'ada' }, { $set: { email: 'e' } }, { upsert: true, trusted: demand });
    expect(await stored()).toMatchObject({ tenant: 'north', role: 'guest', plan: 'free' });
  });

  it('applies defaults if no value was given, and not to an existing document', async () => {
    await raw().insertOne({ username: 'bob' });
    await members.updateOne({ username: 'bob' }, { $set: { email: 'e' } }, { upsert: true });
    expect(await stored()).toEqual({ username: 'bob', email: 'e' });
  });

  it('by a private path is refused like any filter', async () => {
    await expect(
      members.updateOne({ 'profile.ssn': 'x' }, { $set: { email: 'e' } }, { upsert: true }),
    ).rejects.toMatchObject({ code: 'filter_path' });
    await expect(members.updateOne({ _id: 'x' }, { $set: { email: 'e' } }, { upsert: true })).rejects.toMatchObject({
      code: 'write_path',
      path: '_id',
    });
    expect(server.sent).toEqual([]);
  });
});

/** Filters of several values for one path, of which the server could store none, or only one. */
const SEVERAL: Readonly<Record<string, object>> = {
  '$all of two': { tags: { $all: ['x', 'y'] } },
  '$all of the same twice': { tags: { $all: ['x', 'x'] } },
  '$all of two and more': { tags: { $all: ['x', 'y'], $size: 2 } },
  '$eq and $in of one': { email: { $eq: 'e', $in: ['e'] } },
  '$in of the same twice and $eq': { email: { $in: ['e', 'e'], $eq: 'e' } },
  '$in of the same twice and a value': { $and: [{ email: { $in: ['e', 'e'] } }, { email: 'f' }] },
  '$or of one $in and a value': { email: 'f', $or: [{ email: { $in: ['e', 'e', 'e'] } }] },
  '$and of two': { $and: [{ email: 'e' }, { email: 'f' }] },
  '$and of the same twice': { $and: [{ email: 'e' }, { email: 'e' }] },
  'an equality beside an $or of one': { email: 'e', $or: [{ email: 'e' }] },
  '$and in $or of one': { $or: [{ $and: [{ email: 'e' }, { email: { $in: ['e'] } }] }] },
};

/** The same filter for the library, which takes operators only from `op()`. */
function withOps(filter: object): object {
  const entries = Object.entries(filter).map(([key, value]: readonly [string, unknown]) => {
    if (Array.isArray(value)) return [key, value.map((each: object) => withOps(each))];
    return [key, typeof value === 'object' && value !== null ? op(value as { $eq: string }) : value];
  });
  return Object.fromEntries(entries) as object;
}

describe.each(Object.entries(SEVERAL))('several values for one path: %s', (_, filter) => {
  it('the raw driver fails if no document matches', async () => {
    await expect(raw().updateOne(filter, { $set: { username: 'u' } }, { upsert: true })).rejects.toMatchObject({
      code: 54,
    });
  });

  it.each(Object.entries(UPDATE_CALLS))('an upsert by %s is refused, and nothing is sent', async (name, call) => {
    const projection = name.startsWith('findOneAnd') ? { projection: ['username'] } : {};
    await expect(
      call(members, withOps(filter), { $set: { username: 'u' } }, { upsert: true, ...projection }),
    ).rejects.toMatchObject({ code: 'write_conflict', path: 'tags' in filter ? 'tags' : 'email' });
    expect(server.sent).toEqual([]);
  });

  it('another update takes it', async () => {
    await expect(members.updateOne(withOps(filter), { $set: { username: 'u' } })).resolves.toMatchObject({
      matchedCount: 0,
    });
  });
});

describe('an upsert demands one value at each path', () => {
  it.each<readonly [string, object, object]>([
    ['$or of two', { $or: [{ email: 'e' }, { email: 'f' }] }, {}],
    ['$in of two', { email: op({ $in: ['e', 'f'] }) }, {}],
    ['$in of the same twice', { email: op({ $in: ['e', 'e'] }) }, { email: 'e' }],
    ['$in of two and a value', { $and: [{ email: op({ $in: ['e', 'f'] }) }, { email: 'e' }] }, { email: 'e' }],
    [
      '$in of a pattern and a value',
      { $and: [{ email: op({ $in: [/e/, 'e', 'e'] }) }, { email: 'e' }] },
      { email: 'e' },
    ],
    ['an equality and an $or of two', { email: 'e', $or: [{ email: 'e' }, { username: 'x' }] }, { email: 'e' }],
    ['a pattern and a value', { $and: [{ email: /e/ }, { email: 'e' }] }, { email: 'e' }],
    ['$all of a pattern and a value', { email: op({ $all: [/e/, 'e'] }) }, { email: 'e' }],
    ['an equality and a range', { $and: [{ email: 'e' }, { email: op({ $gt: 'a' }) }] }, { email: 'e' }],
  ])('and takes %s', async (_, filter, copied) => {
    await members.updateOne(filter, { $set: { 'profile.bio': 'b' } }, { upsert: true });
    expect(await stored()).toEqual({ ...copied, profile: { bio: 'b' }, plan: 'free', role: 'user', tenant: 'nobody' });
  });

  it("counts the program's conditions too", async () => {
    const demand = trusted({ filter: { email: 'e' } });
    await expect(
      members.updateOne({ email: 'e' }, { $set: { username: 'u' } }, { upsert: true, trusted: demand }),
    ).rejects.toMatchObject({ code: 'write_conflict', path: 'email' });
    expect(server.sent).toEqual([]);
  });

  it('and a pattern in $all does not hide a single value that an array would get', async () => {
    await raw().updateOne({ tags: { $all: [/x/, 'x'] } }, { $set: { email: 'e' } }, { upsert: true });
    expect(await stored()).toMatchObject({ tags: 'x' });
    await raw().deleteMany({});
    server.forget();
    await expect(
      members.updateOne({ tags: op({ $all: [/x/, 'x'] }) }, { $set: { email: 'e' } }, { upsert: true }),
    ).rejects.toMatchObject({ code: 'write_value', path: 'tags' });
    expect(server.sent).toEqual([]);
  });
});
