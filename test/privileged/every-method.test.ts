import { inspect } from 'node:util';

import { ClientSession, Collection, Db, MongoClient } from 'mongodb';
import { describe, expect, inject, it, onTestFinished } from 'vitest';

import {
  DatabaseError,
  defineView,
  op,
  RefusedCallError,
  SafeCollection,
  SafeCollectionError,
  trusted,
} from '../../src/index.ts';
import { PrivilegedCollection, type PrivilegedRead, Sensitive } from '../../src/privileged.ts';
import { METHOD_OPTIONS, REFUSED_OPTIONS } from '../../src/grammar/method-options.ts';
import { type Loose, loginsFixture, PROJECTION, SECRETS, type User, userView } from './users.ts';

/*
 * Each promise, held by each method: one table of methods, one of ways to call them.
 */

const { db, sent, users, reads, logins, loose } = await loginsFixture();

type Call = (collection: Loose, filter?: unknown, options?: object) => unknown;
/** The methods as JavaScript calls them, each read to its end. */
const METHODS: readonly (readonly [method: keyof Loose, call: Call])[] = [
  [
    'find',
    (collection, filter, options) =>
      (collection.find(filter, { ...PROJECTION, ...options }) as { toArray: () => unknown }).toArray(),
  ],
  ['findOne', (collection, filter, options) => collection.findOne(filter, { ...PROJECTION, ...options })],
  ['exists', (collection, filter, options) => collection.exists(filter, { ...options })],
  ['countDocuments', (collection, filter, options) => collection.countDocuments(filter, { ...options })],
  ['distinct', (collection, filter, options) => collection.distinct('internal_role', filter, { ...options })],
];

async function outcomeOf(work: () => unknown): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    return error;
  }
}

/** A refused call: a clear error without a value, nothing sent, and no hook called. */
async function expectRefused(work: () => unknown): Promise<void> {
  const error = await outcomeOf(work);
  expect(error).toBeInstanceOf(RefusedCallError);
  expect((error as Error).message).toMatch(/^.{20,}[.)]$/s);
  for (const secret of SECRETS) expect(inspect(error, { depth: null, showHidden: true })).not.toContain(secret);
  expect([sent(), reads]).toEqual([[], []]);
}

