import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';
import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Cart {
  name: string;
  flags?: number;
  tags?: string[];
  grid?: number[][];
  profile?: { bio?: string; ssn?: string } | null;
  items?: { sku?: string; cost?: number; tags?: string[] }[];
  audit?: { by?: string; role?: string };
  secret?: { code?: string };
}

const cartView = defineView<Cart>()({
  name: 'carts',
  public: { name: 1, flags: 1, tags: 1, grid: 1, 'profile.bio': 1, 'items.sku': 1, 'items.tags': 1 },
  writable: { name: 1, tags: 1, grid: 1, 'profile.bio': 1 },
  filterable: { 'audit.by': 1 },
  arrays: { tags: 1, grid: 2, items: 1, 'items.tags': 1 },
});

const server = testServer();
const raw = () => server.db.collection<Cart>('carts');
let carts: Loose;

beforeAll(async () => {
  await raw().insertMany([
    {
      name: 'a',
      flags: 5,
      tags: ['x', 'y'],
      grid: [[1, 2]],
      profile: { bio: 'b' },
      items: [{ sku: '1', tags: ['x'] }],
    },
    { name: 'b', flags: 1, tags: ['y', 'x'], grid: [[1], [2]], profile: null, items: [] },
    {
      name: 'c',
      flags: 8,
      tags: ['x'],
      profile: { ssn: 's' },
      items: [{}, {}],
      audit: { by: 'me' },
      secret: { code: 'x' },
    },
    { name: 'd' },
  ]);
  carts = loose(new SafeCollection(raw(), cartView));
});
beforeEach(() => server.forget());

const names = async (filter: object): Promise<unknown> => {
  const found = await carts.find(filter, { projection: ['name'], sort: { name: 1 } }).toArray();
  return found.map((cart) => Reflect.get(cart, 'name') as unknown).join('');
};

async function refused(call: () => unknown): Promise<string> {
  const error: unknown = await (async () => await call())().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(server.sent).toEqual([]);
  return error instanceof Error ? error.message : 'it was not refused';
}

describe('a branch with a public leaf is asked whether it is there, and how many elements it has', () => {
  it.each([
    ['profile: null', { profile: null }, 'bd'],
    ['$eq null', { profile: op({ $eq: null }) }, 'bd'],
    ['$ne null', { profile: op({ $ne: null }) }, 'ac'],
    ['$exists', { profile: op({ $exists: true }) }, 'abc'],
    ['$size', { items: op({ $size: 0 }) }, 'b'],
    ['$not $size', { items: op({ $not: { $size: 0 } }) }, 'acd'],
    ['$not of op()', { items: op({ $not: op({ $exists: true }) as never }) }, 'd'],
    ['$size and $elemMatch', { items: op({ $size: 1, $elemMatch: { sku: '1' } }) }, 'a'],
    ['in $nor', { $nor: [{ profile: null }] }, 'ac'],
  ])('%s', async (_, filter, found) => {
    expect(await names(filter)).toBe(found);
  });

  it('and nothing else: its private parts can be compared with nothing', async () => {
    for (const [value, says] of [
      [{ bio: 'b' }, 'is a branch'],
      ['x', 'is a branch'],
      [/x/, 'is a branch'],
      [[], 'is a branch'],
      [op({ $eq: 'x' }), 'takes only null'],
      [op({ $ne: { ssn: 's' } } as never), 'takes only null'],
      [op({ $not: { $eq: 's' } } as never), 'takes only null'],
      [op({ $not: /x/ } as never), 'takes operators'],
      [op({ $gt: null }), 'is a branch'],
      [op({ $gt: {} } as never), 'is a branch'],
      [op({ $in: [null] }), 'is a branch'],
      [op({ $type: 'object' }), 'is a branch'],
      [op({ $not: { $gt: 1 } } as never), 'is a branch'],
      [op({ $elemMatch: { ssn: 's' } }), "'profile.ssn' is not filterable"],
      [op({ $elemMatch: { $eq: null } }), 'takes a filter on the leaves'],
      [{ $exists: true }, 'op({ … })'],
    ] as const)
      expect(await refused(() => carts.countDocuments({ profile: value }))).toContain(says);
  });

  it('one whose leaves are filterable and not public, or private, is asked nothing', async () => {
    for (const value of [null, op({ $exists: true }), op({ $size: 0 }), op({ $not: { $exists: true } })]) {
      expect(await refused(() => carts.countDocuments({ audit: value }))).toContain('branch');
      expect(await refused(() => carts.countDocuments({ secret: value }))).toContain('not filterable');
    }
    expect(await names({ 'audit.by': 'me' })).toBe('c');
  });

  it('an identifier of array filters is an element, and is not asked', async () => {
    const view = defineView<Cart>()({ public: { 'items.sku': 1 }, writable: { 'items.sku': 1 }, arrays: { items: 1 } });
    const writer = loose(new SafeCollection(raw(), view));
    for (const value of [null, op({ $exists: true }), op({ $size: 0 })])
      expect(
        await refused(() =>
          writer.updateMany(
            { 'items.sku': '1' },
            { $set: { 'items.$[i].sku': '2' } },
            { arrayFilters: [{ i: value }] },
          ),
        ),
      ).toContain('is a branch');
  });

  it('an upsert copies null, so the branch would have to be writable', async () => {
    expect(
      await refused(() => carts.updateOne({ profile: null }, { $set: { name: 'n' } }, { upsert: true })),
    ).toContain("'profile' is not writable");
    expect(
      await refused(() => carts.updateOne({ profile: op({ $eq: null }) }, { $set: { name: 'n' } }, { upsert: true })),
    ).toContain("'profile' is not writable");
  });
});

