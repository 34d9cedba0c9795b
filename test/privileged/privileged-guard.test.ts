import { inspect } from 'node:util';

import { Collection, Db, MongoClient, MongoServerError } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { DatabaseError, defineView, op, RefusedCallError, SafeCollection, trusted } from '../../src/index.ts';
import { PrivilegedCollection, type PrivilegedRead, Sensitive } from '../../src/privileged.ts';
import { ADA, SECRETS, type User, usersFixture, userView } from './users.ts';

const { db, sent } = await usersFixture();
const users = db.collection<User>('users');
let reads: PrivilegedRead[] = [];
const logins = new PrivilegedCollection(users, userView, { reason: 'login', onPrivilegedRead: (read) => void reads.push(read) });

beforeEach(() => {
  reads = [];
  sent();
});

type Loose = Record<'find' | 'findOne' | 'exists' | 'countDocuments' | 'distinct', (...args: readonly unknown[]) => unknown>;
const loose = logins as unknown as Loose;
const PROJECTION = { projection: { username: 1, password_hash: 1 } };

/** Calls as JavaScript would, where no compiler looks. */
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

const BAD_FILTERS: readonly (readonly [name: string, filter: unknown])[] = [
  ['none', undefined],
  ['$where', { $where: 'true' }],
  ['$expr', { $expr: { $eq: ['$password_hash', '$api_key'] } }],
  ['$jsonSchema', { $jsonSchema: {} }],
  ['$text', { $text: { $search: 'x' } }],
  ['$comment', { $comment: 'x' }],
  ['a plain operator object', { api_key: { $ne: null } }],
  ['a plain operator object in $or', { $or: [{ api_key: { $ne: null } }] }],
  ['$function in op()', { api_key: op({ $function: {} } as never) }],
  ['$where in op()', { api_key: op({ $where: 'true' } as never) }],
  ['a whole branch', { profile: { ssn: 'x' } }],
  ['a numeric segment', { 'addresses.0.access_code': 'x' }],
  ['an empty $or', { $or: [] }],
  ['$or that is no array', { $or: { 0: { username: 'ada' } } }],
  ['a Sensitive', { api_key: new Sensitive('key-of-ada') }],
];

describe('I5: a refused call sends and announces nothing', () => {
  it.each(BAD_PROJECTIONS)('the projection is %s', async (_name, projection) => {
    for (const method of ['find', 'findOne'] as const) {
      await expect(attempt(() => loose[method]({ username: 'ada' }, { projection }))).rejects.toThrow(RefusedCallError);
    }
    expect([sent(), reads]).toEqual([[], []]);
  });

  it.each(BAD_FILTERS)('the filter is %s', async (_name, filter) => {
    await expect(attempt(() => loose.find(filter, PROJECTION))).rejects.toThrow(RefusedCallError);
    await expect(attempt(() => loose.findOne(filter, PROJECTION))).rejects.toThrow(RefusedCallError);
    await expect(attempt(() => loose.exists(filter))).rejects.toThrow(RefusedCallError);
    await expect(attempt(() => loose.countDocuments(filter))).rejects.toThrow(RefusedCallError);
    await expect(attempt(() => loose.distinct('internal_role', filter))).rejects.toThrow(RefusedCallError);
    expect([sent(), reads]).toEqual([[], []]);
  });

  it.each([[undefined], [''], ['profile'], ['addresses.0.city'], ['$where'], [['username']], [{ $ne: 1 }]])('the distinct key is %j', async (key) => {
    await expect(attempt(() => loose.distinct(key, {}))).rejects.toThrow(RefusedCallError);
    expect([sent(), reads]).toEqual([[], []]);
  });

  it.each([[{ $natural: 1 }], [{ password_hash: { $meta: 'textScore' } }], [{ password_hash: 2 }], [{}], [['password_hash']], ['password_hash'], [{ profile: 1, 'a.0': 1 }]])(
    'the sort is %j',
    async (sort) => {
      await expect(attempt(() => loose.find({}, { ...PROJECTION, sort }))).rejects.toThrow(RefusedCallError);
      expect([sent(), reads]).toEqual([[], []]);
    },
  );
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

  it.each([
    ['a proxy', new Proxy({ username: 'ada' }, {})],
    ['an accessor', Object.defineProperty({}, 'username', { get: () => 'ada', enumerable: true })],
    ['a symbol', { username: Symbol('ada') }],
    ['undefined', { username: undefined }],
    ['a function', { username: () => 'ada' }],
    ['toBSON', { toBSON: () => ({}) }],
    ['a Map', new Map([['username', 'ada']])],
    ['a class instance', new (class Filter { username = 'ada'; })()],
    ['__proto__', JSON.parse('{"__proto__": {"username": "ada"}}')],
  ])('%s is refused', async (_name, filter) => {
    await expect(attempt(() => loose.findOne(filter, PROJECTION))).rejects.toThrow(RefusedCallError);
    expect([sent(), reads]).toEqual([[], []]);
  });
});

