import { randomBytes } from 'node:crypto';

import type { Document } from 'mongodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, op, opaqueId, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { testServer } from '../write/support/server.ts';
import { ada, buyerView, fill, KEY, lin, purchaseView, rows, shopOf, type Purchase } from './support/shop.ts';

const server = testServer();
const shop = (keys?: readonly Buffer[]) => shopOf(server.db, keys);
const NO_ID = 'AAAAAAAAAAAAAAAAAAAAAA';

interface Ids {
  readonly lamp: string;
  readonly desk: string;
  readonly tea: string;
  readonly ada: string;
  readonly lin: string;
}
let ids: Ids;

beforeAll(async () => {
  await fill(server.db);
  const products = await shop()
    .purchases.find({}, { projection: ['id'], sort: { total: 1 } })
    .toArray();
  const buyers = await shop()
    .buyers.find({}, { projection: ['id'], sort: { name: 1 } })
    .toArray();
  const [lamp, desk, tea] = products.map(({ id }) => id as string);
  const [first, second] = buyers.map(({ id }) => id as string);
  ids = { lamp, desk, tea, ada: first, lin: second } as Ids;
});

const found = async (filter: object): Promise<unknown[]> => {
  const cursor = shop().purchases.find(filter as never, { projection: ['product'], sort: { total: 1 } });
  return (await cursor.toArray()).map(({ product }) => product);
};

describe('a filter takes an opaque id', () => {
  it('as a value, and with operators of equality', async () => {
    expect(await found({ id: ids.lamp })).toEqual(['lamp']);
    expect(await found({ id: op({ $eq: ids.lamp }) })).toEqual(['lamp']);
    expect(await found({ id: op({ $ne: ids.lamp }) })).toEqual(['desk', 'tea']);
    expect(await found({ id: op({ $in: [ids.lamp, ids.tea] }) })).toEqual(['lamp', 'tea']);
    expect(await found({ id: op({ $nin: [ids.lamp, ids.tea] }) })).toEqual(['desk']);
    expect(await found({ id: op({ $not: { $eq: ids.lamp } }) })).toEqual(['desk', 'tea']);
  });

  it('of another collection, in arrays, in elements, and null', async () => {
    expect(await found({ buyer: ids.ada })).toEqual(['lamp', 'desk']);
    expect(await found({ gift_for: null })).toEqual(['lamp', 'desk']);
    expect(await found({ gift_for: op({ $exists: true }) })).toEqual(['desk', 'tea']);
    expect(await found({ watchers: ids.lin })).toEqual(['tea']);
    expect(await found({ watchers: op({ $all: [ids.ada, ids.lin] }) })).toEqual(['tea']);
    expect(await found({ watchers: op({ $size: 1 }) })).toEqual(['desk']);
    const tea = await shop().purchases.findOne({ id: ids.tea }, { projection: ['lines.part'] });
    const part = tea?.lines[0]?.part;
    expect(await found({ 'lines.part': part })).toEqual(['tea']);
    expect(await found({ lines: op({ $elemMatch: { part } }) })).toEqual(['tea']);
  });

  it('in $and, $or and $nor', async () => {
    expect(await found({ $or: [{ id: ids.lamp }, { id: ids.tea }] })).toEqual(['lamp', 'tea']);
    expect(await found({ $nor: [{ id: ids.lamp }] })).toEqual(['desk', 'tea']);
    expect(await found({ $and: [{ id: ids.lamp }, { buyer: ids.lin }] })).toEqual([]);
  });

  it('beside the stored `_id`, in a filter of its own', async () => {
    const [row] = rows;
    expect(await found({ _id: row?._id })).toEqual(['lamp']);
    expect(await found({ $and: [{ id: ids.lamp }, { _id: row?._id }] })).toEqual(['lamp']);
    await expect(found({ id: ids.lamp, _id: row?._id })).rejects.toMatchObject({ code: 'filter_value' });
    await expect(found({ _id: row?._id, id: ids.lamp })).rejects.toMatchObject({ code: 'filter_value' });
  });

  it('in every method', async () => {
    const { purchases } = shop();
    expect(await purchases.exists({ id: ids.lamp })).toBe(true);
    expect(await purchases.countDocuments({ buyer: ids.ada })).toBe(2);
    expect(await purchases.distinct('product', { id: ids.lamp })).toEqual(['lamp']);
    expect((await purchases.paginate({ buyer: ids.ada }, { projection: ['product'], limit: 5 })).items).toHaveLength(2);
    expect(await purchases.findOneJson({ id: ids.lamp }, { projection: ['product'] })).not.toBe(null);
    expect(await purchases.findOne(trusted({ id: ids.lamp }) as never, { projection: ['product'] })).toEqual({
      product: 'lamp',
    });
  });
});

