import { inspect } from 'node:util';

import { AbstractCursor, ClientSession, Code, Collection, Db, DBRef, MongoClient, ObjectId } from 'mongodb';
import {
  defineView,
  op,
  RefusedCallError,
  SafeCollection,
  SafeCollectionError,
  SchemaDriftError,
  trusted,
} from 'safe-collection';
import { describe, expect, it } from 'vitest';

import { leafPaths } from '../property/support/read-oracle.ts';
import { twoWorlds, userView, type User, type Users } from '../support/worlds.ts';
import { WAYS_OF_READING, type Asked, type WayOfReading } from './support/ways-of-reading.ts';

/*
 * Each promise for each way of reading. The tests of every single filter, projection and option are in
 * reads.test.ts; here no way of reading may be the one that was forgotten.
 */

const { client, raw, users, sameInBoth } = twoWorlds();
const HANDLES = [MongoClient, Db, Collection, ClientSession, AbstractCursor];

/** A call that is refused: no command is sent, and the error says what and where, and no value. */
async function expectRefused(way: WayOfReading, asked: Asked, held: Users = users()): Promise<void> {
  const sent: string[] = [];
  const listen = ({ commandName }: { commandName: string }): void => void sent.push(commandName);
  client.on('commandStarted', listen);
  try {
    const error: unknown = await (async () => await way.start(held, asked).read())().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedCallError);
    expect(inspect(error) + JSON.stringify(error)).not.toMatch(/zebra|mongodb:\/\/|127\.0\.0\.1/);
    expect(sent).toEqual([]);
  } finally {
    client.off('commandStarted', listen);
  }
}

/** Whatever can be reached from a value by own keys, symbols and prototypes. */
function reachable(value: unknown, seen = new Set<unknown>()): Set<unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return seen;
  if (value === Object.prototype || value === Function.prototype || value === Array.prototype) return seen;
  seen.add(value);
  for (const key of Reflect.ownKeys(value)) reachable(Object.getOwnPropertyDescriptor(value, key)?.value, seen);
  return reachable(Object.getPrototypeOf(value), seen);
}

function expectNoHandle(value: unknown): void {
  for (const each of reachable(value)) expect(HANDLES.some((handle) => each instanceof handle)).toBe(false);
  expect(inspect(value, { showHidden: true, depth: 12 })).not.toMatch(/mongodb:\/\/|127\.0\.0\.1/);
}

