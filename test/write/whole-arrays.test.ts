import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS } from './support/update-calls.ts';

interface Item {
  sku: string;
  count: number;
  parts?: { id: string }[];
}

interface Cart {
  username: string;
  items: Item[];
  lots?: { code: string }[];
  box?: { label?: string; lines?: { sku: string }[]; cost?: number };
  audited?: { sku: string; cost: number }[];
  secret?: string;
}

const paths = {
  username: 1,
  'items.sku': 1,
  'items.count': 1,
  'items.parts.id': 1,
  'lots.code': 1,
  'box.label': 1,
  'box.lines.sku': 1,
  'audited.sku': 1,
} as const;
const arrays = { items: 1, 'items.parts': 1, lots: 1, 'box.lines': 1, audited: 1 } as const;
const cartView = defineView<Cart>()({
  name: 'carts',
  public: paths,
  writable: paths,
  arrays,
  whole: { items: 1, lots: 1, 'box.lines': 1 },
});

const A = { sku: 'a', count: 1 };
const B = { sku: 'b', count: 5, parts: [{ id: 'p' }, { id: 'q' }] };
const stored = {
  username: 'ada',
  items: [A, B],
  lots: [{ code: 'y' }, { code: 'x' }],
  box: { label: 'l', lines: [{ sku: 'a' }], cost: 7 },
  audited: [{ sku: 'a', cost: 3 }],
  secret: 's',
};

const server = testServer();
const raw = () => server.db.collection<Cart>('carts');
let carts: Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertOne(structuredClone(stored));
  carts = loose(new SafeCollection(raw(), cartView));
  server.forget();
});

const optionsOf = (name: string): object => (name.startsWith('findOneAnd') ? { projection: ['username'] } : {});

const CHANGES: readonly (readonly [name: string, update: object, changed: object, options?: object])[] = [
  ['$pull by a leaf', { $pull: { items: { sku: 'a' } } }, { items: [B] }],
  ['$pull by operators', { $pull: { items: { count: op({ $gt: 1 }), 'parts.id': 'q' } } }, { items: [A] }],
  ['$pull by $or', { $pull: { items: { $or: [{ sku: 'a' }, { count: 5 }] } } }, { items: [] }],
  [
    '$pull inside elements',
    { $pull: { 'items.$[].parts': { id: 'p' } } },
    { items: [A, { ...B, parts: [{ id: 'q' }] }] },
  ],
  ['$pullAll', { $pullAll: { items: [A] } }, { items: [B] }],
  ['$addToSet of a stored element', { $addToSet: { items: A } }, {}],
  [
    '$addToSet of several',
    { $addToSet: { lots: op({ $each: [{ code: 'x' }, { code: 'z' }] }) } },
    { lots: [{ code: 'y' }, { code: 'x' }, { code: 'z' }] },
  ],
  ['$pop', { $pop: { items: -1 } }, { items: [B] }],
  [
    '$push with $slice',
    { $push: { items: op({ $each: [{ sku: 'c', count: 9 }], $slice: -2 }) } },
    { items: [B, { sku: 'c', count: 9 }] },
  ],
  [
    '$push with $sort and $position',
    { $push: { lots: op({ $each: [{ code: 'z' }], $position: 0, $sort: 1 }) } },
    { lots: [{ code: 'x' }, { code: 'y' }, { code: 'z' }] },
  ],
  ['$set of the whole array', { $set: { items: [B, A] } }, { items: [B, A] }],
  [
    '$set of an element',
    { $set: { 'items.$[i]': { sku: 'c', count: 2 } } },
    { items: [{ sku: 'c', count: 2 }, B] },
    { arrayFilters: [{ 'i.sku': 'a' }] },
  ],
  [
    '$set of a branch with such an array',
    { $set: { box: { lines: [{ sku: 'z' }] } } },
    { box: { lines: [{ sku: 'z' }], cost: 7 } },
  ],
  ['$set of a branch without it', { $set: { box: { label: 'm' } } }, { box: { label: 'm', cost: 7 } }],
  ['$unset', { $unset: { lots: 1 } }, { lots: undefined }],
];

describe('elements of an array that the view calls whole are removed, replaced and compared', () => {
  it.each(CHANGES.map(([name, update, changed, options = {}]) => [name, update, changed, options] as const))(
    '%s',
    async (_name, update, changed, options) => {
      for (const [name, call] of Object.entries(UPDATE_CALLS)) {
        await raw().replaceOne({}, structuredClone(stored));
        await call(carts, { username: 'ada' }, update, { ...options, ...optionsOf(name) });
        const after = await raw().findOne({}, { projection: { _id: 0 } });
        expect(after, name).toEqual(
          Object.fromEntries(Object.entries({ ...stored, ...changed }).filter(([, value]) => value !== undefined)),
        );
      }
    },
  );

  it('and an insert by upsert', async () => {
    await carts.updateOne({ username: 'new' }, { $setOnInsert: { items: [A], lots: [] } }, { upsert: true });
    expect(await raw().findOne({ username: 'new' }, { projection: { _id: 0 } })).toEqual({
      username: 'new',
      items: [A],
      lots: [],
    });
  });

  it('no count tells whether an element was stored', async () => {
    const result = await carts.updateOne({ username: 'ada' }, { $addToSet: { items: A } });
    expect(result).not.toHaveProperty('modifiedCount');
  });
});