describe('a leaf that is an array is compared with a whole array', () => {
  it('in its order', async () => {
    expect(await names({ tags: ['x', 'y'] })).toBe('a');
    expect(await names({ tags: [] })).toBe('');
    expect(await names({ grid: [[1], [2]] })).toBe('b');
    expect(await names({ 'items.tags': ['x'] })).toBe('a');
    expect(await names({ items: op({ $elemMatch: { tags: ['x'] } }) })).toBe('a');
    expect(await names(trusted({ tags: ['x'] }))).toBe('c');
  });

  it('but not with documents or regular expressions, nor where the view has no array', async () => {
    for (const tags of [[{}], [/x/], [[/x/]], [op({ $eq: 'x' })]])
      expect(await refused(() => carts.countDocuments({ tags }))).toContain('scalar');
    expect(await refused(() => carts.countDocuments({ name: ['a'] }))).toContain('scalar');
    expect(await refused(() => carts.countDocuments({ _id: ['a'] }))).toContain('scalar');
    const matched = (filter: object) => [
      { $project: { tags: 1, name: 1 } },
      { $match: filter },
      { $project: { tags: 1 } },
    ];
    for (const filter of [{ tags: [{}] }, { tags: [/x/] }, { name: ['a'] }])
      expect(await refused(() => carts.aggregate(matched(filter) as never).toArray())).toContain('scalar');
    expect(await refused(() => carts.updateOne({ name: 'a' }, { $pull: { tags: ['x'] } }))).toContain('scalar');
  });

  it('and an upsert stores it as it is, if it is as deep as the view says', async () => {
    await carts.updateOne({ tags: ['new'], grid: [[7]] }, { $set: { name: 'u' } }, { upsert: true });
    expect(await raw().findOne({ name: 'u' }, { projection: { _id: 0 } })).toEqual({
      name: 'u',
      tags: ['new'],
      grid: [[7]],
    });
    await raw().deleteOne({ name: 'u' });
    server.forget();
    expect(await refused(() => carts.updateOne({ grid: [7] }, { $set: { name: 'u' } }, { upsert: true }))).toContain(
      'An upsert copies',
    );
    expect(
      await refused(() => carts.updateOne({ tags: [['x']] }, { $set: { name: 'u' } }, { upsert: true })),
    ).toContain('An upsert copies');
  });
});

describe('the bits of a number', () => {
  it.each([
    ['$bitsAllSet', 5, 'a'],
    ['$bitsAnySet', [3, 2], 'ac'],
    ['$bitsAllClear', 4, 'bc'],
    ['$bitsAnyClear', [0], 'c'],
  ])('%s', async (operator, mask, found) => {
    expect(await names({ flags: op({ [operator]: mask } as never) })).toBe(found);
  });

  it('are named by whole numbers of 0 or more', async () => {
    for (const mask of [-1, 1.5, 'x', [], [-1], ['0'], null, {}, 2 ** 53])
      expect(await refused(() => carts.countDocuments({ flags: op({ $bitsAllSet: mask } as never) }))).toContain(
        'takes an integer',
      );
    expect(await refused(() => carts.countDocuments({ _id: op({ $bitsAllSet: 1 }) }))).toContain('exact match');
  });
});