/** Values that no filter may contain at any path. */
const FILTERS: readonly (readonly [name: string, filter: unknown])[] = [
  ['none', undefined],
  ['null', null],
  ['an array', [{ username: 'ada' }]],
  ['a string', 'ada'],
  ...[
    '$where',
    '$expr',
    '$jsonSchema',
    '$text',
    '$comment',
    '$function',
    '$accumulator',
    '$sampleRate',
    '$rand',
    '$alwaysTrue',
  ].map((name) => [name, { [name]: { body: 'hash-of-ada' } }] as const),
  ['$where below $or', { $or: [{ $where: 'hash-of-ada' }] }],
  ['$expr below $and and $nor', { $and: [{ $nor: [{ $expr: { $eq: ['$password_hash', '$api_key'] } }] }] }],
  ['a plain operator object', { api_key: { $ne: 'hash-of-ada' } }],
  ['a plain operator object below $or', { $or: [{ api_key: { $gt: '' } }] }],
  ['a plain operator object on a public path', { username: { $ne: 'x' } }],
  [
    'a plain operator object below $elemMatch',
    { addresses: op({ $elemMatch: { access_code: { $ne: 'x' } } } as never) },
  ],
  ['a look-alike of op()', { api_key: JSON.parse('{"$op":{"$ne":"x"}}') as unknown }],
  ...['$where', '$function', '$expr', '$near', '$geoWithin', '$bitsAllSet', '$comment', '$options', '$ref'].map(
    (name) => [`${name} in op()`, { api_key: op({ [name]: 'x' } as never) }] as const,
  ),
  ['an operand that is a subdocument', { api_key: op({ $eq: { ssn: 'x' } } as never) }],
  ['an operand that is a pattern in $ne', { api_key: op({ $ne: /x/ } as never) }],
  ['a whole branch', { profile: { ssn: 'x' } }],
  ['a numeric segment', { 'addresses.0.access_code': 'x' }],
  ['an empty segment', { 'profile..ssn': 'x' }],
  ['a $ segment', { 'addresses.$.access_code': 'x' }],
  ['a __proto__ segment', { '__proto__.ssn': 'x' }],
  ['an empty $or', { $or: [] }],
  ['$or that is not an array', { $or: { 0: { username: 'ada' }, length: 1 } }],
  ['a Sensitive', { api_key: new Sensitive('key-of-ada') }],
  ['a proxy', new Proxy({ username: 'ada' }, {})],
  ['a proxy as a value', { username: new Proxy({}, {}) }],
  ['an accessor', Object.defineProperty({}, 'username', { get: () => 'ada', enumerable: true })],
  ['a key that is not enumerable', Object.defineProperty({}, 'username', { value: 'ada' })],
  ['a symbol', { username: Symbol('ada') }],
  ['a symbol key', { [Symbol('username')]: 'ada' }],
  ['undefined', { username: undefined }],
  ['a function', { username: () => 'ada' }],
  ['toBSON', { toBSON: () => ({}) }],
  ['a Map', new Map([['username', 'ada']])],
  [
    'a class instance',
    new (class Filter {
      username = 'ada';
    })(),
  ],
  ['__proto__', JSON.parse('{"__proto__": {"username": "ada"}}')],
  [
    'itself',
    (() => {
      const filter: Record<string, unknown> = {};
      filter['$or'] = [filter];
      return filter;
    })(),
  ],
];

/** Options of the driver, and some that do not exist. */
const OPTIONS = [
  ...Object.keys(REFUSED_OPTIONS),
  'trusted',
  'writeConcern',
  'upsert',
  'arrayFilters',
  'promoteValues',
  'bsonRegExp',
  'enableUtf8Validation',
  'timeoutMS',
  'awaitData',
  'unknown',
];

