import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, everything, op, SafeCollection, trusted } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS } from './support/update-calls.ts';

/** `tenant` is private, `region` private and declared filterable, `items.rank` writable and not to be seen. */
const view = defineView<Record<string, unknown>>()({
  public: { name: 1, tags: 1, rev: 1, 'items.sku': 1, 'items.codes': 1 },
  writable: { name: 1, tags: 1, 'items.sku': 1, 'items.rank': 1, 'items.codes': 1 },
  filterable: { region: 1, 'items.cost': 1 },
  arrays: { tags: 1, items: 1, 'items.codes': 1 },
  version: 'rev',
} as never) as never;

const server = testServer();
const raw = () => server.db.collection('shops');
let shops: Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne({
    name: 'a',
    rev: 1,
    tags: ['x', 'y'],
    tenant: 't',
    region: 'r',
    keys: [{ k: 2 }, { k: 1 }],
    items: [
      { sku: 'one', cost: 1, rank: 2, codes: [7] },
      { sku: 'two', cost: 2, rank: 1, codes: [8] },
    ],
  });
  shops = loose(new SafeCollection(raw(), view));
  server.forget();
});

const skus = async () => {
  const [stored] = await raw().find<{ items: { sku: string }[] }>({}).toArray();
  return stored?.items.map(({ sku }) => sku);
};
const isRefused = async (call: Promise<unknown>, message: RegExp) => {
  await expect(call).rejects.toMatchObject({
    name: 'RefusedCallError',
    code: 'write_path',
    message: expect.stringMatching(message) as string,
  });
  await expect(call).rejects.toThrow(/\$\[id\].*arrayFilters/);
  expect(server.sent).toEqual([]);
};
const SET = { $set: { 'items.$.sku': 'new' } };

