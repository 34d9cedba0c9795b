import { op, RefusedCallError, trusted } from 'safe-collection';
import { describe, expect, it } from 'vitest';

import { callContext, type CallContext } from '../../src/errors/call-context.ts';
import { planFind } from '../../src/plan/plan-read.ts';
import { planInsertOne, planUpdate } from '../../src/plan/plan-write.ts';
import { assertIssued, type FindPlan } from '../../src/plan/plan.ts';
import { defineView, subtree } from '../../src/index.ts';
import { policyOf } from '../../src/view/policies.ts';
import type { ViewPolicy } from '../../src/view/policy.ts';
import { twoWorlds, userView, type Users } from '../support/worlds.ts';

const { refused, users, client } = twoWorlds();

/** A separate view for each test, with an empty cache. */
function freshContext(): CallContext<ViewPolicy> {
  const view = defineView<{
    username: string;
    email: string;
    profile: { bio: string; avatar: string };
    free: Record<string, unknown>;
  }>()({
    public: { username: 1, email: 1, 'profile.bio': 1, 'profile.avatar': 1, free: subtree },
    writable: { username: 1, 'profile.bio': 1 },
  });
  return callContext('findOne', 'users', policyOf(view, callContext('test', 'users')), undefined);
}

function plan(projection: unknown, call: CallContext<ViewPolicy>): FindPlan {
  return planFind('findOne', {}, { projection }, call);
}

describe('a projection written inline', () => {
  it.each([
    ['an object', () => ({ username: 1, 'profile.bio': true, _id: 0 })],
    ['an array', () => ['username', 'profile.bio']],
    ['a branch', () => ({ profile: 1 })],
  ])('of the same keys is the same shape and the same document to be sent: %s', (_what, write) => {
    const call = freshContext();
    const [first, second] = [plan(write(), call), plan(write(), call)];
    expect(second.shape).toBe(first.shape);
    expect(second.projection).toBe(first.projection);
  });

  it('is the same whether its marks are 1 or true, and whether it says _id: 0', () => {
    const call = freshContext();
    const { shape } = plan({ username: 1, email: 1 }, call);
    for (const other of [
      { username: true, email: 1 },
      { _id: 0, username: 1, email: 1 },
      { _id: false, username: 1, email: 1 },
      ['username', 'email'],
    ]) {
      expect(plan(other, call).shape).toBe(shape);
    }
  });

  it('is another in another order, with fewer keys, with more keys, and in another view', () => {
    const call = freshContext();
    const { shape } = plan({ username: 1, email: 1 }, call);
    expect([...plan({ email: 1, username: 1 }, call).shape.children.keys()]).toEqual(['email', 'username']);
    expect([...plan({ username: 1 }, call).shape.children.keys()]).toEqual(['username']);
    expect([...plan({ username: 1, email: 1, profile: 1 }, call).shape.children.keys()]).toEqual([
      'username',
      'email',
      'profile',
    ]);
    expect(plan({ username: 1, email: 1 }, freshContext()).shape).not.toBe(shape);
  });

  it.each([
    ['an object', { 'username\0email': 1 }],
    ['an array', ['username\0email']],
  ])('is not another one, one key of which is all of its keys with a null byte between: %s', (_what, forged) => {
    const call = freshContext();
    plan({ username: 1, email: 1 }, call);
    expect(() => plan(forged, call)).toThrow('null byte');
  });

  it('is sent as a frozen document, because it is sent again', () => {
    expect(Object.isFrozen(plan({ username: 1 }, freshContext()).projection)).toBe(true);
  });

  it('is parsed as usual if a client varies its keys beyond the cache', () => {
    const call = freshContext();
    const early = plan({ username: 1, email: 1 }, call);
    for (let index = 0; index < 3_000; index += 1) plan([`free.f${index}`], call);
    expect(plan({ username: 1, email: 1 }, call).shape).toBe(early.shape);
    const late = plan({ 'free.late': 1 }, call);
    expect(late.projection).toEqual(plan({ 'free.late': 1 }, call).projection);
    expect(plan({ 'free.late': 1 }, call).shape).not.toBe(late.shape);
    expect(() => plan({ username: 1, password_hash: 1 }, call)).toThrow(RefusedCallError);
  });

  it('is not cached if it was chosen at run time', () => {
    const view = defineView<{ username: string; email: string }>()({ public: { username: 1, email: 1 } });
    const call = callContext('findOne', 'users', policyOf(view, callContext('test', 'users')), undefined);
    const first = plan(view.selectFields(['username', 'email']), call);
    expect(plan(view.selectFields(['username', 'email']), call).shape).not.toBe(first.shape);
  });

  it('chosen by select() is the same shape and document with each call', () => {
    const view = defineView<{ username: string; email: string }>()({ public: { username: 1, email: 1 } });
    const call = callContext('findOne', 'users', policyOf(view, callContext('test', 'users')), undefined);
    for (const projection of [view.select({ username: 1 }), view]) {
      const first = plan(projection, call);
      expect(plan(projection, call).shape).toBe(first.shape);
      expect(plan(projection, call).projection).toBe(first.projection);
    }
  });
});

