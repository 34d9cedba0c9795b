import { ObjectId } from 'mongodb';
import { createSafeDb, defineView, sendable, trusted, withTransaction } from 'safe-collection';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { testServer } from '../write/support/server.ts';

interface Vendor {
  _id: ObjectId;
  name: string;
  iban: string;
}
interface Product {
  _id: ObjectId;
  name: string;
  price: number;
  cost: number;
  vendor: ObjectId;
  tenant: string;
}
interface Order {
  _id: ObjectId;
  number: number;
  buyer: ObjectId | null;
  picks: ObjectId[];
  note?: ObjectId;
  items?: { quantity: number; product_id: ObjectId; extras?: ObjectId[]; cost: number }[];
  meta?: { shop?: ObjectId; label: string; secret: string };
}

const vendorView = defineView<Vendor>()({ public: { name: 1 } });
const productView = defineView<Product>()({ public: { name: 1, price: 1 }, joinable: { vendor: 1 } });
const orderView = defineView<Order>()({
  public: { number: 1, buyer: 1, 'items.quantity': 1, 'meta.label': 1 },
  joinable: { picks: 1, note: 1, 'items.product_id': 1, 'items.extras': 1, 'meta.shop': 1 },
  arrays: { picks: 1, items: 1, 'items.extras': 1 },
});

const server = testServer();
const safe = () => createSafeDb(server.db, { orders: orderView, products: productView, vendors: vendorView });
const orders = () => safe().orders;

const id = (n: number) => new ObjectId(String(n).padStart(24, '0'));
const [tea, mug, pot, gone] = [id(1), id(2), id(3), id(9)];
const [acme, zeta] = [id(11), id(12)];

const PRODUCT = { from: 'products', foreignField: '_id', projection: ['name'] } as const;
const ONE = { ...PRODUCT, justOne: true } as const;
const VENDOR = {
  from: 'vendors',
  localField: 'vendor',
  foreignField: '_id',
  projection: ['name'],
  justOne: true,
} as const;
const NUMBERED = { sort: { number: 1 } } as const;

beforeAll(async () => {
  await server.db.collection<Vendor>('vendors').insertMany([
    { _id: acme, name: 'Acme', iban: 'DE1' },
    { _id: zeta, name: 'Zeta', iban: 'DE2' },
  ]);
  await server.db.collection<Product>('products').insertMany([
    { _id: tea, name: 'tea', price: 3, cost: 1, vendor: acme, tenant: 'A' },
    { _id: mug, name: 'mug', price: 9, cost: 2, vendor: zeta, tenant: 'B' },
    { _id: pot, name: 'pot', price: 30, cost: 9, vendor: gone, tenant: 'A' },
  ]);
  await server.db.collection<Order>('orders').insertMany([
    {
      _id: id(101),
      number: 1,
      buyer: tea,
      picks: [pot, tea, mug, tea],
      note: mug,
      items: [
        { quantity: 1, product_id: mug, extras: [tea, mug], cost: 1 },
        { quantity: 2, product_id: gone, cost: 1 },
        { quantity: 3, product_id: mug, extras: [], cost: 1 },
      ],
      meta: { shop: acme, label: 'one', secret: 's' },
    },
    { _id: id(102), number: 2, buyer: gone, picks: [gone], items: [], meta: { label: 'two', secret: 's' } },
    { _id: id(103), number: 3, buyer: null, picks: [] },
  ]);
});
beforeEach(() => server.forget());

const all = async (populate: object, projection: unknown = ['number'], more: object = {}) =>
  await orders()
    .findPopulated({}, { ...NUMBERED, projection, populate, ...more } as never)
    .toArray();

describe('under the name of the reference', () => {
  it('the document takes its place; null if there is none', async () => {
    const found = await orders()
      .findPopulated({}, { ...NUMBERED, projection: ['number'], populate: { buyer: { ...ONE, localField: 'buyer' } } })
      .toArray();
    expect(found).toEqual([
      { number: 1, buyer: { name: 'tea' } },
      { number: 2, buyer: null },
      { number: 3, buyer: null },
    ]);
    expect(found.map(({ buyer }) => buyer?.name)).toEqual(['tea', undefined, undefined]);
  });

  it('a missing reference stays missing, a private one too', async () => {
    expect(await all({ note: { ...ONE, localField: 'note' } })).toEqual([
      { number: 1, note: { name: 'mug' } },
      { number: 2 },
      { number: 3 },
    ]);
  });

  it('a projected reference is replaced', async () => {
    expect(await all({ buyer: { ...ONE, localField: 'buyer' } }, ['buyer', 'number'])).toEqual([
      { buyer: { name: 'tea' }, number: 1 },
      { buyer: null, number: 2 },
      { buyer: null, number: 3 },
    ]);
  });

  it('in a branch', async () => {
    expect(
      await all({ 'meta.shop': { ...ONE, from: 'vendors', localField: 'meta.shop' } }, ['number', 'meta.label']),
    ).toEqual([
      { number: 1, meta: { label: 'one', shop: { name: 'Acme' } } },
      { number: 2, meta: { label: 'two' } },
      { number: 3 },
    ]);
  });

  it('next to another join of the same reference', async () => {
    const populate = { buyer: { ...ONE, localField: 'buyer' }, bought: { ...PRODUCT, localField: 'buyer' } };
    expect((await all(populate))[0]).toEqual({ number: 1, bought: [{ name: 'tea' }], buyer: { name: 'tea' } });
    const first = { bought: populate.bought, buyer: populate.buyer };
    expect((await all(first))[0]).toEqual({ number: 1, bought: [{ name: 'tea' }], buyer: { name: 'tea' } });
  });
});

