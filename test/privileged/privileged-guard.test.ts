import { describe, expect, it } from 'vitest';

import { op, RefusedCallError, SafeCollection } from '../../src/index.ts';
import { PrivilegedCollection, type PrivilegedRead } from '../../src/privileged.ts';
import { loginsFixture, PROJECTION, SECRETS, userView } from './users.ts';

const { sent, users, reads, logins, loose } = await loginsFixture();

/** Calls as in JavaScript, without a compiler. */
async function attempt(call: () => unknown): Promise<unknown> {
  const result = await call();
  const cursor = result as { toArray?: () => unknown } | null;
  return cursor?.toArray === undefined ? result : await cursor.toArray();
}

const BAD_PROJECTIONS: readonly (readonly [name: string, projection: unknown])[] = [
  ['none', undefined],
  ['null', null],
  ['an empty object', {}],
  ['an empty array', []],
  ['_id: 0 alone', { _id: 0 }],
  ['_id: false alone', { _id: false }],
  ['an exclusion', { password_hash: 0 }],
  ['false', { password_hash: false }],
  ['an expression', { username: '$password_hash' }],
  ['$slice', { 'addresses.city': { $slice: 1 } }],
  ['$meta', { username: { $meta: 'sortKey' } }],
  ['a positional path', { 'addresses.$': 1 }],
  ['a numeric segment', { 'addresses.0.access_code': 1 }],
  ['a branch of the view', { profile: 1 }],
  ['a path twice', ['username', 'username']],
  ['a path and one below it', { settings: 1, 'settings.theme': 1 }],
  ['a nested object', { profile: { ssn: 1 } }],
  ['the view', userView],
  ['a selection', userView.select({ username: 1 })],
  ['a string', 'username'],
  ['a number in an array', [1]],
];

describe('I5: a refused call sends and announces nothing', () => {
  it.each(BAD_PROJECTIONS)('the projection is %s', async (_name, projection) => {
    for (const method of ['find', 'findOne'] as const) {
      await expect(attempt(() => loose[method]({ username: 'ada' }, { projection }))).rejects.toThrow(RefusedCallError);
    }
    expect([sent(), reads]).toEqual([[], []]);
  });

  it.each([[undefined], [''], ['profile'], ['addresses.0.city'], ['$where'], [['username']], [{ $ne: 1 }]])(
    'the distinct key is %j',
    async (key) => {
      await expect(attempt(() => loose.distinct(key, {}))).rejects.toThrow(RefusedCallError);
      expect([sent(), reads]).toEqual([[], []]);
    },
  );

  it.each([
    [{ $natural: 1 }],
    [{ password_hash: { $meta: 'textScore' } }],
    [{ password_hash: 2 }],
    [{}],
    [['password_hash']],
    ['password_hash'],
    [{ username: 1, 'addresses.0.city': 1 }],
  ])('the sort is %j', async (sort) => {
    await expect(attempt(() => loose.find({}, { ...PROJECTION, sort }))).rejects.toThrow(RefusedCallError);
    expect([sent(), reads]).toEqual([[], []]);
  });
});

describe('I6: input is read once', () => {
  it('what the caller changes afterwards changes nothing', async () => {
    const filter = { username: 'ada' };
    const projection: Record<string, number> = { username: 1, api_key: 1 };
    const options = { projection };
    const cursor = loose.find(filter, options) as { toArray: () => Promise<unknown> };
    filter.username = 'bob';
    projection['internal_role'] = 1;
    options.projection = {};
    expect(JSON.stringify(await cursor.toArray())).toBe('[{"username":"ada","api_key":"[redacted]"}]');
  });
});

describe('I8: no way up', () => {
  it('from a SafeCollection, or from another privileged one', () => {
    const safe = new SafeCollection(users, userView);
    expect(() => new PrivilegedCollection(safe as never, userView, { reason: 'x' })).toThrow(RefusedCallError);
    expect(() => new PrivilegedCollection(logins as never, userView, { reason: 'x' })).toThrow(RefusedCallError);
  });
});

