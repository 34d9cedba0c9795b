import type { ObjectId } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { op, SafeCollection, trusted } from 'safe-collection';

import { testServer } from '../write/support/server.ts';
import { ada, fill, holdsStoredId, KEY, lin, purchaseView, rows, shopOf, type Purchase } from './support/shop.ts';

const server = testServer();
const raw = () => server.db.collection<Purchase>('purchases');
const purchases = () => shopOf(server.db).purchases;
const ids = { ada: '', lin: '', lamp: '', tea: '' };
const OWN = trusted({ set: { tenant_id: 'acme', lines: [] } });

beforeEach(async () => {
  await fill(server.db);
  for (const name of ['ada', 'lin'] as const)
    ids[name] = (await shopOf(server.db).buyers.findOne({ name }, { projection: ['id'] }))?.id ?? '';
  for (const product of ['lamp', 'tea'] as const)
    ids[product] = (await purchases().findOne({ product }, { projection: ['id'] }))?.id ?? '';
});

/** As JavaScript sees it. */
interface Loose {
  updateOne(filter: object, change: object): Promise<object>;
}

const lamp = () => raw().findOne({ product: 'lamp' });
const input = () => ({ buyer: ids.lin, watchers: [ids.ada, ids.lin], product: 'pen', total: 1 });