describe('I7: errors carry no value', () => {
  it('maps the errors of the driver', async () => {
    const failing = logins.findOne({ username: op({ $regex: '(' }) }, { projection: ['password_hash'] });
    await expect(failing).rejects.toThrow(DatabaseError);
    const error: unknown = await failing.catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(MongoServerError);
    for (const secret of SECRETS) expect(inspect(error, { depth: null, showHidden: true })).not.toContain(secret);
  });
});

describe('I8: nothing leads back to the driver', () => {
  it('neither by properties nor by inspection', () => {
    const seen = new Set<unknown>();
    const walk = (value: unknown): void => {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
      seen.add(value);
      expect(value instanceof Collection || value instanceof Db || value instanceof MongoClient).toBe(false);
      for (const key of Reflect.ownKeys(value)) walk(Object.getOwnPropertyDescriptor(value, key)?.value);
    };
    const cursor = logins.find({}, { projection: ['username'] });
    for (const handle of [logins, cursor]) {
      walk(handle);
      expect(Reflect.ownKeys(handle)).toEqual([]);
      expect(inspect(handle, { depth: null, showHidden: true })).not.toMatch(/mongodb|client|127\.0\.0\.1/i);
    }
  });

  it('and a SafeCollection does not lead to a privileged one', () => {
    const safe = new SafeCollection(users, userView);
    expect(() => new PrivilegedCollection(safe as never, userView, { reason: 'x' })).toThrow(RefusedCallError);
    expect(() => new PrivilegedCollection(logins as never, userView, { reason: 'x' })).toThrow(RefusedCallError);
  });
});

describe('I9: a closed world', () => {
  it('has the five reads and nothing else', () => {
    const methods = Object.getOwnPropertyNames(PrivilegedCollection.prototype).toSorted();
    expect(methods).toEqual(['constructor', 'countDocuments', 'distinct', 'exists', 'find', 'findOne']);
    expect(Object.getPrototypeOf(PrivilegedCollection.prototype)).toBe(Object.prototype);
  });

  it.each([
    ['raw'], ['returnKey'], ['hint'], ['min'], ['max'], ['explain'], ['dbName'], ['authdb'], ['fields'], ['fieldsAsRaw'], ['showRecordId'], ['let'], ['tailable'], ['unknown'],
  ])('refuses the option %s', async (option) => {
    await expect(attempt(() => loose.find({}, { ...PROJECTION, [option]: true }))).rejects.toMatchObject({ code: 'option_unknown' });
    await expect(attempt(() => loose.findOne({}, { ...PROJECTION, [option]: true }))).rejects.toMatchObject({ code: 'option_unknown' });
    await expect(attempt(() => loose.distinct('internal_role', {}, { [option]: true }))).rejects.toMatchObject({ code: 'option_unknown' });
    expect([sent(), reads]).toEqual([[], []]);
  });

  it('refuses options.trusted: the filter itself takes any path', async () => {
    const forged = { ...PROJECTION, trusted: trusted({ filter: { deleted_at: null } }) };
    await expect(attempt(() => loose.findOne({}, forged))).rejects.toMatchObject({ code: 'option_unknown' });
  });
});

describe('I11: no fail-open', () => {
  it.each([
    ['no view', undefined],
    ['a look-alike of a view', { select() {}, selectAmong() {}, pick() {} }],
  ])('is not made with %s', (_name, view) => {
    expect(() => new PrivilegedCollection(users as never, view as never, { reason: 'x' })).toThrow(RefusedCallError);
  });

  it.each([
    [undefined], [{}], [{ reason: '' }], [{ reason: '  ' }], [{ reason: 1 }], [{ reason: 'x', onPrivilegedRead: true }], [{ reason: 'x', onRead() {} }],
    [Object.defineProperty({}, 'reason', { get: () => 'x', enumerable: true })], [new Proxy({ reason: 'x' }, {})],
  ])('is not made with the settings %j', (settings) => {
    expect(() => new PrivilegedCollection(users, userView, settings as never)).toThrow(RefusedCallError);
  });

  it('a view that says operators: plain has no say here', async () => {
    const plainView = defineView<User>()({ public: { username: 1 }, operators: 'plain' });
    const collection = new PrivilegedCollection(users, plainView, { reason: 'x' }) as unknown as Loose;
    await expect(attempt(() => collection.findOne({ username: { $ne: 'x' } }, PROJECTION))).rejects.toMatchObject({ code: 'filter_operator_untagged' });
  });
});

