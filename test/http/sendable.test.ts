import { inspect } from 'node:util';
import { Readable } from 'node:stream';

import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb';
import { describe, expect, it } from 'vitest';

import { defineView, RefusedCallError, SafeCollection, sendable, subtree } from '../../src/index.ts';
import { PrivilegedCollection, Sensitive } from '../../src/privileged.ts';
import { ADA, SECRETS, type User, usersFixture, userView } from '../privileged/users.ts';

const { db } = await usersFixture();
const raw = db.collection<User>('users');
const users = new SafeCollection(raw, userView);
const openView = defineView<User>()({ public: { username: 1, settings: subtree, scopes: 1 }, arrays: { scopes: 1 } });
const open = new SafeCollection(raw, openView);

const PROJECTION = { username: 1, 'profile.bio': 1, 'addresses.city': 1 } as const;
const ada = async () => (await users.findOne({ username: 'ada' }, { projection: PROJECTION })) ?? expect.fail('no ada');
const ADA_SHOWN = { username: 'ada', profile: { bio: 'first' }, addresses: [{ city: 'London' }, { city: 'Paris' }] };

/** The path that the refusal names. It contains no value. */
function refusedPath(body: unknown, options?: object): string | undefined {
  try {
    sendable(body as never, options as never);
  } catch (error) {
    expect(error).toBeInstanceOf(RefusedCallError);
    expect(error).toMatchObject({ code: 'not_sendable', operation: 'sendable' });
    for (const secret of SECRETS) expect(inspect(error, { depth: null, showHidden: true })).not.toContain(secret);
    return (error as RefusedCallError).path ?? '(root)';
  }
  return undefined;
}

describe('sendable() passes', () => {
  it('the results of each read', async () => {
    const cursor = users.find({}, { projection: ['username'], sort: { username: 1 } });
    expect(sendable(await ada())).toEqual(ADA_SHOWN);
    expect(sendable(await cursor.toArray())).toEqual([{ username: 'ada' }, { username: 'bob' }]);
    expect(sendable(await users.find({}, { projection: ['email'], sort: { email: -1 } }).next())).toEqual({
      email: 'bob@example.com',
    });
    expect(sendable(await users.distinct('addresses.city', {}))).toEqual(['London', 'Paris']);
    expect(sendable(userView.pick(ADA, { username: 1 }))).toEqual({ username: 'ada' });
    expect(sendable(await users.countDocuments({}))).toBe(2);
    expect(sendable(await users.exists({ username: 'ada' }))).toBe(true);
    expect(sendable(await users.findOne({ username: 'nobody' }, { projection: ['username'] }))).toBeNull();
    const streamed = [];
    for await (const user of users.find({}, { projection: ['username'] }).stream()) streamed.push(user);
    expect(sendable(streamed)).toHaveLength(2);
  });

  it('subtrees, arrays and dates of results', async () => {
    expect(sendable(await open.findOne({ username: 'ada' }, { projection: openView }))).toEqual({
      username: 'ada',
      settings: { theme: { dark: true } },
      scopes: ['read', 'write'],
    });
    expect(JSON.stringify(sendable(await users.findOne({ username: 'ada' }, { projection: ['joined_at'] })))).toBe(
      '{"joined_at":"2024-01-01T00:00:00.000Z"}',
    );
  });

  it('envelopes around them, with counts, flags and null', async () => {
    const user = await ada();
    const body = { ok: true, total: 2, page: 1, user, best: { users: [user, [user]] }, friend: null, next: undefined };
    expect(sendable(body)).toEqual({
      ok: true,
      total: 2,
      page: 1,
      user: ADA_SHOWN,
      best: { users: [ADA_SHOWN, [ADA_SHOWN]] },
      friend: null,
    });
  });

  it('scalars of the program under declared keys, and arrays of them', async () => {
    const body = { user: await ada(), token: 't-1', scopes: ['read', 'write'], at: new Date(0) };
    expect(sendable(body, { envelope: ['token', 'scopes', 'at'] })).toEqual({ ...body, user: ADA_SHOWN });
  });

  it('what it proved before, and gives a frozen copy', async () => {
    const user = await ada();
    const once = sendable({ user });
    expect(sendable(once)).toBe(once);
    expect(sendable({ once })).toEqual({ once: { user: ADA_SHOWN } });
    expect(Object.isFrozen(once) && Object.isFrozen(once.user) && Object.isFrozen(once.user.addresses)).toBe(true);
    Object.assign(user, { password_hash: 'hash-of-ada' });
    expect(JSON.stringify(once)).not.toContain('hash-of-ada');
  });
});

