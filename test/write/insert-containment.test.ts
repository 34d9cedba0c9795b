import { BSONRegExp } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, subtree, trusted } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';

const server = testServer();
const raw = () => server.db.collection<User>('inserts');
const users = () => loose(new SafeCollection(raw(), userView));

beforeEach(async () => {
  await raw().deleteMany({});
  server.forget();
});

/** Each way in which a document is made. */
const INSERTS: Readonly<Record<string, (held: Loose, input: unknown, set?: unknown) => Promise<unknown>>> = {
  'insertOne()': (held, input, set) => held.insertOne(input, more(set)),
  'insertMany()': (held, input, set) => held.insertMany([input], more(set)),
  'bulkWrite()': (held, input, set) => held.bulkWrite([{ insertOne: { document: input, ...more(set) } }]),
  'a bulk': async (held, input, set) => await held.initializeOrderedBulkOp().insert(input, more(set)).execute(),
};

function more(set: unknown): object {
  return set === undefined ? {} : { trusted: trusted({ set } as never) };
}

describe.each(Object.entries(INSERTS))('%s', (_name, insert) => {
  const refused = async (held: Loose, input: unknown, set: unknown, code: string, path: string): Promise<void> => {
    await expect((async () => await insert(held, input, set))()).rejects.toMatchObject({ code, path });
    expect(server.sent).toEqual([]);
  };

  it.each([
    ['a value', { username: 'a' }, { username: 'b' }, 'username'],
    ['null', { email: null }, { email: 'e' }, 'email'],
    ['a nested value', { profile: { bio: 'x' } }, { profile: { bio: 'y', ssn: '1' } }, 'profile.bio'],
    ['an array', { tags: ['a'] }, { tags: ['b'] }, 'tags'],
    ['an array of subdocuments', { addresses: [{ city: 'Rome' }] }, { addresses: [{ access_code: '1' }] }, 'addresses'],
    ['an object and an array', { profile: { bio: 'x' } }, { profile: [{ ssn: '1' }] }, 'profile'],
  ])('refuses %s that the input and the program both give', async (_what, input, set, path) => {
    await refused(users(), input, set, 'write_conflict', path);
  });

  it("merges the program's fields with the input, below a branch too", async () => {
    await insert(users(), { username: 'a', profile: { bio: 'x' } }, { profile: { ssn: '1' }, internal_role: 'user' });
    expect(await raw().findOne({}, { projection: { _id: 0 } })).toEqual({
      username: 'a',
      profile: { bio: 'x', ssn: '1' },
      internal_role: 'user',
    });
  });

  it.each([
    ['a text', 'x'],
    ['a number', 1],
    ['a date', new Date()],
    ['bytes', new Uint8Array(2)],
  ])('refuses %s at a branch', async (_what, value) => {
    await refused(users(), { profile: value }, undefined, 'write_value', 'profile');
    await refused(users(), { addresses: value }, undefined, 'write_value', 'addresses');
    await refused(users(), { addresses: [value] }, undefined, 'write_value', 'addresses');
  });

  it('refuses the key by which the driver recognises its classes, even if a view has it', async () => {
    const view = defineView<Record<string, unknown>>()({
      public: { a: 1 },
      writable: { _bsontype: 1, 'b._bsontype': 1 },
    } as never);
    const held = loose(new SafeCollection(raw() as never, view as never));
    await refused(held, { _bsontype: 'Long' }, undefined, 'write_path', '_bsontype');
    await refused(held, { b: { _bsontype: 'Long' } }, undefined, 'write_path', 'b._bsontype');
    await refused(held, { b: [{ _bsontype: 'Long' }] }, undefined, 'write_path', 'b._bsontype');
  });

  it.each([
    ['a dotted key', 'a.b'],
    ['an operator', '$set'],
    ["the driver's own key", '_bsontype'],
  ])('refuses %s in an array below a subtree, and in one of the program', async (_what, key) => {
    const view = defineView<{ settings: unknown; username: string }>()({
      public: { username: 1 },
      writable: { username: 1, settings: subtree },
    });
    const held = loose(new SafeCollection(raw() as never, view));
    for (const list of [[{ [key]: 1 }], [[{ [key]: 1 }]], [{ x: [{ [key]: 1 }] }]]) {
      await expect((async () => await insert(held, { username: 'a', settings: list }))()).rejects.toMatchObject({
        code: 'write_path',
      });
      await expect((async () => await insert(held, { username: 'a' }, { history: list }))()).rejects.toMatchObject({
        code: 'write_path',
      });
    }
    expect(server.sent).toEqual([]);
  });

  it.each([
    ['op()', op({ $gt: 1 } as never)],
    ['trusted()', trusted({ set: {} } as never)],
  ])('refuses what %s has made at any depth of what the program sets', async (_what, mark) => {
    await refused(users(), { username: 'a' }, { history: mark }, 'write_value', 'history');
    await refused(users(), { username: 'a' }, { history: { last: mark } }, 'write_value', 'history.last');
    await refused(users(), { username: 'a' }, { history: [{ last: [1, mark] }] }, 'write_value', 'history.last');
  });

  it('takes fields of the program under any name that the server stores as it is', async () => {
    await insert(users(), { username: 'a' }, { _kept: { 'naïve name': [{ _x1: 1 }] }, größe: 2 });
    expect(await raw().findOne({}, { projection: { _id: 0 } })).toEqual({
      username: 'a',
      _kept: { 'naïve name': [{ _x1: 1 }] },
      größe: 2,
    });
  });
});

it('an _id that is not public is matched by no pattern, and nothing is sent', async () => {
  for (const pattern of [/^6/, new BSONRegExp('^6')]) {
    for (const condition of [pattern, op({ $eq: pattern } as never), op({ $in: [pattern] } as never)]) {
      for (const filter of [
        { _id: condition },
        { $or: [{ _id: condition }] },
        { $nor: [{ username: 'a' }, { _id: condition }] },
      ]) {
        for (const call of [
          () => users().findOne(filter, { projection: ['username'] }),
          () => users().deleteMany(filter),
          () => users().updateOne(filter, { $set: { username: 'b' } }),
          () => users().findOneAndDelete(filter, { projection: ['username'] }),
        ]) {
          await expect(call()).rejects.toMatchObject({ code: 'filter_value', path: '_id' });
        }
      }
    }
  }
  expect(server.sent).toEqual([]);
});
