import { inspect } from 'node:util';

import { describe, expect, it } from 'vitest';

import { op, SchemaDriftError, subtree } from '../../src/index.ts';
import { PrivilegedCollection, Sensitive } from '../../src/privileged.ts';
import { ADA, BOB, SECRETS, type User, usersFixture, userView } from './users.ts';

const { db, sent } = await usersFixture();
const logins = new PrivilegedCollection(db.collection<User>('users'), userView, { reason: 'login' });

/** The result with each Sensitive opened, and marked as one. */
function opened(value: unknown): unknown {
  if (value instanceof Sensitive) return { opened: value.expose() };
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, opened(below)]));
}

describe('findOne()', () => {
  it('hands public leaves out plain and private ones sealed', async () => {
    const user = await logins.findOne(
      { username: 'ada' },
      {
        projection: {
          _id: 1,
          username: 1,
          'profile.bio': 1,
          'profile.ssn': 1,
          'addresses.city': 1,
          'addresses.access_code': 1,
          scopes: 1,
          deleted_at: 1,
        },
      },
    );
    expect(opened(user)).toEqual({
      _id: { opened: ADA._id },
      username: 'ada',
      profile: { bio: 'first', ssn: { opened: 'ssn-of-ada' } },
      addresses: [
        { city: 'London', access_code: { opened: 'code-1-of-ada' } },
        { city: 'Paris', access_code: { opened: 'code-2-of-ada' } },
      ],
      scopes: { opened: ['read', 'write'] },
      deleted_at: { opened: null },
    });
    for (const secret of SECRETS) expect(JSON.stringify(user) + inspect(user, { depth: null })).not.toContain(secret);
  });

  it('leaves out a private field that is not stored', async () => {
    const user = await logins.findOne({ username: 'bob' }, { projection: ['username', 'api_key', 'profile.ssn'] });
    expect(user).toEqual({ username: 'bob' });
  });

  it('reads what has no fixed leaves only as subtree', async () => {
    const user = await logins.findOne({ username: 'ada' }, { projection: { settings: subtree, limits: subtree } });
    expect(user?.settings.expose()).toEqual({ theme: { dark: true } });
    expect(user?.limits.expose()).toEqual({ hourly: 10 });
  });

  it('returns null if nothing matches', async () => {
    expect(await logins.findOne({ api_key: 'no such key' }, { projection: ['username'] })).toBeNull();
  });

  it('projects on the server: no other field crosses the wire', async () => {
    sent();
    await logins.findOne({ username: 'ada' }, { projection: { password_hash: 1 } });
    const [command] = sent();
    expect(command?.command).toMatchObject({ find: 'users', projection: { password_hash: 1, _id: 0 } });
  });
});

describe('a filter', () => {
  it('names any path of the document', async () => {
    const byKey = await logins.findOne({ api_key: 'key-of-ada' }, { projection: ['username'] });
    expect(byKey).toEqual({ username: 'ada' });
    expect(await logins.exists({ addresses: op({ $elemMatch: { access_code: 'code-2-of-ada' } }) })).toBe(true);
    expect(await logins.countDocuments({ internal_role: op({ $in: ['admin', 'support'] }), deleted_at: null })).toBe(1);
    expect(
      await logins.countDocuments({ $or: [{ _id: ADA._id }, { password_hash: op({ $regex: '^hash-of-b' }) }] }),
    ).toBe(2);
  });
});

describe('find()', () => {
  it('reads through a cursor, sorted by any leaf', async () => {
    const cursor = logins.find(
      {},
      { projection: { username: 1, internal_role: 1 }, sort: { password_hash: -1 }, limit: 2 },
    );
    expect(opened(await cursor.toArray())).toEqual([
      { username: 'bob', internal_role: { opened: 'support' } },
      { username: 'ada', internal_role: { opened: 'admin' } },
    ]);
  });

  it('iterates', async () => {
    const names: string[] = [];
    for await (const user of logins
      .find({}, { projection: ['username', 'password_hash'] })
      .sort({ joined_at: -1 })
      .batchSize(1)) {
      names.push(user.username);
      expect(user.password_hash).toBeInstanceOf(Sensitive);
    }
    expect(names).toEqual(['bob', 'ada']);
  });
});

describe('distinct()', () => {
  it('seals the values of a private leaf, and not those of a public one', async () => {
    const roles = await logins.distinct('internal_role', {});
    expect(roles.map((role) => role.expose()).toSorted()).toEqual(['admin', 'support']);
    expect(JSON.stringify(roles)).toBe('["[redacted]","[redacted]"]');
    expect(await logins.distinct('addresses.city', {})).toEqual(['London', 'Paris']);
  });
});

describe('a subdocument stored at a projected leaf', () => {
  it.each([['profile_copy'], ['sessions']])('ends the read of %j as schema drift', async (path) => {
    const drifted = db.collection('drifted');
    await drifted.insertOne({
      username: 'eve',
      profile_copy: { ssn: 'ssn-of-eve' },
      sessions: [{ token: 'token-of-eve' }],
    });
    const collection = new PrivilegedCollection(drifted as never, userView, { reason: 'test' });
    const read = collection.findOne({ username: 'eve' }, { projection: { [path]: 1 } as never });
    await expect(read).rejects.toThrow(SchemaDriftError);
    await expect(read).rejects.toSatisfy(
      (error) => !inspect(error, { depth: null, showHidden: true }).includes('of-eve'),
    );
    await expect(collection.distinct(path as never, {})).rejects.toThrow(SchemaDriftError);
    await expect(collection.find({}, { projection: { [path]: 1 } as never }).toArray()).rejects.toThrow(
      SchemaDriftError,
    );
  });

  it('is read by its leaves', async () => {
    expect(opened(await logins.find({}, { projection: ['profile.ssn'], sort: { username: 1 } }).toArray())).toEqual([
      { profile: { ssn: { opened: ADA.profile?.ssn } } },
      {},
    ]);
    expect(BOB.profile).toBeUndefined();
  });
});