describe('sendable() refuses, and names the path of', () => {
  it('a raw document, and the fields of one', async () => {
    const document = (await raw.findOne({ username: 'ada' })) as User;
    const { _id, ...rest } = document;
    expect(_id).toBeInstanceOf(ObjectId);
    expect(refusedPath(document)).toBe('_id');
    expect(refusedPath(rest)).toBe('username');
    expect(refusedPath([rest])).toBe('0.username');
    expect(refusedPath({ user: rest })).toBe('user.username');
    expect(refusedPath({ data: { users: [rest] } })).toBe('data.users.0.username');
    expect(refusedPath(await raw.findOne({ username: 'ada' }, { projection: { password_hash: 1, _id: 0 } }))).toBe(
      'password_hash',
    );
  });

  it('a copy of a result: a spread, an assignment, a map(), parsed JSON, a structured clone, a part', async () => {
    const user = await ada();
    expect(refusedPath({ ...user, password_hash: 'hash-of-ada' })).toBe('username');
    expect(refusedPath({ ...user })).toBe('username');
    expect(refusedPath(Object.assign({}, user))).toBe('username');
    expect(refusedPath([user].map(({ username }) => ({ name: username })))).toBe('0.name');
    expect(refusedPath(JSON.parse(JSON.stringify(user)))).toBe('username');
    expect(refusedPath(structuredClone(user))).toBe('username');
    expect(refusedPath({ profile: user.profile })).toBe('profile.bio');
    const mapped = await users
      .find({}, { projection: ['username'] })
      .map((each) => ({ ...each, password_hash: 'hash-of-ada' }))
      .toArray();
    expect(refusedPath(mapped)).toBe('0.username');
  });

  it('a field that was added to a result, at any depth', async () => {
    const added = await ada();
    Object.assign(added, { password_hash: 'hash-of-ada' });
    expect(refusedPath({ user: added })).toBe('user.password_hash');
    const deep = await ada();
    Object.assign(deep.addresses[1] as object, { access_code: 'code-2-of-ada' });
    expect(refusedPath([deep])).toBe('0.addresses.1.access_code');
    const replaced = await ada();
    Object.assign(replaced, { username: { hash: 'hash-of-ada' } });
    expect(refusedPath(replaced)).toBe('username');
    const pushed = await ada();
    (pushed.addresses as unknown[]).push(pushed.addresses);
    expect(refusedPath(pushed)).toContain('addresses.2');
  });

  it('a sensitive value, and the result of a privileged read', async () => {
    const logins = new PrivilegedCollection(raw, userView, { reason: 'test' });
    const user = await logins.findOne({ username: 'ada' }, { projection: ['username', 'password_hash'] });
    expect(refusedPath(user)).toBe('username');
    expect(refusedPath(await logins.findOne({ username: 'ada' }, { projection: ['username'] }))).toBe('username');
    expect(refusedPath(await logins.distinct('username', {}))).toBe('0');
    expect(refusedPath({ hash: user?.password_hash })).toBe('hash');
    expect(refusedPath({ hash: user?.password_hash }, { envelope: ['hash'] })).toBe('hash');
    const exposed = await ada();
    Object.assign(exposed, { username: new Sensitive('hash-of-ada') });
    expect(refusedPath(exposed)).toBe('username');
  });

  it.each([
    ['a string', 'hash-of-ada', '(root)'],
    ['JSON text', JSON.stringify(ADA), '(root)'],
    ['a date', new Date(), '(root)'],
    ['nothing', undefined, '(root)'],
    ['a function', () => ADA, '(root)'],
    ['a symbol', Symbol('x'), '(root)'],
    ['a bigint', 1n, '(root)'],
    [
      'a class instance',
      new (class Account {
        password_hash = 'hash-of-ada';
      })(),
      '(root)',
    ],
    ['a Map', new Map([['hash', 'hash-of-ada']]), '(root)'],
    ['an error', new Error('hash-of-ada'), '(root)'],
    ['a promise', Promise.resolve(ADA), '(root)'],
    ['a stream', Readable.from(['hash-of-ada']), '(root)'],
    ['bytes', Buffer.from('hash-of-ada'), '(root)'],
    ['a BSON number', new Double(1), '(root)'],
    ['a proxy', new Proxy({ hash: 'hash-of-ada' }, {}), '(root)'],
    ['toJSON()', { toJSON: () => ADA }, 'toJSON'],
    [
      'a getter',
      {
        get hash() {
          return 'hash-of-ada';
        },
      },
      'hash',
    ],
    ['text under the name of a count', { total: 'hash-of-ada' }, 'total'],
    ['a number under another name', { pin: 1234 }, 'pin'],
    ['an array of text', ['hash-of-ada'], '0'],
  ])('%s', (_name, body, path) => {
    expect(refusedPath(body)).toBe(path);
  });

  it('what holds itself', () => {
    const body: Record<string, unknown> = {};
    body['self'] = body;
    expect(refusedPath(body)).toContain('self.self');
  });

  it('an array with an own map()', () => {
    const list = Object.assign([], { map: () => [ADA], toJSON: () => ADA });
    expect(JSON.stringify(sendable(list as never))).toBe('[]');
  });
});