describe.each(METHODS)('%s()', (method, call) => {
  it.each(FILTERS)(
    'I5, I6, I9: refuses a filter that is or holds %s, before it is sent or reported',
    async (_name, filter) => {
      await expectRefused(() => call(loose, filter));
    },
  );

  it.each(OPTIONS)('I9: does not know the option %s', async (option) => {
    await expectRefused(() =>
      call(
        loose,
        { username: 'ada' },
        { [option]: option === 'trusted' ? trusted({ filter: { deleted_at: null } }) : true },
      ),
    );
  });

  it('I9: takes the options of its table and no other', async () => {
    const values: Record<string, unknown> = {
      readConcern: 'local',
      readPreference: 'primary',
      collation: { locale: 'en' },
      maxTimeMS: 1000,
      comment: 'x',
      ...PROJECTION,
      sort: { password_hash: 1 },
      limit: 1,
      skip: 0,
      batchSize: 1,
      allowDiskUse: true,
      noCursorTimeout: false,
      signal: new AbortController().signal,
    };
    const names = METHOD_OPTIONS[method].filter((name) => name !== 'trusted' && name !== 'session');
    for (const name of names)
      expect(
        await outcomeOf(() => call(loose, { username: 'ada' }, { [name]: values[name] })),
        name,
      ).not.toBeInstanceOf(Error);
  });

  it('I6: sends its input as it was at the call, regardless of later changes', async () => {
    const filter: Record<string, unknown> = { $or: [{ username: 'ada' }] };
    const options = { maxTimeMS: 1000, ...(method.startsWith('find') ? PROJECTION : {}) };
    const running = call(loose, filter, options);
    filter['$or'] = [{ username: 'bob' }];
    filter['internal_role'] = 'x';
    options.maxTimeMS = 1;
    await running;
    const [command] = sent();
    const text = JSON.stringify(command?.command);
    expect(text).toContain('{"$or":[{"username":"ada"}]}');
    expect(text).toContain('"maxTimeMS":1000');
    expect(text).not.toMatch(/bob|"internal_role":"x"/);
  });

  it('I7, I8: errors contain no value and lead to no handle', async () => {
    const dead = new MongoClient('mongodb://root:pass-of-root@127.0.0.1:1/?serverSelectionTimeoutMS=50', {
      monitorCommands: true,
    });
    onTestFinished(() => dead.close());
    const unreachable = new PrivilegedCollection(dead.db('secret-db').collection<User>('users'), userView, {
      reason: 'x',
    }) as unknown as Loose;
    const failures = [
      await outcomeOf(() => call(unreachable, { password_hash: 'hash-of-ada' })),
      await outcomeOf(() => call(loose, { password_hash: op({ $regex: '(hash-of-ada' }) })),
    ];
    for (const error of failures) {
      expect(error).toBeInstanceOf(DatabaseError);
      const shown = [
        inspect(error, { depth: null, showHidden: true }),
        JSON.stringify(error),
        String(error),
        (error as Error).stack,
      ].join();
      expect(shown).not.toMatch(/pass-of-root|secret-db|hash-of-ada|127\.0\.0\.1/);
      expectNoHandle(error);
    }
  });

  it('I8: its results lead to no handle', async () => {
    expectNoHandle(await call(loose, {}));
    expectNoHandle(reads);
    const running = loose[method](
      ...(method === 'distinct' ? ['internal_role', {}] : [{}, ...(method.startsWith('find') ? [PROJECTION] : [])]),
    );
    expectNoHandle(running);
    expect(inspect(running, { depth: null, showHidden: true })).not.toMatch(/mongodb:|MongoClient|127\.0\.0\.1/);
    await running;
  });

  it('I9: seals private values in all results', async () => {
    const shown = inspect(await call(loose, {}), { depth: null, showHidden: true });
    for (const secret of [...SECRETS, 'support']) expect(shown).not.toContain(secret);
  });

  it("I10, I11: can't change a view, and does nothing without one", async () => {
    const plainView = defineView<User>()({ public: { username: 1 }, operators: 'plain' });
    const collection = new PrivilegedCollection(users, plainView, { reason: 'x' }) as unknown as Loose;
    expect(await outcomeOf(() => call(collection, { username: { $ne: 'x' } }))).toMatchObject({
      code: 'filter_operator_untagged',
    });
    const unbound = Object.create(PrivilegedCollection.prototype) as Loose;
    expect(await outcomeOf(() => call(unbound, {}))).toBeInstanceOf(TypeError);
    expect(await outcomeOf(() => call(Object.setPrototypeOf({ find: 0 }, logins) as Loose, {}))).toBeInstanceOf(
      TypeError,
    );
    expect(sent()).toEqual([]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('the audit log is down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the audit log is down'))],
    [
      'throws nothing at all',
      () => {
        throw undefined;
      },
    ], // oxlint-disable-line no-throw-literal, typescript/only-throw-error
  ])('I11: is not sent if the hook %s', async (_name, onPrivilegedRead) => {
    const collection = new PrivilegedCollection(users, userView, { reason: 'x', onPrivilegedRead }) as unknown as Loose;
    let ended = false;
    await Promise.resolve(call(collection, {})).then(
      () => (ended = true),
      () => undefined,
    );
    expect([ended, sent()]).toEqual([false, []]);
  });

  it('is reported once, before it is sent: reason, operation, view and paths, and no value', async () => {
    const told: { read: PrivilegedRead; sentBefore: number }[] = [];
    const collection = new PrivilegedCollection(users, userView, {
      reason: 'audit',
      onPrivilegedRead: async (read) => {
        await new Promise((resolve) => setImmediate(resolve));
        told.push({ read, sentBefore: sent().length });
      },
    }) as unknown as Loose;
    await call(collection, { api_key: 'key-of-ada', $nor: [{ 'profile.ssn': op({ $in: ['hash-of-bob'] }) }] });
    const projection = {
      find: ['username', 'password_hash'],
      findOne: ['username', 'password_hash'],
      exists: [],
      countDocuments: [],
      distinct: ['internal_role'],
    }[method];
    expect(told).toEqual([
      {
        read: {
          reason: 'audit',
          operation: method,
          view: 'users',
          paths: { projection, filter: ['api_key', 'profile.ssn'], sort: [] },
        },
        sentBefore: 0,
      },
    ]);
    for (const secret of SECRETS) expect(JSON.stringify(told)).not.toContain(secret);
    expect(sent().length).toBeGreaterThan(0);
  });

  it('I12: is refused, and sends nothing, with any key on Object.prototype', async () => {
    const polluted = {
      sealed: undefined,
      shape: {},
      filter: {},
      hint: { api_key: 1 },
      onPrivilegedRead: 'x',
      onRead: 'x',
      reason: 'x',
      $ne: null,
      options: {},
      get: null,
      toBSON: 'Code',
      _bsontype: 'Code',
    };
    for (const [key, value] of Object.entries(polluted)) {
      onTestFinished(() => void Reflect.deleteProperty(Object.prototype, key));
      (Object.prototype as Record<string, unknown>)[key] = value;
      const error = await outcomeOf(() => call(loose, { username: 'ada' }));
      Reflect.deleteProperty(Object.prototype, key);
      expect(error, key).toMatchObject({ code: 'prototype_polluted' });
    }
    expect(sent()).toEqual([]);
  });
});