describe('I9: a closed world', () => {
  it('has the five reads and scoped(), and nothing else', () => {
    const methods = Object.getOwnPropertyNames(PrivilegedCollection.prototype).toSorted();
    expect(methods).toEqual(['constructor', 'countDocuments', 'distinct', 'exists', 'find', 'findOne', 'scoped']);
    expect(Object.getPrototypeOf(PrivilegedCollection.prototype)).toBe(Object.prototype);
  });
});

describe('I11: no fail-open', () => {
  it.each([
    ['no view', undefined],
    ['a look-alike of a view', { select() {}, selectFields() {}, pick() {} }],
  ])('is not made with %s', (_name, view) => {
    expect(() => new PrivilegedCollection(users as never, view as never, { reason: 'x' })).toThrow(RefusedCallError);
  });

  it.each([
    [undefined],
    [{}],
    [{ reason: '' }],
    [{ reason: '  ' }],
    [{ reason: 1 }],
    [{ reason: 'x', onPrivilegedRead: true }],
    [{ reason: 'x', onRead() {} }],
    [Object.defineProperty({}, 'reason', { get: () => 'x', enumerable: true })],
    [new Proxy({ reason: 'x' }, {})],
  ])('is not made with the settings %j', (settings) => {
    expect(() => new PrivilegedCollection(users, userView, settings as never)).toThrow(RefusedCallError);
  });
});

describe('onPrivilegedRead', () => {
  it('sees reason, operation, view and paths, and never a value', async () => {
    await logins
      .find(
        { $or: [{ api_key: 'key-of-ada' }, { addresses: op({ $elemMatch: { access_code: 'code-1-of-ada' } }) }] },
        { projection: ['username', 'password_hash'], sort: { internal_role: 1 } },
      )
      .toArray();
    await logins.distinct('internal_role', { username: 'ada' });
    await logins.exists({ 'profile.ssn': 'ssn-of-ada' });
    await logins.countDocuments({});
    const paths = (projection: string[], filter: string[], sort: string[]) => ({ projection, filter, sort });
    const common = { reason: 'login', view: 'users' };
    expect(reads).toEqual([
      {
        ...common,
        operation: 'find',
        paths: paths(
          ['username', 'password_hash'],
          ['api_key', 'addresses', 'addresses.access_code'],
          ['internal_role'],
        ),
      },
      { ...common, operation: 'distinct', paths: paths(['internal_role'], ['username'], []) },
      { ...common, operation: 'exists', paths: paths([], ['profile.ssn'], []) },
      { ...common, operation: 'countDocuments', paths: paths([], [], []) },
    ]);
    for (const secret of SECRETS) expect(JSON.stringify(reads)).not.toContain(secret);
    expect(reads.every((read) => Object.isFrozen(read) && Object.isFrozen(read.paths.filter))).toBe(true);
  });

  it('is called before the read is sent, once for a cursor, with the sort of the cursor', async () => {
    const order: string[] = [];
    const told: PrivilegedRead[] = [];
    const collection = new PrivilegedCollection(users, userView, {
      reason: 'order',
      onPrivilegedRead: async (read) => {
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`told, ${sent().length} sent`);
        told.push(read);
      },
    });
    const cursor = collection
      .find({}, { projection: ['username'] })
      .sort({ email: -1 })
      .batchSize(1);
    expect(order).toEqual([]);
    for await (const user of cursor) order.push(user.username);
    expect(order).toEqual(['told, 0 sent', 'bob', 'ada']);
    expect(told[0]?.paths.sort).toEqual(['email']);
  });

  it('is called once for a cursor; if it fails, every read fails', async () => {
    const collection = new PrivilegedCollection(users, userView, {
      reason: 'x',
      onPrivilegedRead: () => Promise.reject(new Error('the audit log is down')),
    });
    const cursor = collection.find({}, { projection: ['username'] });
    await expect(cursor.next()).rejects.toThrow('the audit log is down');
    await expect(cursor.toArray()).rejects.toThrow('the audit log is down');
    expect(sent()).toEqual([]);
  });
});