/** A result with this instead of its username. */
async function withUsername(username: unknown): Promise<object> {
  return Object.assign((await ada()) as object, { username });
}

describe('sendable() writes scalars unchanged, regardless of extra properties', () => {
  const leak = { toJSON: () => ADA, password_hash: 'hash-of-ada' };

  it.each([
    ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['an invalid date', new Date(Number.NaN), 'null'],
    ['a RegExp', /x/, '{}'],
    ['a Buffer', Buffer.from('x'), '{"type":"Buffer","data":[120]}'],
    ['a Uint8Array', Uint8Array.of(1), '{"0":1}'],
    ['an ObjectId', new ObjectId('6b0519c1186421491b7b0b07'), '"6b0519c1186421491b7b0b07"'],
    ['a Decimal128', new Decimal128('1.5'), '{"$numberDecimal":"1.5"}'],
    // The order of its fields depends on the version of bson.
    ['a Long', new Long(1), JSON.stringify(new Long(1))],
    ['an Int32', new Int32(1), '1'],
    ['a Double', new Double(1.5), '1.5'],
    ['a Timestamp', new Timestamp(1n), '{"$timestamp":"1"}'],
    ['a Binary', new Binary(Buffer.from('x')), '"eA=="'],
    ['a UUID', new UUID('6f5ee4c1-8b8a-4a5b-9d5c-1d0b8b3f9a10'), '"6f5ee4c1-8b8a-4a5b-9d5c-1d0b8b3f9a10"'],
    ['a BSONRegExp', new BSONRegExp('x', 'i'), '{"pattern":"x","options":"i"}'],
    ['a BSONSymbol', new BSONSymbol('x'), '"x"'],
    ['a MinKey', new MinKey(), '{}'],
    ['a MaxKey', new MaxKey(), '{}'],
  ])('%s', async (_name, scalar, text) => {
    const before = JSON.stringify(sendable((await withUsername(scalar)) as never));
    expect(before).toContain(`"username":${text}`);
    expect(JSON.stringify(sendable({ at: scalar } as never, { envelope: ['at'] }))).toBe(`{"at":${text}}`);
    Object.assign(scalar, leak);
    expect(JSON.stringify(sendable((await withUsername(scalar)) as never))).toBe(before);
    expect(JSON.stringify(sendable({ at: scalar } as never, { envelope: ['at'] }))).toBe(`{"at":${text}}`);
  });

  it('and what was proved takes no keys any more, down to its dates and bytes', () => {
    const body = sendable(
      { at: new Date(0), bytes: Uint8Array.of(1), id: new ObjectId() },
      { envelope: ['at', 'bytes', 'id'] },
    );
    for (const scalar of Object.values(body)) expect(() => Object.assign(scalar, leak)).toThrow(TypeError);
  });

  it.each([
    [
      'a class with the tag of a symbol',
      new (class {
        value = ADA;
        get _bsontype() {
          return 'BSONSymbol';
        }
      })(),
    ],
    [
      'a class with the tag of an id',
      new (class {
        id = 'hash-of-ada';
        get _bsontype() {
          return 'ObjectId';
        }
      })(),
    ],
    [
      'a class with the tag of a DBRef',
      new (class {
        fields = ADA;
        get _bsontype() {
          return 'DBRef';
        }
      })(),
    ],
    ['a document with a tag of its own', { _bsontype: 'ObjectId', id: 'hash-of-ada' }],
    ['an array of documents', [ADA]],
    ['a proxy of a date', new Proxy(new Date(0), {})],
  ])('and refuses %s', async (_name, value) => {
    expect(refusedPath(await withUsername(value))).toMatch(/^username/);
  });
});

