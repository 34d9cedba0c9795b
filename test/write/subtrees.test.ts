import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, SafeCollection, subtree } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS } from './support/update-calls.ts';

interface Shop {
  username: string;
  settings?: { theme?: string; [name: string]: unknown };
  secret?: Record<string, unknown>;
}

/** A caller may write anything below `settings`, of which one leaf is public; `secret` is private. */
const shopView = defineView<Shop>()({
  public: { username: 1, 'settings.theme': 1 },
  writable: { username: 1, settings: subtree },
});

const server = testServer();
const raw = () => server.db.collection<Shop>('shops');
let shops: Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({ username: 'ada', settings: { theme: 'dark', depth: { one: 1 } }, secret: { key: 'k' } });
  shops = loose(new SafeCollection(raw(), shopView));
  server.forget();
});

describe('a writable subtree accepts everything below it', () => {
  it('in a new document', async () => {
    await shops.insertOne({
      username: 'bob',
      settings: { theme: 'light', list: [{ a: [1, 2] }], deep: { er: { est: null } } },
    });
    expect(await raw().findOne({ username: 'bob' })).toMatchObject({
      settings: { theme: 'light', list: [{ a: [1, 2] }], deep: { er: { est: null } } },
    });
  });

  it.each(Object.entries(UPDATE_CALLS))('in an update: %s', async (name, call) => {
    const options = name.startsWith('findOneAnd') ? { projection: ['username'] } : {};
    await call(
      shops,
      { username: 'ada' },
      { $set: { 'settings.depth': { two: 2 }, 'settings.new': ['x'], 'settings.7': 1 } },
      options,
    );
    await call(shops, { username: 'ada' }, { $unset: { 'settings.theme': 1 } }, options);
    expect(await raw().findOne({})).toMatchObject({
      settings: { depth: { two: 2 }, new: ['x'], 7: 1 },
      secret: { key: 'k' },
    });
  });
});

describe('and values written there stay data', () => {
  it.each<readonly [string, object]>([
    ['an operator as a key', { $set: { 'settings.x': { $ne: 1 } } }],
    ['a dotted key', { $set: { 'settings.x': { 'a.b': 1 } } }],
    ['__proto__', { $set: { 'settings.__proto__': 1 } }],
    ['a forged class', { $set: { settings: { x: { _bsontype: 'Code', code: 'x' } } } }],
    ['what is beside it', { $set: { secret: { key: 'x' } } }],
    ['what begins alike', { $set: { 'settings2.x': 1 } }],
    ['a path through a branch that is not public', { $set: { 'settings.depth.one': 2 } }],
    ['a counter', { $inc: { 'settings.n': 1 } }],
  ])('%s is refused, and nothing is sent', async (_, update) => {
    await expect(shops.updateOne({ username: 'ada' }, update)).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });
});