/** An object with the keys of the accepted one, and one thing about it that is refused. */
function withFault(accepted: object, fault: (twin: object, key: string) => unknown): unknown {
  const twin = Array.isArray(accepted) ? [...accepted] : { ...accepted };
  return fault(twin, Object.keys(accepted)[0] ?? '') ?? twin;
}

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

let runs = 0;
const FAULTS: Readonly<Record<string, (twin: object, key: string) => unknown>> = {
  'an accessor': (twin, key) =>
    Object.defineProperty(twin, key, { get: () => ((runs += 1), 1), enumerable: true, configurable: true }),
  'a setter alone': (twin, key) =>
    Object.defineProperty(twin, key, {
      set: () => {
        runs += 1;
      },
      enumerable: true,
      configurable: true,
    }),
  'a proxy': (twin) => new Proxy(twin, {}),
  'a proxy that answers differently the second time': (twin) =>
    new Proxy(twin, {
      get: (target, key) => ((runs += 1), Reflect.get(target, key)),
      getOwnPropertyDescriptor: (target, key) => ((runs += 1), Reflect.getOwnPropertyDescriptor(target, key)),
    }),
  'a symbol key': (twin) => Object.assign(twin, { [Symbol('x')]: 1 }),
  'a hidden symbol key': (twin) => Object.defineProperty(twin, Symbol('x'), { value: 1 }),
  'a key that is not enumerable': (twin, key) => Object.defineProperty(twin, key, { enumerable: false }),
  'one key more that is not enumerable': (twin) => Object.defineProperty(twin, 'extra', { value: 1 }),
  'inherited keys': (twin) => Object.create(twin) as object,
  'a prototype of its own': (twin) => Object.setPrototypeOf(twin, Object.create(Object.prototype) as object) as object,
  'a __proto__ key': (twin) => Object.defineProperty(twin, '__proto__', { value: 1, enumerable: true }),
  toBSON: (twin) => Object.assign(twin, { toBSON: () => ({}) }),
  undefined: (twin, key) => Object.assign(twin, { [key]: undefined }),
  'a function': (twin, key) => Object.assign(twin, { [key]: () => 1 }),
  'a symbol': (twin, key) => Object.assign(twin, { [key]: Symbol('x') }),
};

/** Where a caller's object goes in, with one that is accepted there. */
const INPUTS: Readonly<
  Record<string, { readonly accepted: () => object; readonly call: (users: Users, input: never) => Promise<unknown> }>
> = {
  'a projection': {
    accepted: () => ({ username: 1, 'profile.bio': 1 }),
    call: (u, projection) => u.findOne({}, { projection }),
  },
  'a projection of paths': {
    accepted: () => ['username', 'profile.bio'],
    call: (u, projection) => u.findOne({}, { projection }),
  },
  'a filter': {
    accepted: () => ({ username: 'ada', age: 20 }),
    call: (u, filter) => u.findOne(filter, { projection: ['username'] }),
  },
  'a sort': {
    accepted: () => ({ username: 1, age: -1 }),
    call: (u, sort) => u.findOne({}, { projection: ['username'], sort }),
  },
  'the options': {
    accepted: () => ({ projection: ['username'], skip: 0 }),
    call: (u, options) => u.findOne({}, options),
  },
};

describe.each(Object.entries(INPUTS))('%s', (_name, { accepted, call }) => {
  it.each(Object.entries(FAULTS))(
    'with %s is refused the same before and after the cache knows its keys',
    async (_what, fault) => {
      runs = 0;
      const errorOf = async (): Promise<unknown> =>
        await call(users(), withFault(accepted(), fault) as never).catch((error: unknown) => error);
      const cold = await errorOf();
      expect(cold).toBeInstanceOf(RefusedCallError);
      for (let index = 0; index < 3; index += 1) await call(users(), accepted() as never);
      await refused((u) => call(u, withFault(accepted(), fault) as never), (cold as RefusedCallError).code);
      expect(JSON.stringify(await errorOf())).toBe(JSON.stringify(cold));
      expect(runs).toBe(0);
    },
  );
});

describe('a projection that is refused', () => {
  it.each([
    [{ username: 0 }],
    [{ username: 1, email: 0 }],
    [{ username: 1, email: '$password_hash' }],
    [{ username: 1, _id: 1 }],
    [{ _id: 0 }],
    [{ _id: false }],
    [{}],
    [[]],
    [{ username: 1, password_hash: 1 }],
    [{ profile: 1, 'profile.bio': 1 }],
    [['username', 'username']],
    [['username', 1]],
    [['username', undefined]],
    [{ username: 1, email: 2 }],
    [{ username: 1, email: null }],
    [['username', '_id']],
  ])('stays refused when its parts were accepted before: %j', async (projection) => {
    const error = await users()
      .findOne({}, { projection } as never)
      .catch((each: unknown) => each);
    for (const known of [{ username: 1, email: 1 }, { profile: 1 }, ['username', 'email']] as const)
      await users().findOne({}, { projection: known } as never);
    await refused((u) => u.findOne({}, { projection } as never), (error as RefusedCallError).code);
  });

  it('stays refused with holes or own keys in its array', async () => {
    await users().findOne({}, { projection: ['username', 'email'] });
    for (const projection of [
      Object.assign(['username', 'email'], { extra: 1 }),
      Object.assign(Array.from({ length: 2 }), { 0: 'username' }),
    ]) {
      await refused((u) => u.findOne({}, { projection } as never), 'input_invalid');
    }
  });
});

