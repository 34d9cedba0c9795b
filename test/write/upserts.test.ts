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