describe('a list of references', () => {
  it('comes in the order of the ids, with duplicates and without those that are missing', async () => {
    const found = await orders()
      .findPopulated(
        {},
        {
          ...NUMBERED,
          projection: ['number'],
          populate: { picks: { ...PRODUCT, localField: 'picks' }, products: { ...PRODUCT, localField: 'picks' } },
        },
      )
      .toArray();
    const names = [{ name: 'pot' }, { name: 'tea' }, { name: 'mug' }, { name: 'tea' }];
    expect(found).toEqual([
      { number: 1, picks: names, products: names },
      { number: 2, picks: [], products: [] },
      { number: 3, picks: [], products: [] },
    ]);
  });

  it('a sort, a filter, skip and limit apply to each list', async () => {
    const join = { ...PRODUCT, localField: 'picks' };
    const first = async (more: object) => (await all({ picks: { ...join, ...more } }))[0];
    expect(await first({ sort: { name: 1 } })).toMatchObject({
      picks: [{ name: 'mug' }, { name: 'pot' }, { name: 'tea' }],
    });
    expect(await first({ filter: { name: 'tea' } })).toMatchObject({ picks: [{ name: 'tea' }, { name: 'tea' }] });
    expect(await first({ skip: 1, limit: 2 })).toMatchObject({ picks: [{ name: 'tea' }, { name: 'mug' }] });
    expect(await first({ sort: { name: -1 }, limit: 1 })).toMatchObject({ picks: [{ name: 'tea' }] });
    expect(await first({ justOne: true })).toMatchObject({ picks: { name: 'pot' } });
    expect(await first({ justOne: true, skip: 1 })).toMatchObject({ picks: { name: 'tea' } });
  });

  it('an array that the view does not list comes in the order of its ids too', async () => {
    const loose = defineView<Record<string, unknown>>()({ public: { number: 1 }, joinable: { picks: 1 } } as never);
    const db = createSafeDb(server.db, { orders: loose, products: productView });
    const found = await db.orders
      .findPopulated({}, {
        ...NUMBERED,
        projection: ['number'],
        populate: { all: { ...PRODUCT, localField: 'picks' } },
      } as never)
      .toArray();
    expect(JSON.stringify(found[0])).toBe(
      '{"number":1,"all":[{"name":"pot"},{"name":"tea"},{"name":"mug"},{"name":"tea"}]}',
    );
  });
});

describe('in the elements of an array', () => {
  it('each element gets its own document', async () => {
    const found = await orders()
      .findPopulated(
        {},
        {
          ...NUMBERED,
          projection: ['number', 'items.quantity'],
          populate: {
            'items.product_id': { ...ONE, localField: 'items.product_id' },
            'items.product': { ...ONE, localField: 'items.product_id' },
            'items.extras': { ...PRODUCT, localField: 'items.extras' },
          },
        },
      )
      .toArray();
    const mugs = { product: { name: 'mug' }, product_id: { name: 'mug' } };
    expect(found).toEqual([
      {
        number: 1,
        items: [
          { quantity: 1, ...mugs, extras: [{ name: 'tea' }, { name: 'mug' }] },
          { quantity: 2, product_id: null },
          { quantity: 3, ...mugs, extras: [] },
        ],
      },
      { number: 2, items: [] },
      { number: 3 },
    ]);
    expect(found[0]?.items?.[0]?.product?.name).toBe('mug');
  });

  it('the key is not returned unless it is projected', async () => {
    const found = await all({ 'items.product': { ...ONE, localField: 'items.product_id' } }, ['items.quantity']);
    expect(JSON.stringify(found)).not.toContain(String(mug));
    const reply = server.sent.map(({ command }) => JSON.stringify(command['pipeline']));
    expect(reply.join('')).toContain('"items.product_id":0');
  });
});