it('a session passes, and does not come back', async () => {
  await using client = new MongoClient(inject('mongodbUri'));
  const session = client.startSession();
  onTestFinished(() => session.endSession());
  const bound = new PrivilegedCollection(client.db(db.databaseName).collection<User>('users'), userView, {
    reason: 'x',
  });
  const found = await bound.findOne({ username: 'ada' }, { projection: ['username', 'api_key'], session });
  expect(found?.username).toBe('ada');
  expectNoHandle(found);
  expect(await outcomeOf(() => bound.findOne({}, { projection: ['username'], session: {} as never }))).toMatchObject({
    code: 'option_value',
  });
});

it('neither the collection, its class, a cursor nor a stream leads to a handle', async () => {
  const cursor = logins.find({}, { projection: ['username'] });
  const iterator = cursor[Symbol.asyncIterator]();
  const stream = logins.find({}, { projection: ['username'] }).stream();
  for (const handle of [logins, PrivilegedCollection, SafeCollection, cursor, iterator, stream]) {
    expectNoHandle(handle);
    expect(inspect(handle, { depth: null, showHidden: true })).not.toMatch(/mongodb:|127\.0\.0\.1|MongoClient/);
  }
  expect(Reflect.ownKeys(logins)).toEqual([]);
  stream.destroy();
  await cursor.close();
});

/** Walks own keys, symbols, accessors and prototypes. */
function expectNoHandle(start: unknown): void {
  const seen = new Set<unknown>([Object.prototype, Function.prototype, globalThis]);
  const walk = (value: unknown): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
    seen.add(value);
    for (const Handle of [Collection, Db, MongoClient, ClientSession]) expect(value instanceof Handle).toBe(false);
    for (const key of Reflect.ownKeys(value)) {
      const { value: below, get } = Object.getOwnPropertyDescriptor(value, key) ?? {};
      walk(below);
      if (get !== undefined) walk(readQuietly(value, key));
    }
    walk(Object.getPrototypeOf(value));
  };
  walk(start);
}

function readQuietly(holder: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(holder, key);
  } catch (error) {
    return error instanceof SafeCollectionError ? error : undefined;
  }
}