describe('what is not all of the caller is refused, and nothing is sent', () => {
  it.each<readonly [string, object, RegExp]>([
    ['another array', { $pull: { audited: { sku: 'a' } } }, /list it in `whole` of the view/],
    ['$pop of another array', { $pop: { audited: 1 } }, /'audited' is a branch/],
    ['$pullAll of another array', { $pullAll: { audited: [{ sku: 'a', cost: 3 }] } }, /'audited' is a branch/],
    ['$addToSet to another array', { $addToSet: { audited: { sku: 'a' } } }, /'audited' is a branch/],
    ['another array as a whole', { $set: { audited: [] } }, /'audited' is a branch/],
    ['$slice of another array', { $push: { audited: op({ $each: [], $slice: 0 }) } }, /no \$slice/],
    ['a private path', { $pull: { items: { cost: 1 } } }, /'items.cost' is not filterable/],
    ['a private path in $or', { $pull: { items: { $or: [{ 'x.cost': 1 }] } } }, /'items.x.cost' is not filterable/],
    ['a plain operator', { $pull: { items: { sku: { $ne: 'a' } } } }, /op\(\{ … \}\)/],
    ['an operator instead of a filter', { $pull: { items: { $ne: 'a' } } }, /"\$ne"|'\$ne' is not allowed in a filter/],
    ['$pull of everything', { $pull: { items: {} } }, /at least one condition/],
    ['$pull of a value', { $pull: { items: 'a' } }, /takes a filter of its elements/],
    ['$pull of operators', { $pull: { items: op({ $exists: true }) } }, /takes a filter of its elements/],
    ['$pull of null', { $pull: { items: null } }, /takes a filter of its elements/],
    ['an unknown field', { $addToSet: { items: { ...A, cost: 1 } } }, /'items.cost' is not writable/],
    ['an unknown field in the array', { $set: { items: [{ ...A, cost: 1 }] } }, /'items.cost' is not writable/],
    ['one in $pullAll', { $pullAll: { items: [{ ...A, cost: 1 }] } }, /'items.cost' is not writable/],
    ['a scalar as an element', { $set: { items: ['a'] } }, /each element must be an object/],
    ['an object for the array', { $set: { items: A } }, /takes an array|goes through the array/],
    ['an array too deep', { $set: { items: [[A]] } }, /each element must be an object/],
    ['an array at a leaf of an element', { $addToSet: { items: { sku: ['a'], count: 1 } } }, /takes a single value/],
    ['$inc', { $inc: { items: 1 } }, /'items' is a branch/],
    ['$min', { $min: { items: 1 } }, /'items' is a branch/],
    ['$currentDate', { $currentDate: { 'items.$[]': true } }, /'items.\$\[\]' is a branch/],
  ])('%s', async (_name, update, says) => {
    for (const [name, call] of Object.entries(UPDATE_CALLS)) {
      await expect(call(carts, { username: 'ada' }, update, optionsOf(name))).rejects.toMatchObject({
        name: 'RefusedCallError',
        message: expect.stringMatching(says) as string,
      });
    }
    expect(server.sent).toEqual([]);
  });

  it.each<readonly [string, object, RegExp]>([
    [
      'a field that is not public',
      { public: { username: 1, 'items.sku': 1 } },
      /'items.count', which is not in `public`/,
    ],
    ['a field that is not writable', { writable: { 'items.sku': 1 } }, /which is not in `writable`/],
    [
      'a field that is not filterable',
      { filterable: { 'items.count': 0 } },
      /'items.count', which is not in `filterable`/,
    ],
    ['a scalar', { whole: { username: 1 } }, /'username' is not an array of subdocuments/],
    ['a branch', { whole: { box: 1 } }, /'box' is not an array of subdocuments/],
    ['an unknown path', { whole: { nothing: 1 } }, /'nothing' is not an array of subdocuments/],
    ['another mark', { whole: { items: true } }, /takes 1/],
  ])('a view calls nothing whole that has %s', (_name, part, says) => {
    const spec = { public: paths, writable: paths, arrays, whole: { items: 1 }, ...part };
    const named = 'public' in part ? { ...spec, writable: paths, arrays } : spec;
    expect(() => defineView<Cart>()(named as never)).toThrow(says);
  });

  it('a view that extends another keeps its whole arrays, and takes no field of theirs away', async () => {
    const wider = loose(new SafeCollection(raw(), cartView.extend({ name: 'audit', public: { secret: 1 } })));
    await wider.updateOne({ username: 'ada' }, { $pull: { items: { sku: 'a' } } });
    expect(await raw().findOne({})).toMatchObject({ items: [B] });
    expect(() => cartView.extend({ name: 'narrow', public: { 'items.count': 0 } } as never)).toThrow(
      /'items.count', which is not in `public`/,
    );
  });
});
