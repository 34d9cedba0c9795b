import { beforeAll, describe, expect, it } from 'vitest';
import { defineView, SafeCollection } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface User {
  username: string;
  age: number;
  secret: string;
  profile: { bio: string };
  addresses: { city: string }[];
}

const userView = defineView<User>()({
  public: { username: 1, age: 1, 'profile.bio': 1, 'addresses.city': 1 },
  arrays: { addresses: 1 },
});

const server = testServer();
let users: SafeCollection<User, never, never> & Loose;

beforeAll(async () => {
  const raw = server.db.collection<User>('sorted_users');
  const of = (username: string, age: number) => ({ username, age, secret: 's', profile: { bio: 'b' }, addresses: [] });
  await raw.insertMany([of('ada', 20), of('bob', 10), of('cyd', 20)]);
  users = loose(new SafeCollection(raw, userView)) as never;
});

const refusalOf = async (sort: unknown): Promise<{ readonly code?: string; readonly message: string }> => {
  server.forget();
  const error = await (async () => await users.findOne({}, { projection: ['username'], sort }))().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(server.sent).toEqual([]);
  return error as { readonly code?: string; readonly message: string };
};

describe('a sort of pairs', () => {
  it('sorts by each path in its turn', async () => {
    const sorted = async (sort: unknown) => await users.find({}, { projection: ['username'], sort }).toArray();
    const names = (...list: readonly string[]) => list.map((username) => ({ username }));
    expect(
      await sorted([
        ['age', 1],
        ['username', -1],
      ]),
    ).toEqual(names('bob', 'cyd', 'ada'));
    expect(
      await sorted([
        ['username', -1],
        ['age', 1],
      ]),
    ).toEqual(names('cyd', 'bob', 'ada'));
  });

  it.each([
    ['a pair of one', [['age']]],
    ['a pair of three', [['age', 1, 1]]],
    ['a path that is no text', [[1, 1]]],
    ['one wrong pair among others', [['age', 1], 'username']],
    ['a path alone', ['age', 1]],
    ['an object among pairs', [{ age: 1 }]],
    ['no pairs', []],
    [
      'a path twice',
      [
        ['age', 1],
        ['age', -1],
      ],
    ],
  ])('is refused with %s', async (_, sort) => {
    expect(await refusalOf(sort)).toMatchObject({ code: 'sort_value' });
  });

  it.each(['secret', 'profile', 'addresses.0.city', '$natural', ''])('is refused at %j', async (path) => {
    expect(
      await refusalOf([
        ['age', 1],
        [path, 1],
      ]),
    ).toMatchObject({ code: 'sort_path', path });
  });
});

describe('a direction', () => {
  it.each([0, 2, '1', null, true])('%j is refused', async (direction) => {
    expect(await refusalOf({ age: direction })).toMatchObject({ code: 'sort_value', path: 'age' });
  });
});

describe('a refused path', () => {
  it('is said to be a branch only if the view has paths below it', async () => {
    expect((await refusalOf({ profile: 1 })).message).toContain('is a branch: sort by a leaf below it');
    expect((await refusalOf({ secret: 1 })).message).toContain('is not sortable in this view');
  });
});

describe('trusted code', () => {
  it('sorts by private paths, and not by positions', async () => {
    const raw = server.db.collection<User>('sorted_users');
    const trustedUsers = loose(new PrivilegedCollection(raw, userView, { reason: 'test' })) as unknown as Loose;
    const read = async (sort: object) => await trustedUsers.findOne({}, { projection: ['username'], sort });
    expect(await read({ secret: 1, username: -1 })).toEqual({ username: 'cyd' });
    for (const path of ['addresses.0.city', '$natural', ''])
      await expect(read({ [path]: 1 })).rejects.toMatchObject({ code: 'sort_path' });
  });
});
