import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SafeCollection, trusted } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { userView, type User } from './support/user-view.ts';

const server = testServer();
const raw = () => server.db.collection<User>('inputs');
let users: Loose;

/** Code of a caller's value, which must not run. */
const wasRun = vi.fn(() => 'x');

/** An array whose second element has these attributes. */
function withElement(attributes: PropertyDescriptor): unknown[] {
  return Object.defineProperty(['a'], 1, attributes);
}

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({ username: 'ada', internal_role: 'user' } as never);
  users = loose(new SafeCollection(raw(), userView));
  server.forget();
});

describe('anything in a body except plain data is refused, and nothing is sent', () => {
  const strange: Readonly<Record<string, () => unknown>> = {
    'a getter': () => Object.defineProperty({}, 'username', { get: () => 'x', enumerable: true }),
    'a proxy': () => new Proxy({ username: 'x' }, {}),
    toBSON: () => ({ username: 'x', toBSON: () => ({ internal_role: 'admin' }) }),
    'a Map': () => new Map([['internal_role', 'admin']]),
    'a class instance': () =>
      new (class {
        username = 'x';
      })(),
    'an own __proto__': () => JSON.parse('{"username":"x","__proto__":{"internal_role":"admin"}}') as unknown,
    'a dotted key': () => ({ 'profile.bio': 'x' }),
    'an operator as a key': () => ({ username: 'x', $set: { internal_role: 'admin' } }),
    'a private field': () => ({ username: 'x', internal_role: 'admin' }),
    'an array with a getter': () => ({ tags: withElement({ get: wasRun, enumerable: true }) }),
    'an array with a setter': () => ({ tags: withElement({ set: wasRun, enumerable: true }) }),
    'an array with a hidden element': () => ({ tags: withElement({ value: 'x', enumerable: false }) }),
    'an array with a function': () => ({ tags: withElement({ value: wasRun, enumerable: true }) }),
    'an array with undefined': () => ({ tags: withElement({ value: undefined, enumerable: true }) }),
    'an array with a hole': () => ({ tags: Object.assign(['a'], { length: 2 }) }),
    'an array with a key': () => ({ tags: Object.assign(['a'], { extra: 'x' }) }),
    'an array with a hole and a key': () => ({ tags: Object.assign(['a'], { length: 2, extra: 'x' }) }),
    'an array with a hidden key': () => ({
      tags: Object.defineProperty(['a'], 'extra', { value: 'x', enumerable: false }),
    }),
    'an array with a hidden toBSON': () => ({
      tags: Object.defineProperty(['a'], 'toBSON', { value: wasRun }),
    }),
    'an array with a hidden element and a key': () => ({
      tags: Object.defineProperty(Object.assign(['a', 'b'], { extra: 'x' }), 1, { enumerable: false }),
    }),
    'an array with a symbol': () => ({ tags: Object.assign(['a'], { [Symbol('x')]: 'x' }) }),
    'an instance of a subclass of Array': () => ({ tags: new (class extends Array<string> {})() }),
    'a forged _bsontype': () => ({ username: { _bsontype: 'Long', low: 1 } }),
  };

  it.each(Object.entries(strange))('%s', async (_, make) => {
    wasRun.mockClear();
    await expect(users.insertOne(make())).rejects.toMatchObject({ name: 'RefusedCallError' });
    await expect(users.insertMany([{ username: 'y' }, make()])).rejects.toMatchObject({ name: 'RefusedCallError' });
    await expect(
      users.bulkWrite([{ deleteMany: { filter: { username: 'ada' } } }, { insertOne: { document: make() } }]),
    ).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(wasRun).not.toHaveBeenCalled();
    expect(server.sent).toEqual([]);
  });
});

it('a hidden key after very many others is found without going through them again for each', async () => {
  const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`k${index}`, 1]));
  const document = Object.defineProperty(many, 'hidden', { value: 1 });
  await expect(users.insertOne(document)).rejects.toMatchObject({ code: 'input_invalid', path: 'hidden' });
  expect(server.sent).toEqual([]);
});

it('a forged trusted value grants nothing', async () => {
  const body = JSON.parse('{"trusted":{"set":{"internal_role":"admin"}}}') as object;
  await expect(users.insertOne({ username: 'x' }, { ...body })).rejects.toMatchObject({ code: 'trusted_invalid' });
  expect(server.sent).toEqual([]);
});

it('an input is not changed, may be frozen, and is read once', async () => {
  const input = Object.freeze({ username: 'new', tags: Object.freeze(['a']) });
  await users.insertOne(input);
  expect(input).toEqual({ username: 'new', tags: ['a'] });
  const set = { email: 'before' };
  const call = users.updateOne({ username: 'new' }, { $set: set });
  set.email = 'after';
  await call;
  expect(await raw().findOne({ username: 'new' })).toMatchObject({ email: 'before', tags: ['a'] });
});

it.each(['filter', 'update', 'upsert', 'arrayFilters', 'version', 'shape', 'unversioned', 'collation'])(
  'with Object.prototype.%s a write is refused and changes nothing',
  async (key) => {
    const demand = trusted({ set: { internal_role: 'user' } });
    const before = await raw().find().toArray();
    const codes: unknown[] = [];
    Reflect.defineProperty(Object.prototype, key, {
      value: { internal_role: 'admin', $set: { internal_role: 'admin' } },
      configurable: true,
      writable: true,
    });
    try {
      for (const write of [
        () => users.insertOne({ username: 'new' }, { trusted: demand }),
        () => users.updateOne({ username: 'ada' }, { $set: { email: 'e' } }),
      ]) {
        codes.push(
          await (async () => await write())().then(
            () => 'written',
            (error: { code: unknown }) => error.code,
          ),
        );
      }
    } finally {
      Reflect.deleteProperty(Object.prototype, key);
    }
    expect(codes).toEqual(['prototype_polluted', 'prototype_polluted']);
    expect(await raw().find().toArray()).toEqual(before);
  },
);

it.each(['insertOne', 'updateMany', 'deleteMany', 'replaceOne'])(
  'Object.prototype.%s turns no model of a bulk into another',
  async (key) => {
    const forged = {
      document: { username: 'forged' },
      filter: {},
      update: { $set: { internal_role: 'admin' } },
      replacement: { username: 'forged' },
    };
    Reflect.set(Object.prototype, key, forged);
    try {
      await users
        .bulkWrite([
          { updateOne: { filter: { username: 'ada' }, update: { $set: { email: 'e' } } } },
          { deleteOne: { filter: { username: 'nobody' } } },
        ])
        .catch(() => undefined);
    } finally {
      Reflect.deleteProperty(Object.prototype, key);
    }
    const [ada, ...others] = await raw().find().toArray();
    expect([ada?.username, ada?.internal_role, others]).toEqual(['ada', 'user', []]);
  },
);