describe('I12: keys on Object.prototype change nothing', () => {
  const POLLUTION: Record<string, unknown> = {
    returnKey: true, raw: true, projection: {}, sort: { password_hash: 1 }, sealed: undefined, shape: {}, filter: {}, hint: { api_key: 1 }, session: {}, signal: {},
    onPrivilegedRead: 'polluted', reason: 'polluted', trusted: {}, password_hash: 1, kind: 'subtree', $ne: null, leaf: {}, options: {}, limit: 1, explain: true,
  };

  afterEach(() => {
    for (const key of Object.keys(POLLUTION)) delete (Object.prototype as Record<string, unknown>)[key];
  });

  it.each(Object.entries(POLLUTION))('%s', async (key, value) => {
    const quiet = new PrivilegedCollection(users, userView, { reason: 'test' });
    const expected = await quiet.find({}, { projection: { username: 1, password_hash: 1 } }).toArray();
    (Object.prototype as Record<string, unknown>)[key] = value;
    const collection = new PrivilegedCollection(users, userView, { reason: 'test' });
    const found = await collection.find({}, { projection: { username: 1, password_hash: 1 } }).toArray();
    const one = await collection.findOne({ username: 'ada' }, { projection: { username: 1, password_hash: 1 } });
    const roles = await collection.distinct('internal_role', {});
    const [counted, exists] = [await collection.countDocuments({}), await collection.exists({ username: 'ada' })];
    delete (Object.prototype as Record<string, unknown>)[key];
    expect(found).toEqual(expected);
    expect([one?.username, one?.password_hash.expose()]).toEqual(['ada', ADA.password_hash]);
    expect(roles.every((role) => role instanceof Sensitive)).toBe(true);
    expect([counted, exists]).toEqual([2, true]);
  });

  it.each(['toBSON', '_bsontype'])('%s, which BSON obeys, ends the call', async (key) => {
    (Object.prototype as Record<string, unknown>)[key] = 'Code';
    onTestFinished(() => void delete (Object.prototype as Record<string, unknown>)[key]);
    await expect(logins.findOne({ username: 'ada' }, { projection: ['password_hash'] })).rejects.toMatchObject({ code: 'prototype_polluted' });
    expect(sent()).toEqual([]);
  });
});

describe('onPrivilegedRead', () => {
  it('sees reason, operation, view and paths, and never a value', async () => {
    await logins.find({ $or: [{ api_key: 'key-of-ada' }, { addresses: op({ $elemMatch: { access_code: 'code-1-of-ada' } }) }] }, { projection: ['username', 'password_hash'], sort: { internal_role: 1 } }).toArray();
    await logins.distinct('internal_role', { username: 'ada' });
    await logins.exists({ 'profile.ssn': 'ssn-of-ada' });
    await logins.countDocuments({});
    const paths = (projection: string[], filter: string[], sort: string[]) => ({ projection, filter, sort });
    const common = { reason: 'login', view: 'users' };
    expect(reads).toEqual([
      { ...common, operation: 'find', paths: paths(['username', 'password_hash'], ['api_key', 'addresses', 'addresses.access_code'], ['internal_role']) },
      { ...common, operation: 'distinct', paths: paths(['internal_role'], ['username'], []) },
      { ...common, operation: 'exists', paths: paths([], ['profile.ssn'], []) },
      { ...common, operation: 'countDocuments', paths: paths([], [], []) },
    ]);
    for (const secret of SECRETS) expect(JSON.stringify(reads)).not.toContain(secret);
    expect(reads.every((read) => Object.isFrozen(read) && Object.isFrozen(read.paths.filter))).toBe(true);
  });

  it('is told before the read is sent, once for a cursor, with the sort that the cursor was given', async () => {
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
    const cursor = collection.find({}, { projection: ['username'] }).sort({ email: -1 }).batchSize(1);
    expect(order).toEqual([]);
    for await (const user of cursor) order.push(user.username);
    expect(order).toEqual(['told, 0 sent', 'bob', 'ada']);
    expect(told[0]?.paths.sort).toEqual(['email']);
  });

  it.each([
    ['throws', () => { throw new Error('the audit log is down'); }],
    ['rejects', () => Promise.reject(new Error('the audit log is down'))],
  ])('ends the call where it %s', async (_name, onPrivilegedRead) => {
    const collection = new PrivilegedCollection(users, userView, { reason: 'x', onPrivilegedRead });
    const cursor = collection.find({}, { projection: ['username'] });
    await expect(cursor.next()).rejects.toThrow('the audit log is down');
    await expect(cursor.toArray()).rejects.toThrow('the audit log is down');
    await expect(collection.findOne({}, { projection: ['username'] })).rejects.toThrow('the audit log is down');
    await expect(collection.exists({})).rejects.toThrow('the audit log is down');
    await expect(collection.countDocuments({})).rejects.toThrow('the audit log is down');
    await expect(collection.distinct('username', {})).rejects.toThrow('the audit log is down');
    expect(sent()).toEqual([]);
  });
});