describe('nested', () => {
  it('the joined documents have joined documents, with a projection at each level', async () => {
    const found = await orders()
      .findPopulated(
        { number: 1 },
        {
          projection: ['number', 'items.quantity'],
          populate: {
            picks: { ...PRODUCT, localField: 'picks', populate: { vendor: VENDOR } },
            'items.product': {
              ...ONE,
              localField: 'items.product_id',
              populate: { sellers: { ...VENDOR, justOne: false } },
            },
          },
        },
      )
      .toArray();
    expect(found[0]?.picks).toEqual([
      { name: 'pot', vendor: null },
      { name: 'tea', vendor: { name: 'Acme' } },
      { name: 'mug', vendor: { name: 'Zeta' } },
      { name: 'tea', vendor: { name: 'Acme' } },
    ]);
    expect(found[0]?.items?.[0]?.product).toEqual({ name: 'mug', sellers: [{ name: 'Zeta' }] });
    expect(server.sent).toHaveLength(1);
  });

  it('the conditions of the program apply at every level', async () => {
    const populate = { buyer: { ...ONE, localField: 'buyer', populate: { vendor: VENDOR } } };
    const mine = (joins: object) => ({ trusted: trusted({ joins }) });
    expect((await all(populate, ['number'], mine({ products: { tenant: 'B' }, vendors: {} })))[0]).toEqual({
      number: 1,
      buyer: null,
    });
    expect((await all(populate, ['number'], mine({ products: {}, vendors: { iban: 'DE2' } })))[0]).toEqual({
      number: 1,
      buyer: { name: 'tea', vendor: null },
    });
    await expect(all(populate, ['number'], mine({ products: {} }))).rejects.toMatchObject({
      code: 'join_invalid',
      path: 'vendors',
    });
    const lists = { picks: { ...PRODUCT, localField: 'picks' } };
    expect((await all(lists, ['number'], mine({ products: { tenant: 'A' } })))[0]).toMatchObject({
      picks: [{ name: 'pot' }, { name: 'tea' }, { name: 'tea' }],
    });
  });
});

describe('the results', () => {
  const populate = {
    buyer: { ...ONE, localField: 'buyer' },
    'items.product': { ...ONE, localField: 'items.product_id', populate: { vendor: VENDOR } },
  } as const;

  it('may be sent', async () => {
    const found = await orders()
      .findPopulated({}, { ...NUMBERED, projection: ['number', 'items.quantity'], populate })
      .toArray();
    expect(() => sendable(found)).not.toThrow();
  });

  it('are the same one by one, as a stream, and in a transaction', async () => {
    const call = (from: ReturnType<typeof orders>) =>
      from.findPopulated({}, { ...NUMBERED, projection: ['number', 'items.quantity'], populate, batchSize: 1 });
    const array = await call(orders()).toArray();
    const looped = [];
    for await (const one of call(orders())) looped.push(one);
    const streamed = [];
    for await (const one of call(orders()).stream()) streamed.push(one);
    const bound = await withTransaction(
      safe(),
      async ({ collections }) => await call(collections.orders as never).toArray(),
    );
    expect(array).toHaveLength(3);
    expect([looped, streamed, bound]).toEqual([array, array, array]);
  });

  it('a joined value of another kind than the view declares ends the read', async () => {
    await server.db.collection('vendors').insertOne({ _id: id(13), name: { first: 'x', iban: 'DE3' } });
    await server.db.collection('products').insertOne({ _id: id(4), name: 'odd', vendor: id(13) });
    await server.db.collection('orders').insertOne({ _id: id(104), number: 4, buyer: id(4), picks: [] });
    const call = orders()
      .findPopulated(
        { number: 4 },
        { projection: ['number'], populate: { buyer: { ...ONE, localField: 'buyer', populate: { vendor: VENDOR } } } },
      )
      .toArray();
    await expect(call).rejects.toMatchObject({ code: 'schema_drift', path: 'buyer.vendor.name' });
    await server.db.collection('orders').deleteOne({ _id: id(104) });
  });
});