describe.each(Object.entries(UPDATE_CALLS))("a caller's $ in %s", (method, call) => {
  const send = async (filter: object, own: object | undefined, update: object = SET, more: object = {}) =>
    await call(shops, filter, update, {
      ...(method.startsWith('findOneAndUpdate') ? { projection: ['name'] } : {}),
      ...(own === undefined ? {} : { trusted: trusted({ filter: own }) }),
      ...more,
    });

  it.each<readonly [string, object, object | undefined]>([
    ['a leaf below the array', { 'items.sku': 'two' }, undefined],
    ['$elemMatch', { items: op({ $elemMatch: { sku: 'two' } }) }, undefined],
    ['a condition in $and', { $and: [{ 'items.sku': 'two' }, { name: 'a' }] }, undefined],
    ['a filterable private leaf below the array', { 'items.cost': 2 }, undefined],
    ['other fields beside it', { 'items.sku': 'two', name: 'a', region: 'r', _id: op({ $in: [] }) }, undefined],
    ['what the program demands of known single fields', { 'items.sku': 'two' }, { name: 'a', region: 'r' }],
    ['what the program demands of the same array', { 'items.sku': 'two' }, { 'items.cost': 2 }],
  ])('is taken with %s', async (_, filter, own) => {
    const { _id, ...others } = filter as Record<string, unknown>;
    await send(_id === undefined ? filter : others, own);
    expect(await skus()).toEqual(['one', 'new']);
  });

  it.each<readonly [string, object, object | undefined, RegExp]>([
    ['no condition on the array', { name: 'a' }, undefined, /needs a condition on 'items' in the caller's filter/],
    ['a condition on another array', { tags: 'x' }, undefined, /needs a condition on 'items'/],
    [
      "the program's condition on the array alone",
      { name: 'a' },
      { 'items.sku': 'two' },
      /needs a condition on 'items'/,
    ],
    [
      'another array beside it',
      { 'items.sku': 'two', tags: 'y' },
      undefined,
      /could come from the condition on 'tags'/,
    ],
    ['an array below the array', { 'items.codes': 8 }, undefined, /could come from the condition on 'items.codes'/],
    [
      'another array in $or',
      { $or: [{ 'items.sku': 'two' }, { tags: 'y' }] },
      undefined,
      /could come from the condition on 'tags'/,
    ],
    [
      'another array in $elemMatch',
      { items: op({ $elemMatch: { codes: 8 } }) },
      undefined,
      /could come from the condition on 'items.codes'/,
    ],
    [
      "another array in the program's filter",
      { 'items.sku': 'two' },
      { tags: 'y' },
      /could come from the condition on 'tags'/,
    ],
    [
      "a private array in the program's filter",
      { 'items.sku': 'two' },
      { 'keys.k': 1 },
      /could come from the condition on 'keys.k'/,
    ],
    [
      "a private field in the program's filter",
      { 'items.sku': 'two' },
      { tenant: 't' },
      /could come from the condition on 'tenant'/,
    ],
    [
      "a private field of the array in the program's filter",
      { 'items.sku': 'two' },
      { 'items.secret': 1 },
      /could come from the condition on 'items.secret'/,
    ],
    [
      "an unseen field of the array in the program's filter",
      { 'items.sku': 'two' },
      { 'items.rank': 1 },
      /could come from the condition on 'items.rank'/,
    ],
  ])('is refused with %s', (_, filter, own, message) => isRefused(send(filter, own), message));

  it('is refused in an upsert by the same rule', () =>
    isRefused(send({ name: 'a' }, undefined, SET, { upsert: true }), /needs a condition on 'items'/));
  it('is refused twice in one path', () =>
    isRefused(send({ 'items.codes': 8 }, undefined, { $set: { 'items.$.codes.$': 1 } }), /twice/));
  it('does not affect $[] and $[id]', async () => {
    await send({ name: 'a' }, { 'keys.k': 1 }, { $set: { 'items.$[].sku': 'all' } });
    await send(
      { name: 'a' },
      { 'keys.k': 1 },
      { $set: { 'items.$[i].sku': 'two' } },
      { arrayFilters: [{ 'i.cost': 2 }] },
    );
    expect(await skus()).toEqual(['all', 'two']);
  });
});

it('a caller can name everybody, which names no array', () =>
  isRefused(shops.updateMany(everything, SET), /needs a condition/));

it('the version of a call is not an array', async () => {
  await shops.updateOne({ 'items.sku': 'two' }, SET, { version: 1 });
  expect(await skus()).toEqual(['one', 'new']);
});

describe("the program's own $", () => {
  const send = async (filter: object, own: object, update: object) =>
    await shops.updateOne(filter, {}, { trusted: trusted({ filter: own, update }) });

  it.each<readonly [string, object, object]>([
    ["by the caller's condition", { 'items.sku': 'two' }, {}],
    ['by its own condition', { name: 'a' }, { 'items.sku': 'two' }],
  ])('at a path of the view is placed %s', async (_, filter, own) => {
    await send(filter, own, SET);
    expect(await skus()).toEqual(['one', 'new']);
  });

  it.each<readonly [string, object, object, RegExp]>([
    ['by a private array', { 'items.sku': 'two' }, { 'keys.k': 1 }, /could come from the condition on 'keys.k'/],
    [
      'by a private field of the array',
      { name: 'a' },
      { 'items.secret': 1 },
      /could come from the condition on 'items.secret'/,
    ],
    ['by nothing', { name: 'a' }, { region: 'r' }, /needs a condition on 'items' in the filter/],
  ])('at a path of the view is not placed %s', (_, filter, own, message) => isRefused(send(filter, own, SET), message));

  it('at a path that only the program knows is placed by anything', async () => {
    await send({ name: 'a' }, { 'keys.k': 1, tenant: 't' }, { $set: { 'keys.$.seen': true } });
    expect((await raw().findOne({}))?.['keys']).toEqual([{ k: 2 }, { k: 1, seen: true }]);
    await send({ 'items.sku': 'two' }, {}, { $set: { 'items.$.secret': 's' } });
    expect((await raw().findOne({}))?.['items']).toMatchObject([{ sku: 'one' }, { sku: 'two', secret: 's' }]);
  });
});