describe('a write stores the id that a text is for', () => {
  it('in a new document, which is returned with opaque ids', async () => {
    const { document } = await purchases().insertOne(input(), {
      trusted: OWN,
      projection: ['id', 'buyer', 'watchers'],
    });
    expect(document).toEqual({
      id: expect.stringMatching(/^.{22}$/) as string,
      buyer: ids.lin,
      watchers: [ids.ada, ids.lin],
    });
    const stored = await raw().findOne({ product: 'pen' });
    expect(stored).toMatchObject({ buyer_id: lin._id, watcher_ids: [ada._id, lin._id], tenant_id: 'acme' });
    expect(Object.keys(stored ?? {})).not.toContain('buyer');
    expect(await purchases().findOne({ id: document.id }, { projection: ['product'] })).toEqual({ product: 'pen' });
  });

  it('in several new documents, and in those of a bulk', async () => {
    await purchases().insertMany([input(), { ...input(), product: 'ink' }], { trusted: OWN });
    await purchases().bulkWrite([
      { insertOne: { document: { ...input(), product: 'cup' }, trusted: OWN } },
      { updateOne: { filter: { id: ids.lamp }, update: { $set: { buyer: ids.lin } } } },
      { deleteOne: { filter: { id: ids.tea } } },
    ]);
    expect(await raw().countDocuments({ buyer_id: lin._id })).toBe(4);
    expect(await raw().countDocuments({ product: 'tea' })).toBe(0);
    const bulk = purchases().initializeOrderedBulkOp();
    bulk.find({ id: ids.lamp }).updateOne({ $set: { buyer: ids.ada } });
    bulk.find({ buyer: ids.lin }).delete();
    await bulk.execute();
    expect(await lamp()).toMatchObject({ buyer_id: ada._id });
    expect(await raw().countDocuments({ buyer_id: lin._id })).toBe(0);
  });

  it('by $set, $unset, $setOnInsert, $push, $addToSet, $pull and $pullAll', async () => {
    const update = async (change: object): Promise<Purchase | null> => {
      const result = await purchases().updateOne({ id: ids.lamp }, change as never);
      expect(result).toMatchObject({ matchedCount: 1, modifiedCount: 1 });
      return await lamp();
    };
    expect(await update({ $set: { buyer: ids.lin, gift_for: ids.ada } })).toMatchObject({
      buyer_id: lin._id,
      gift_for: ada._id,
    });
    expect(await update({ $unset: { gift_for: '' } })).not.toHaveProperty('gift_for');
    expect(await update({ $push: { watchers: ids.ada } })).toMatchObject({ watcher_ids: [ada._id] });
    expect(await update({ $addToSet: { watchers: op({ $each: [ids.ada, ids.lin] }) } })).toMatchObject({
      watcher_ids: [ada._id, lin._id],
    });
    expect(await update({ $set: { 'watchers.$[each]': ids.ada } } as never).catch(String)).toContain('$[each]');
    expect(await update({ $pull: { watchers: ids.ada } })).toMatchObject({ watcher_ids: [lin._id] });
    expect(await update({ $pullAll: { watchers: [ids.lin] } })).toMatchObject({ watcher_ids: [] });
    expect(await update({ $set: { watchers: [ids.lin] } })).toMatchObject({ watcher_ids: [lin._id] });
    expect(await update({ $pop: { watchers: 1 } })).toMatchObject({ watcher_ids: [] });
  });

  it('by array filters', async () => {
    const filters = { arrayFilters: [{ each: ids.ada }] };
    await purchases().updateOne({ id: ids.tea }, { $set: { 'watchers.$[each]': ids.lin } }, filters);
    expect(await raw().findOne({ product: 'tea' })).toMatchObject({ watcher_ids: [lin._id, lin._id] });
  });

  it('in an upsert, whose filter is copied', async () => {
    const filter = { buyer: ids.lin, product: 'new' };
    const set = trusted({ update: { $setOnInsert: { tenant_id: 'acme', watcher_ids: [], lines: [] } } });
    await purchases().updateOne(filter, { $set: { total: 5 } }, { upsert: true, trusted: set });
    expect(await raw().findOne({ product: 'new' })).toMatchObject({ buyer_id: lin._id, total: 5 });
  });

  it('in a replacement, which keeps what the caller may not write', async () => {
    await purchases().replaceOne({ id: ids.lamp }, { ...input(), product: 'lamp' });
    const stored = await lamp();
    expect(stored).toMatchObject({ buyer_id: lin._id, watcher_ids: [ada._id, lin._id], tenant_id: 'acme' });
    expect(stored?.lines).toHaveLength(1);
    await purchases().replaceOne({ id: ids.lamp }, { ...input(), product: 'lamp', gift_for: ids.ada });
    expect(await lamp()).toMatchObject({ gift_for: ada._id });
    const returned = await purchases().findOneAndReplace(
      { id: ids.lamp },
      { ...input(), product: 'lamp' },
      { projection: ['id', 'buyer'], returnDocument: 'after' },
    );
    expect(returned).toEqual({ id: ids.lamp, buyer: ids.lin });
    expect(await lamp()).not.toHaveProperty('gift_for');
  });

  it('and removes and returns by id', async () => {
    const removed = await purchases().findOneAndDelete({ id: ids.lamp }, { projection: ['id', 'buyer'] });
    expect(removed).toEqual({ id: ids.lamp, buyer: ids.ada });
    expect(await purchases().deleteOne({ id: ids.tea })).toMatchObject({ deletedCount: 1 });
    expect(await purchases().deleteMany({ buyer: ids.ada })).toMatchObject({ deletedCount: 1 });
    expect(await raw().countDocuments()).toBe(0);
  });

  it('beside the stored ids of the program', async () => {
    const whole = { tenant_id: 'acme', buyer_id: ada._id, watcher_ids: [], product: 'own', total: 1, lines: [] };
    await purchases().insertOne(trusted(whole));
    expect(await raw().findOne({ product: 'own' })).toMatchObject({ buyer_id: ada._id });
    await purchases().updateOne({ id: ids.lamp }, trusted({ $set: { buyer_id: lin._id } }));
    expect(await lamp()).toMatchObject({ buyer_id: lin._id });
  });
});