describe('a filter refuses', () => {
  const INVALID: Readonly<Record<string, () => unknown>> = {
    'an id of another view': () => ids.ada,
    'an id that nobody made': () => NO_ID,
    'a stored id as text': () => rows[0]?._id.toHexString(),
    'a longer text': () => `${ids.lamp}A`,
    'a shorter text': () => ids.lamp.slice(1),
    'an empty text': () => '',
  };
  it.each(Object.entries(INVALID))('%s, with a code for it', async (_, make) => {
    server.forget();
    for (const filter of [{ id: make() }, { id: op({ $ne: make() }) }, { id: op({ $nin: [ids.lamp, make()] }) }])
      await expect(found(filter)).rejects.toMatchObject({ code: 'opaque_id_invalid', path: 'id' });
    expect(server.sent).toEqual([]);
  });

  it.each([
    ['a stored id', () => ({ id: rows[0]?._id }), 'filter_value'],
    ['a number', () => ({ id: 5 }), 'filter_value'],
    ['a RegExp', () => ({ id: /^A/ }), 'filter_value'],
    ['a list', () => ({ watchers: [ids.ada] }), 'filter_value'],
    ['a plain operator object', () => ({ id: { $ne: null } }), 'filter_operator_untagged'],
    ['$gt', () => ({ id: op({ $gt: ids.lamp }) }), 'filter_operator'],
    ['$lte', () => ({ id: op({ $lte: ids.lamp }) }), 'filter_operator'],
    ['$regex', () => ({ id: op({ $regex: '^A' }) }), 'filter_operator'],
    ['$type', () => ({ id: op({ $type: 'objectId' }) }), 'filter_operator'],
    ['$mod', () => ({ id: op({ $mod: [2, 1] }) }), 'filter_operator'],
    ['$bitsAllSet', () => ({ id: op({ $bitsAllSet: 1 }) }), 'filter_operator'],
    ['$elemMatch', () => ({ watchers: op({ $elemMatch: { $eq: ids.ada } }) }), 'filter_operator'],
    ['$gt in $not', () => ({ id: op({ $not: { $gt: ids.lamp } }) }), 'filter_operator'],
    ['the stored path', () => ({ buyer_id: ada._id }), 'filter_path'],
    ['a path below it', () => ({ 'id.x': 1 }), 'filter_path'],
  ] as const)('%s', async (_, filter, code) => {
    server.forget();
    await expect(found(filter())).rejects.toMatchObject({ code });
    expect(server.sent).toEqual([]);
  });

  it('a sort, and a projection with a condition', async () => {
    const { purchases } = shop();
    const read = (options: object) => async () => await purchases.find({}, options as never).toArray();
    await expect(read({ projection: ['id'], sort: { id: 1 } })()).rejects.toMatchObject({ code: 'sort_path' });
    await expect(read({ projection: ['id'], sort: { buyer_id: 1 } })()).rejects.toMatchObject({ code: 'sort_path' });
    await expect(read({ projection: ['_id'] })()).rejects.toMatchObject({ code: 'projection_path' });
    await expect(read({ projection: ['buyer_id'] })()).rejects.toMatchObject({ code: 'projection_path' });
    await expect(
      read({ projection: { watchers: op({ $elemMatch: { $eq: ids.ada } } as never) } })(),
    ).rejects.toMatchObject({ code: 'projection_value' });
  });
});

describe('keys', () => {
  it('open ids of older keys, and seal with the newest', async () => {
    const newer = randomBytes(32);
    const rotated = shop([newer, KEY]).purchases;
    const lamp = await rotated.findOne({ id: ids.lamp }, { projection: ['id', 'product'] });
    expect(lamp?.product).toBe('lamp');
    expect(lamp?.id).not.toBe(ids.lamp);
    const removed = shop([newer]).purchases;
    await expect(removed.findOne({ id: ids.lamp }, { projection: ['id'] })).rejects.toMatchObject({
      code: 'opaque_id_invalid',
    });
    expect(await removed.findOne({ id: lamp?.id ?? '' }, { projection: ['id'] })).toEqual({ id: lamp?.id });
  });

  it('are needed by a view with opaque ids', () => {
    const make = () => createSafeDb(server.db, { buyers: buyerView });
    expect(make).toThrow(expect.objectContaining({ code: 'seal_keys_missing' }));
    const read = () => new PrivilegedCollection(server.db.collection('buyers') as never, buyerView, { reason: 'test' });
    expect(read).toThrow(expect.objectContaining({ code: 'seal_keys_missing' }));
  });

  it('do not mix the ids of two collections whose views have one name', () => {
    const other = defineView<{ name: string }>()({ name: 'buyer', public: { id: opaqueId('_id') } });
    const make = () => createSafeDb(server.db, { buyers: buyerView, others: other }, { sealKeys: [KEY] });
    expect(make).toThrow(expect.objectContaining({ code: 'argument_invalid' }));
  });
});

describe('trusted code', () => {
  const privileged = () =>
    new PrivilegedCollection(server.db.collection<Purchase>('purchases'), purchaseView, {
      reason: 'test',
      sealKeys: [KEY],
    });

  it('reads and filters by opaque and by stored ids', async () => {
    const read = async (filter: object, projection: object): Promise<Document | null> =>
      await privileged().findOne(filter as never, { projection } as never);
    expect(await read({ id: ids.lamp }, { id: 1, buyer: 1 })).toEqual({ id: ids.lamp, buyer: ids.ada });
    expect(await read({ buyer_id: lin._id }, { product: 1 })).toEqual({ product: 'tea' });
    const raw = await read({ id: ids.lamp }, { buyer_id: 1 });
    expect(String(raw?.['buyer_id'])).toBe('[redacted]');
    expect(await privileged().distinct('buyer')).toContain(ids.ada);
    await expect(read({}, { id: 1, _id: 1 })).rejects.toMatchObject({ code: 'projection_collision' });
    const sorted = () => privileged().find({}, { projection: ['product'], sort: { id: 1 } as never });
    expect(sorted).toThrow(expect.objectContaining({ code: 'sort_path' }));
  });

  it('uses the stored path in trusted filters', async () => {
    const trusting = { projection: ['product'], trusted: trusted({ filter: { buyer_id: lin._id } }) } as const;
    expect(await shop().purchases.find({}, trusting).toArray()).toEqual([{ product: 'tea' }]);
  });
});