describe('it is refused before anything is sent', () => {
  const join = { ...ONE, localField: 'buyer' };
  const item = { ...ONE, localField: 'items.product_id' };
  const shown = ['items.quantity'];
  it.each<readonly [why: string, populate: unknown, code: string, path: string | undefined, projection?: unknown]>([
    ['no populate', undefined, 'input_invalid', undefined],
    ['a name that is taken', { number: join }, 'join_invalid', 'number'],
    ['the name of a private path that may be compared', { note: join }, 'join_invalid', 'note'],
    ['a name that is taken in the branch', { 'items.quantity': item }, 'join_invalid', 'items.quantity', shown],
    ['a private field of the view in the branch', { 'items.extras': item }, 'join_invalid', 'items.extras', shown],
    ['the branch itself', { items: join }, 'join_invalid', 'items', shown],
    ['a field below a leaf', { 'number.x': { ...join, localField: 'number' } }, 'join_invalid', 'number.x'],
    ['a key of another branch', { 'items.buyer': join }, 'join_invalid', 'items.buyer', shown],
    ['a branch that is not projected', { 'items.product': item }, 'join_invalid', 'items.product'],
    ['a key that is not joinable', { x: { ...join, localField: 'items.cost' } }, 'join_invalid', 'items.cost'],
    ['a foreign key that is not joinable', { x: { ...join, foreignField: 'cost' } }, 'join_invalid', 'cost'],
    ['the id', { _id: { ...join, localField: '_id' } }, 'join_invalid', '_id'],
    ['an operator as a name', { $where: join }, 'join_invalid', '$where'],
    ['a number as a name', { 'items.0': item }, 'join_invalid', 'items.0', shown],
    ['__proto__', JSON.parse('{ "__proto__": {} }'), 'input_invalid', undefined],
    ['two names, one in the other', { x: join, 'x.y': { ...join, localField: 'x.z' } }, 'join_invalid', 'x.z'],
    [
      'no projection',
      { x: { from: 'products', localField: 'buyer', foreignField: '_id' } },
      'projection_missing',
      undefined,
    ],
    ['a private projection', { x: { ...join, projection: ['cost'] } }, 'projection_path', 'cost'],
    ['the projection of another view', { x: { ...join, projection: vendorView } }, 'projection_path', undefined],
    [
      'a nested join without a projection',
      { x: { ...join, populate: { vendor: { ...VENDOR, projection: undefined } } } },
      'input_invalid',
      'projection',
    ],
    [
      'a nested private projection',
      { x: { ...join, populate: { vendor: { ...VENDOR, projection: ['iban'] } } } },
      'projection_path',
      'iban',
    ],
    [
      'a nested key that is not joinable',
      { x: { ...join, populate: { v: { ...VENDOR, localField: 'cost' } } } },
      'join_invalid',
      'cost',
    ],
    ['a nested name that is taken', { x: { ...join, populate: { price: VENDOR } } }, 'join_invalid', 'price'],
    ['a nested list', { x: { ...join, populate: [] } }, 'input_invalid', undefined],
    ['another view', { x: { ...join, from: 'secrets' } }, 'join_invalid', 'populate'],
    ['an unknown part', { x: { ...join, pipeline: [] } }, 'option_value', 'pipeline'],
    ['a private filter', { x: { ...join, filter: { cost: 1 } } }, 'filter_path', 'cost'],
    ['a plain operator', { x: { ...join, filter: { name: { $ne: '' } } } }, 'filter_operator_untagged', 'name'],
    ['a trusted filter', { x: { ...join, filter: trusted({ cost: 1 }) } }, 'argument_invalid', undefined],
    ['a private sort', { x: { ...join, sort: { cost: 1 } } }, 'sort_path', 'cost'],
    ['a limit of none', { x: { ...join, limit: 0 } }, 'option_value', 'limit'],
    ['a limit that is no integer', { x: { ...join, limit: 1.5 } }, 'option_value', 'limit'],
    ['a limit that is text', { x: { ...join, limit: '2' } }, 'option_value', 'limit'],
    ['a skip that is none', { x: { ...join, skip: -1 } }, 'option_value', 'skip'],
    ['a justOne that is none', { x: { ...join, justOne: 1 } }, 'option_value', 'justOne'],
  ])('%s', async (_why, populate, code, path, projection = ['number']) => {
    const call = () => orders().findPopulated({}, { projection, populate } as never);
    expect(call).toThrow(expect.objectContaining({ code, ...(path === undefined ? {} : { path }) }));
    expect(server.sent).toEqual([]);
  });

  it('joins nested too deep', () => {
    const self = { vendor: { from: 'products', localField: 'vendor', foreignField: '_id', projection: ['name'] } };
    const nest = (depth: number): object =>
      depth === 0 ? self : { vendor: { ...self.vendor, populate: nest(depth - 1) } };
    const deep = (depth: number) => ({ x: { ...PRODUCT, localField: 'buyer', populate: nest(depth) } });
    expect(() => orders().findPopulated({}, { projection: ['number'], populate: deep(3) } as never)).not.toThrow();
    expect(() => orders().findPopulated({}, { projection: ['number'], populate: deep(9) } as never)).toThrow(
      expect.objectContaining({ code: 'pipeline_size' }),
    );
  });
});