describe('a write refuses', () => {
  const update = (change: object) => async () =>
    await (purchases() as unknown as Loose).updateOne({ product: 'lamp' }, change);
  const insert =
    (document: object, options: object = { trusted: OWN }) =>
    async () =>
      await purchases().insertOne(document as never, options as never);
  const REFUSED: Readonly<Record<string, readonly [() => () => Promise<unknown>, string]>> = {
    'an id of another view': [() => insert({ ...input(), buyer: ids.lamp }), 'opaque_id_invalid'],
    'a stored id': [() => insert({ ...input(), buyer: ada._id }), 'write_value'],
    'an invalid id in an array': [() => insert({ ...input(), watchers: [ids.ada, 'x'] }), 'opaque_id_invalid'],
    'the stored path': [() => insert({ ...input(), buyer_id: ada._id }), 'write_path'],
    'the id of the document': [() => insert({ ...input(), id: ids.lamp }), 'write_path'],
    'an array at a single id': [() => insert({ ...input(), buyer: [ids.ada] }), 'write_value'],
    'a single id at an array': [() => insert({ ...input(), watchers: ids.ada }), 'write_value'],
    'an invalid id in $set': [() => update({ $set: { buyer: 'x' } }), 'opaque_id_invalid'],
    'a stored id in $push': [() => update({ $push: { watchers: ada._id } }), 'write_value'],
    $min: [() => update({ $min: { buyer: ids.ada } }), 'write_operator'],
    $currentDate: [() => update({ $currentDate: { buyer: true } }), 'write_operator'],
    '$push with $sort': [() => update({ $push: { watchers: op({ $each: [], $sort: 1 } as never) } }), 'write_value'],
    'a public path in trusted': [
      () => insert({ product: 'x', total: 1 }, { trusted: trusted({ set: { buyer: ids.ada, lines: [] } }) }),
      'write_path',
    ],
    'a public path in a trusted update': [() => update(trusted({ $set: { buyer: ids.ada } })), 'write_path'],
    'the same id from the caller and in trusted': [
      () => insert(input(), { trusted: trusted({ set: { buyer_id: ada._id, tenant_id: 'a', lines: [] } }) }),
      'write_conflict',
    ],
  };
  it.each(Object.entries(REFUSED))('%s', async (_, [make, code]) => {
    server.forget();
    await expect(make()()).rejects.toMatchObject({ code });
    expect(server.sent).toEqual([]);
  });

  it('without a stored id in its error', async () => {
    const error: unknown = await insert({ ...input(), buyer: ada._id })().catch((thrown: unknown) => thrown);
    expect(holdsStoredId(error)).toBe(false);
    expect(String(error)).not.toContain(ids.ada);
  });
});

it('reports another stored type as drift', async () => {
  await raw().updateOne({ product: 'lamp' }, { $set: { buyer_id: 'text' as unknown as ObjectId } });
  const read = purchases().find({}, { projection: ['id', 'buyer'], sort: { total: 1 } });
  await expect(read.toArray()).rejects.toMatchObject({ code: 'schema_drift', path: 'buyer' });
  const cursor = purchases().find({}, { projection: ['id', 'buyer'], sort: { total: -1 } });
  expect(await cursor.next()).toMatchObject({ buyer: ids.lin });
  expect(await cursor.next()).toMatchObject({ buyer: ids.ada });
  await expect(cursor.next()).rejects.toMatchObject({ code: 'schema_drift', path: 'buyer' });
  await expect(purchases().findJson({}, { projection: ['buyer'] })).rejects.toMatchObject({ code: 'schema_drift' });
  await expect(purchases().distinct('buyer')).rejects.toMatchObject({ code: 'schema_drift' });
});

it('names an index on a reference by its public path', async () => {
  await raw().createIndex({ buyer_id: 1, product: 1 }, { unique: true });
  const again = purchases().insertOne({ ...input(), buyer: ids.ada, product: 'lamp' }, { trusted: OWN });
  await expect(again).rejects.toMatchObject({ code: 'duplicate_key', paths: ['buyer', 'product'] });
  await raw().dropIndexes();
});

it('stores nothing else than before with a collection by itself', async () => {
  const alone = new SafeCollection(raw(), purchaseView, { sealKeys: [KEY] });
  await alone.insertOne(input(), { trusted: OWN });
  expect(Object.keys((await raw().findOne({ product: 'pen' })) ?? {}).toSorted()).toEqual(
    ['_id', 'buyer_id', 'lines', 'product', 'tenant_id', 'total', 'watcher_ids'].toSorted(),
  );
  expect(rows).toHaveLength(3);
});