describe('sendable() answers what can not be read with a refusal', () => {
  it.each([
    [
      'a getter that throws',
      {
        get hash() {
          throw new Error('hash-of-ada');
        },
      },
    ],
    [
      'a proxy that was revoked',
      (() => {
        const { proxy, revoke } = Proxy.revocable([], {});
        revoke();
        return { list: proxy };
      })(),
    ],
    [
      'a proxy whose trap throws',
      new Proxy([1], {
        get() {
          throw new Error('hash-of-ada');
        },
      }),
    ],
  ])('%s', (_name, body) => {
    expect(refusedPath(body)).toBe('(root)');
  });

  it('a body as deep as a stack, or as wide as a table', async () => {
    let deep: object = {};
    for (let level = 0; level < 50_000; level += 1) deep = { deep };
    expect(refusedPath(deep)).toContain('deep.deep');
    expect(refusedPath({ user: Object.assign(await ada(), { profile: deep }) })).toBe('user.profile.deep');
    const list: unknown[] = Array.from({ length: 100_000 }).fill(await ada());
    expect(sendable(list as never)).toHaveLength(100_000);
    list.push({ password_hash: 'hash-of-ada' });
    expect(refusedPath(list)).toBe('100000.password_hash');
  });
});

it('passes an aggregation result with a scalar at a branch', async () => {
  const mixed = await users
    .aggregate([
      { $group: { _id: '$profile', total: { $sum: 1 } } },
      { $project: { _id: 0, profile: '$_id', total: 1 } },
    ])
    .toArray();
  expect(JSON.parse(JSON.stringify(sendable(mixed as never)))).toEqual(
    expect.arrayContaining([
      { profile: { bio: 'first', avatar: 'ada.png' }, total: 1 },
      { profile: null, total: 1 },
    ]),
  );
});

it('reads each value once: the checked value is sent', async () => {
  const user = await ada();
  let reads = 0;
  const body = {
    get user() {
      return (reads += 1) === 1 ? user : ADA;
    },
  };
  expect(sendable(body)).toEqual({ user: ADA_SHOWN });
  expect(reads).toBe(1);
});

it.each([[{ envelope: 'token' }], [{ envelope: [1] }], [{ envelope: [''] }], [{ keys: ['token'] }], ['token']])(
  'refuses the options %j',
  (options) => {
    expect(() => sendable(null, options as never)).toThrow(RefusedCallError);
  },
);