describe.each(WAYS_OF_READING)('$name', (way) => {
  const read = (held: Users, asked: Asked = {}): Promise<unknown> =>
    (async () => await way.start(held, asked).read())();

  it('I1: returns only paths that are projected and public', async () => {
    for (const projection of way.projects
      ? [{ username: 1 }, { profile: 1 }, { 'addresses.city': 1, 'profile.bio': 1 }]
      : [undefined]) {
      const result = await read(users(), projection === undefined ? {} : { projection });
      if (way.gives !== 'documents') expect(leafPaths(result).every((path) => path === '')).toBe(true);
      else
        expect(new Set(leafPaths(result))).toEqual(
          new Set(
            Object.keys(projection ?? {}).flatMap((path) =>
              path === 'profile' ? ['profile.bio', 'profile.avatar'] : [path],
            ),
          ),
        );
    }
  });

  it('I1: returns no document that is stored at a leaf', async () => {
    const drifts: readonly unknown[] = [
      { secret: 'zebra' },
      [[{ secret: 'zebra' }]],
      new DBRef('zebra', new ObjectId()),
      new Code('zebra'),
    ];
    for (const username of drifts) {
      await raw().insertOne({ username, email: 'zebra@example.com', age: 99 } as never);
      try {
        const result: unknown = await read(users(), { filter: { age: 99 } }).catch((error: unknown) => error);
        if (way.gives === 'a number or a boolean') expect(['number', 'boolean']).toContain(typeof result);
        else expect(result).toBeInstanceOf(SchemaDriftError);
        if (result instanceof Error) expect(result).toMatchObject({ code: 'schema_drift', path: 'username' });
        expect(inspect(result, { depth: 9 }) + JSON.stringify(result)).not.toContain('zebra');
      } finally {
        await raw().deleteMany({ age: 99 });
      }
    }
  });

  it('I2: returns the same in two worlds that differ only in private data', async () => {
    const filters = way.filters
      ? [
          {},
          { username: 'bob' },
          { age: op({ $gte: 21 }), 'addresses.city': 'Paris' },
          { $nor: [{ 'profile.bio': /ada/ }] },
        ]
      : [{}];
    for (const filter of filters) await sameInBoth((held) => read(held, { filter }));
    await sameInBoth((held) => read(held, { options: { maxTimeMS: 10_000, comment: 'x', readConcern: 'majority' } }));
    if (way.filters)
      await sameInBoth((held) =>
        read(held, { filter: { username: 'ADA' }, options: { collation: { locale: 'en', strength: 1 } } }),
      );
    if (way.sorts) await sameInBoth((held) => read(held, { options: { sort: { 'profile.bio': -1 }, skip: 1 } }));
    if (way.projects)
      await sameInBoth((held) => read(held, { projection: { addresses: 1, profile: 1 }, filter: { username: 'cyd' } }));
  });

  if (way.filters) {
    it('I2: fails the same, with the values of neither world in the error', async () => {
      const failed = (await sameInBoth((held) => read(held, { filter: { username: op({ $regex: '(zebra' }) } }))) as {
        text: string;
        error: string;
      };
      expect(failed.text).toContain('DatabaseError');
      expect(failed.text + failed.error).not.toMatch(/zebra|127\.0\.0\.1/);
    });
  }

  if (way.filters) {
    it('I5: refuses a filter that names or hides a private path, and sends nothing', async () => {
      const proxy = new Proxy({ username: 'zebra' }, {});
      const attacks: readonly unknown[] = [
        { password_hash: 'zebra' },
        { 'profile.ssn': op({ $exists: true }) },
        { $or: [{ username: 'x' }, { $nor: [{ internal_role: /^z/ }] }] },
        { profile: { ssn: 'zebra' } },
        { 'addresses.0.access_code': 'zebra' },
        { addresses: op({ $elemMatch: { access_code: op({ $gt: 'zebra' }) } }) },
        { username: { $ne: 'zebra' } },
        { username: { $regex: '^z' } },
        { $where: 'this.password_hash' },
        { $expr: { $gt: ['$password_hash', 'zebra'] } },
        { $and: [] },
        { _id: op({ $gt: new ObjectId() } as never) },
        { username: undefined },
        { username: Symbol('zebra') },
        { username: () => 'zebra' },
        { username: new Map([['$ne', 'zebra']]) },
        JSON.parse('{"__proto__":{"username":"zebra"}}'),
        proxy,
        [],
        'zebra',
        7,
        new Map(),
      ];
      for (const filter of attacks) await expectRefused(way, { filter });
    });
  }

  if (way.projects) {
    it('I5: refuses an empty or invalid projection, or one with a private path, and sends nothing', async () => {
      const attacks: readonly unknown[] = [
        {},
        { _id: 0 },
        { username: 0 },
        { password_hash: 0 },
        { username: '$password_hash' },
        { password_hash: 1 },
        { 'profile.ssn': 1 },
        { username: 1, _id: 1 },
        { 'addresses.$': 1 },
        { 'addresses.0.access_code': 1 },
        { username: { $meta: 'indexKey' } },
        { username: undefined },
        Object.create({ username: 1 }),
        new Proxy({ username: 1 }, {}),
        new Map([['username', 1]]),
        'username',
        null,
      ];
      for (const projection of attacks) await expectRefused(way, { projection });
      // In a pipeline it is an expression over public data.
      if (way.sorts) await expectRefused(way, { projection: { addresses: { $slice: 1 } } });
    });
  }

  if (way.sorts) {
    it('I5: refuses a sort by a private path, and sends nothing', async () => {
      for (const sort of [
        { password_hash: 1 },
        { profile: 1 },
        { 'addresses.0.access_code': 1 },
        { $natural: -1 },
        { username: { $meta: 'zebra' } },
        [['internal_role', -1]],
        {},
        new Map([['password_hash', 1]]),
      ]) {
        await expectRefused(way, { options: { sort } });
      }
    });
  }

  it('I6: reads its input once: what a caller does to it afterwards changes nothing', async () => {
    const untouched = await read(users(), { filter: { $or: [{ username: 'ada' }] } });
    const branches: object[] = [{ username: 'ada' }];
    const filter = { $or: branches };
    const projection: Record<string, unknown> = { username: 1 };
    const options: Record<string, unknown> = way.sorts ? { sort: { username: 1 } } : { comment: 'x' };
    const started = way.start(users(), { filter, projection, options });
    branches[0] = { password_hash: 'zebra' };
    Object.assign(filter, { password_hash: 'zebra' });
    Object.assign(projection, { password_hash: 1, username: 0 });
    Object.assign(options, { hint: { password_hash: 1 }, returnKey: true, sort: { password_hash: 1 } });
    expect(await started.read()).toEqual(untouched);
  });

  it('I6: runs no code of its input', async () => {
    let ran = 0;
    const spy = {
      get: () => (ran += 1),
      ownKeys: () => ((ran += 1), []),
      getPrototypeOf: () => ((ran += 1), null),
      has: () => ((ran += 1), true),
    };
    const getter = Object.defineProperty({}, 'username', { enumerable: true, get: () => (ran += 1) });
    for (const input of [
      new Proxy({}, spy),
      getter,
      { username: { toBSON: () => (ran += 1) } },
      { username: { toString: () => (ran += 1) } },
      { username: new Proxy({}, spy) },
    ]) {
      if (way.filters) await expectRefused(way, { filter: input });
      if (way.projects) await expectRefused(way, { projection: input });
    }
    expect(ran).toBe(0);
  });

  it('I8: neither its result nor its errors lead to a handle or show the address of the server', async () => {
    const session = client.startSession();
    try {
      expectNoHandle(await read(users(), { options: { session } }));
      const dead = client.startSession();
      await dead.endSession();
      expectNoHandle(await read(users(), { options: { session: dead } }).catch((error: unknown) => error));
    } finally {
      await session.endSession();
    }
    for (const asked of [
      { options: { nothing: users() } },
      { options: { session: client } },
      { filter: { username: raw() }, projection: { username: raw() }, options: { signal: client } },
    ]) {
      expectNoHandle(await read(users(), asked).catch((error: unknown) => error));
    }
  });

  it('I9: takes no option that is not on its list, under any name', async () => {
    const names = [
      'raw',
      'returnKey',
      'hint',
      'dbName',
      'explain',
      'out',
      'let',
      'fields',
      'timeoutMS',
      'cursor',
      'promoteValues',
      'constructor',
      'toString',
      '$where',
      '',
      '0',
    ];
    for (const name of names) await expectRefused(way, { options: { [name]: true } });
    await expectRefused(way, { options: JSON.parse('{"__proto__":{"returnKey":true}}') });
    await expectRefused(way, { options: { [Symbol('returnKey')]: true } });
  });

  it('I9: takes no option of another kind than its own', async () => {
    for (const options of [
      { maxTimeMS: '1' },
      { maxTimeMS: Number.NaN },
      { maxTimeMS: 2 ** 31 },
      { comment: { $ne: 'zebra' } },
      { readConcern: 'zebra' },
      { readPreference: { mode: 'zebra' } },
      { session: {} },
      { session: null },
      { comment: null },
    ]) {
      await expectRefused(way, { options });
    }
    if (way.filters)
      for (const options of [
        { trusted: { filter: {} } },
        { trusted: JSON.parse(JSON.stringify(trusted({ filter: {} }))) as object },
        { collation: { locale: 'en', nothing: 1 } },
        { collation: { locale: '' } },
        { collation: { locale: 'en', strength: 6 } },
        { collation: { locale: 'en', caseFirst: 'first' } },
        { collation: { locale: 'en', alternate: 'none' } },
        { collation: { locale: 'en', maxVariable: 'all' } },
      ])
        await expectRefused(way, { options });
  });

  it('I10: no call and no caller widens its view', async () => {
    const spec = { public: { username: 1 } } as const;
    const view = defineView<User>()(spec);
    Object.assign(spec.public, { password_hash: 1 });
    const held = new SafeCollection(raw(), view, { sealKeys: [new Uint8Array(32)] }) as unknown as Users;
    expect(() => Object.assign(view, { public: { password_hash: 1 } })).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(view, { password_hash: 1 })).toThrow(TypeError);
    for (const selection of [view.select({ username: 1 }), userView]) expect(Object.isFrozen(selection)).toBe(true);
    await read(held);
    if (way.filters) await expectRefused(way, { filter: { password_hash: 'zebra' } }, held);
    if (way.projects) await expectRefused(way, { projection: { password_hash: 1 } }, held);
    if (way.projects) await expectRefused(way, { projection: userView }, held);
  });

  it('I11: ends in an error if the guard itself fails', async () => {
    const throwing = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error('zebra');
        },
        ownKeys: () => {
          throw new Error('zebra');
        },
      },
    );
    const nested = Array.from({ length: 300 }).reduce<object>((below) => ({ $or: [below] }), { username: 'x' });
    const circular: Record<string, unknown> = {};
    circular['$or'] = [circular];
    for (const filter of [throwing, nested, circular]) if (way.filters) await expectRefused(way, { filter });
    await expectRefused(way, { options: throwing });
    for (const options of [null, [], 'x', 7]) await expectRefused(way, { options });
  });

  it('I12: is refused, and sends nothing, with any key on Object.prototype', async () => {
    const held = users();
    for (const key of [
      'raw',
      'sort',
      'filter',
      'limit',
      'out',
      'password_hash',
      '$where',
      'get',
      '0',
      'then',
      'toBSON',
      '_bsontype',
      'writeConcern',
    ]) {
      const outcome: unknown = await polluted(key, () =>
        read(held, { filter: { username: 'ada' } }).catch((error: unknown) => (error as SafeCollectionError).code),
      );
      expect(outcome, key).toBe('prototype_polluted');
    }
  });
});

/** Runs a call while Object.prototype has an extra key, as after a merge of `__proto__`. */
async function polluted(key: string, call: () => Promise<unknown>): Promise<unknown> {
  const value =
    key === 'sort' || key === 'hint' || key === 'filter' || key === 'query'
      ? { password_hash: 1 }
      : key === 'then' || key === 'get'
        ? undefined
        : key === 'limit' || key === 'skip'
          ? 3
          : true;
  // A descriptor without a prototype: one with it would read the polluted key itself.
  Reflect.defineProperty(
    Object.prototype,
    key,
    Object.assign(Object.create(null) as object, { value, configurable: true, writable: true }),
  );
  try {
    return await call();
  } finally {
    Reflect.deleteProperty(Object.prototype, key);
  }
}

it('a value that is not a view makes no collection', () => {
  for (const view of [
    undefined,
    null,
    {},
    { ...userView },
    Object.create(userView),
    JSON.parse(JSON.stringify(userView)),
    { public: { password_hash: 1 } },
  ]) {
    expect(() => new SafeCollection(raw() as never, view as never)).toThrow(SafeCollectionError);
  }
});