describe('with Object.prototype polluted', () => {
  /** Runs work while a key is polluted. Nothing is expected meanwhile: the test runner makes descriptors too. */
  async function polluted<T>(key: string, value: unknown, work: () => T | Promise<T>): Promise<T> {
    Reflect.defineProperty(
      Object.prototype,
      key,
      Object.assign(Object.create(null), { value, configurable: true, writable: true }),
    );
    try {
      return await work();
    } finally {
      Reflect.deleteProperty(Object.prototype, key);
    }
  }

  it.each(['value', 'enumerable', 'get'])(
    'by %s an accessor stays refused and a known projection stays accepted',
    async (key) => {
      const call = freshContext();
      const { shape } = plan({ username: 1 }, call);
      const accessor = Object.defineProperty(
        {},
        'username',
        Object.assign(Object.create(null), { get: () => 1, enumerable: true }),
      );
      const refusal = await polluted(key, 1, () => attempt(() => plan(accessor, call)));
      expect(refusal).toBeInstanceOf(RefusedCallError);
      expect((await polluted(key, 1, () => plan({ username: 1 }, call))).shape).toEqual(shape);
    },
  );
});

describe('a plan', () => {
  it("can't be issued by other code", async () => {
    const call = freshContext();
    for (const issued of [
      plan({ username: 1 }, call),
      await planInsertOne({ username: 'a' }, undefined, call),
      await planUpdate('updateOne', {}, { $set: { username: 'a' } }, undefined, call),
    ]) {
      expect(() => assertIssued(issued)).not.toThrow();
      expect(Object.isFrozen(issued)).toBe(true);
      expect('constructor' in issued || 'sealed' in issued || 'toString' in issued).toBe(false);
      const prototype = Object.getPrototypeOf(issued) as object;
      expect(Object.isFrozen(prototype)).toBe(true);
      for (const forged of [
        { ...issued },
        Object.create(issued),
        Object.assign(Object.create(prototype), issued),
        structuredClone({ ...issued, policy: undefined, shape: undefined, models: undefined, model: undefined }),
        new Proxy(issued, {}),
      ]) {
        expect(() => assertIssued(forged as never)).toThrow(TypeError);
      }
    }
  });

  it("is made with marks that other code can't issue", async () => {
    for (const [mark, call] of [
      [
        op({ $ne: 'x' }),
        (u: Users, made: unknown) => u.findOne({ username: made as never }, { projection: ['username'] }),
      ],
      [
        trusted({ filter: { age: 20 } }),
        (u: Users, made: unknown) => u.findOne({}, { projection: ['username'], trusted: made as never }),
      ],
    ] as const) {
      expect(await call(users(), mark)).not.toBeNull();
      const prototype = Object.getPrototypeOf(mark) as object;
      expect([Object.isFrozen(mark), Object.isFrozen(prototype), 'constructor' in mark]).toEqual([true, true, false]);
      for (const forged of [{ ...mark }, Object.create(prototype), Object.create(mark), new Proxy(mark, {})]) {
        await expect(call(users(), forged)).rejects.toBeInstanceOf(RefusedCallError);
      }
    }
    await expect(
      users().findOne({ username: trusted({ filter: {} }) as never }, { projection: ['username'] }),
    ).rejects.toBeInstanceOf(RefusedCallError);
    await expect(
      users().findOne({}, { projection: ['username'], trusted: op({ $ne: 'x' }) as never }),
    ).rejects.toMatchObject({ code: 'trusted_invalid' });
  });

  it('shows its filter and projection to a monitor as documents through which nothing can be added', async () => {
    const seen: object[] = [];
    const listen = ({ command }: { command: Record<string, object> }) =>
      seen.push(command['filter'] ?? {}, command['projection'] ?? {});
    client.on('commandStarted', listen);
    await users().findOne({ username: 'ada', age: op({ $gte: 1 }) }, { projection: userView });
    client.off('commandStarted', listen);
    expect(seen).toHaveLength(2);
    for (const document of seen) {
      const prototype = Object.getPrototypeOf(document) as object | null;
      expect(
        prototype === null ||
          (Object.isFrozen(prototype) &&
            Object.getPrototypeOf(prototype) === null &&
            Reflect.ownKeys(prototype).length === 0),
      ).toBe(true);
    }
  });
});
