import { beforeAll, describe, expect, it } from 'vitest';
import { op, sendable, withTransaction } from 'safe-collection';

import { testServer } from '../write/support/server.ts';
import { fill, holdsStoredId, purchaseView, rows, shopOf } from './support/shop.ts';

const server = testServer();
const shop = () => shopOf(server.db);
const TEXT = /^[A-Za-z0-9_-]{22}$/;
const ALL = { projection: purchaseView, sort: { total: 1 } } as const;

beforeAll(() => fill(server.db));

async function idsOf(name: 'ada' | 'lin'): Promise<string> {
  const found = await shop().buyers.findOne({ name }, { projection: ['id'] });
  return found?.id ?? '';
}

describe('an opaque id in results', () => {
  it('has 22 characters, and no stored id is beside it', async () => {
    const [lamp, desk, tea] = await shop().purchases.find({}, ALL).toArray();
    for (const found of [lamp, desk, tea]) {
      expect(found?.id).toMatch(TEXT);
      expect(found?.buyer).toMatch(TEXT);
      expect(found?.lines[0]?.part).toMatch(TEXT);
    }
    expect(Object.keys(lamp ?? {}).toSorted()).toEqual(['buyer', 'id', 'lines', 'product', 'total', 'watchers']);
    expect(desk).toMatchObject({ gift_for: null, watchers: [await idsOf('ada')] });
    expect(tea).toMatchObject({ gift_for: await idsOf('lin'), watchers: [await idsOf('ada'), await idsOf('lin')] });
    expect(lamp?.watchers).toEqual([]);
    expect(holdsStoredId([lamp, desk, tea])).toBe(false);
  });

  it('is the id that the view of the other collection shows', async () => {
    const found = await shop().purchases.findOne({ product: 'lamp' }, { projection: ['id', 'buyer'] });
    expect(found?.buyer).toBe(await idsOf('ada'));
    expect(found?.id).not.toBe(found?.buyer);
  });

  it('is the same in every read', async () => {
    const { purchases } = shop();
    const expected = await purchases.find({}, ALL).toArray();
    const looped = [];
    for await (const each of purchases.find({}, ALL)) looped.push(each);
    const streamed: unknown[] = await purchases.find({}, ALL).stream().toArray();
    const [read, cursor] = [[] as unknown[], purchases.find({}, ALL)];
    while (await cursor.hasNext()) read.push(await cursor.next());
    const mapped = await purchases
      .find({}, ALL)
      .map(({ id }) => id)
      .toArray();
    const json: unknown = JSON.parse((await purchases.findJson({}, ALL)).text());
    const canonical: unknown = JSON.parse((await purchases.findJson({}, { ...ALL, ejson: 'relaxed' })).text());
    const chunks = await purchases
      .find({}, { ...ALL, batchSize: 2 })
      .jsonStream()
      .node()
      .toArray();
    const { items } = await purchases.paginate({}, { ...ALL, limit: 10 });
    const batches = await purchases.find({}, { ...ALL, batchSize: 1 }).toArray();
    const aggregated = await purchases
      .aggregate([
        { $sort: { total: 1 } },
        {
          $project: {
            id: 1,
            buyer: 1,
            gift_for: 1,
            watchers: 1,
            product: 1,
            total: 1,
            'lines.part': 1,
            'lines.note': 1,
          },
        },
      ])
      .toArray();
    const json1: unknown = JSON.parse(Buffer.concat(chunks as Buffer[]).toString());
    for (const other of [looped, streamed, read, json, canonical, json1, items, batches, aggregated])
      expect(other).toEqual(expected);
    expect(mapped).toEqual(expected.map(({ id }) => id));
  });

  it('is in single documents too', async () => {
    const { purchases } = shop();
    const [lamp] = await purchases.find({ product: 'lamp' }, ALL).toArray();
    const filter = { product: 'lamp' } as const;
    const json = await purchases.findOneJson(filter, { projection: purchaseView });
    expect(JSON.parse(json?.text() ?? '')).toEqual(lamp);
    const updated = await purchases.findOneAndUpdate(filter, { $set: { total: 10 } }, { projection: purchaseView });
    expect(updated).toEqual(lamp);
    expect(await purchases.distinct('id')).toHaveLength(rows.length);
    expect(await purchases.distinct('id', filter)).toEqual([lamp?.id]);
    expect((await purchases.distinct('watchers')).toSorted()).toEqual(
      [await idsOf('ada'), await idsOf('lin')].toSorted(),
    );
    expect(await purchases.distinct('lines.part')).toHaveLength(rows.length);
  });

  it('may be sent', async () => {
    const found = await shop().purchases.find({}, ALL).toArray();
    expect(() => sendable({ found })).not.toThrow();
  });

  it('is in the results of transactions', async () => {
    const outside = await shop().purchases.find({}, ALL).toArray();
    const inside = await withTransaction(shop(), (tx) => tx.collections.purchases.find({}, ALL).toArray());
    expect(inside).toEqual(outside);
  });

  it('limits an array of ids, and of documents with ids', async () => {
    const { purchases } = shop();
    const projection = purchaseView.select({ id: 1, watchers: op({ $slice: 1 }), lines: op({ $slice: 1 }) });
    const found = await purchases.findOne({ product: 'tea' }, { projection });
    expect(found).toMatchObject({
      watchers: [await idsOf('ada')],
      lines: [{ part: expect.stringMatching(TEXT) as string }],
    });
  });
});

describe('a pipeline', () => {
  it('groups by an id, and collects ids', async () => {
    const groups = await shop()
      .purchases.aggregate([
        { $group: { _id: '$buyer', ids: { $push: '$id' }, total: { $sum: '$total' } } },
        { $sort: { total: 1 } },
      ])
      .toArray();
    expect(groups.map(({ _id }) => _id).toSorted()).toEqual([await idsOf('ada'), await idsOf('lin')].toSorted());
    for (const { ids } of groups) for (const id of ids) expect(id).toMatch(TEXT);
    expect(holdsStoredId(groups)).toBe(false);
  });

  it('renames, counts, unwinds, adds and facets ids', async () => {
    const { purchases } = shop();
    const counted = await purchases.aggregate([{ $sortByCount: '$buyer' }]).toArray();
    expect(counted[0]).toEqual({ _id: await idsOf('ada'), count: 2 });
    const [lamp] = await purchases
      .aggregate([
        { $match: { product: 'lamp' } },
        { $addFields: { by: '$buyer' } },
        { $project: { by: 1, order: '$id' } },
      ])
      .toArray();
    expect(lamp).toEqual({ by: await idsOf('ada'), order: expect.stringMatching(TEXT) as string });
    const unwound = await purchases
      .aggregate([
        { $unwind: '$watchers' },
        { $group: { _id: '$watchers', count: { $sum: 1 } } },
        { $sort: { count: -1 } },
      ])
      .toArray();
    expect(unwound).toEqual([
      { _id: await idsOf('ada'), count: 2 },
      { _id: await idsOf('lin'), count: 1 },
    ]);
    const [faceted] = await purchases.aggregate([{ $facet: { all: [{ $project: { id: 1, lines: 1 } }] } }]).toArray();
    expect(holdsStoredId(faceted)).toBe(false);
    expect(faceted?.all[0]?.id).toMatch(TEXT);
    const roots = await purchases.aggregate([{ $group: { _id: null, docs: { $push: '$$ROOT' } } }]).toArray();
    expect(holdsStoredId(roots)).toBe(false);
  });

  it('compares ids at its head and after other stages', async () => {
    const { purchases } = shop();
    const id = await idsOf('lin');
    const head = await purchases.aggregate([{ $match: { buyer: id } }, { $project: { product: 1 } }]).toArray();
    expect(head).toEqual([{ product: 'tea' }]);
    const later = await purchases
      .aggregate([
        { $group: { _id: '$buyer', n: { $sum: 1 } } },
        { $match: { _id: id } },
        { $project: { _id: 1, n: 1 } },
      ] as never)
      .toArray();
    expect(later).toEqual([{ _id: id, n: 1 }]);
  });

  it.each([
    ['$toString', [{ $project: { x: { $toString: '$id' } } }]],
    ['$eq', [{ $project: { x: { $eq: ['$id', 'a'] } } }]],
    ['a list', [{ $project: { x: ['$id', '$buyer'] } }]],
    ['$ifNull', [{ $project: { x: { $ifNull: ['$gift_for', '$buyer'] } } }]],
    ['$objectToArray', [{ $project: { x: { $objectToArray: '$$ROOT' } } }]],
    ['$mergeObjects', [{ $replaceWith: { $mergeObjects: ['$$ROOT', { y: 1 }] } }, { $project: { y: 1 } }]],
    ['$min', [{ $group: { _id: null, x: { $min: '$id' } } }]],
    ['$bucketAuto', [{ $bucketAuto: { groupBy: '$id', buckets: 2 } }]],
    ['$let', [{ $project: { x: { $let: { vars: { i: '$id' }, in: '$$i' } } } }]],
    ['$map', [{ $project: { x: { $map: { input: '$watchers', as: 'w', in: '$$w' } } } }]],
    ['$expr', [{ $match: { $expr: { $eq: ['$id', '$buyer'] } } }, { $project: { id: 1 } }]],
    ['a nested field', [{ $project: { x: { $first: '$lines.part' } } }]],
  ])('refuses to compute with ids: %s', async (_, stages) => {
    const read = () =>
      shop()
        .purchases.aggregate(stages as never)
        .toArray();
    await expect((async () => read())()).rejects.toMatchObject({ code: 'pipeline_expression' });
  });

  it.each([
    ['$sort', [{ $sort: { id: 1 } }, { $project: { id: 1 } }]],
    ['$sort after a group', [{ $group: { _id: '$id' } }, { $sort: { _id: 1 } }]],
  ])('refuses an order of ids: %s', async (_, stages) => {
    const read = () =>
      shop()
        .purchases.aggregate(stages as never)
        .toArray();
    await expect((async () => read())()).rejects.toMatchObject({ code: 'sort_path' });
  });
});

describe('a join', () => {
  it('goes from a reference to an id', async () => {
    const { purchases } = shop();
    const stages = [
      { $match: { product: 'tea' } },
      {
        $lookup: {
          from: 'buyers',
          localField: 'buyer',
          foreignField: 'id',
          as: 'by',
          pipeline: [{ $project: { id: 1, name: 1 } }],
        },
      },
      { $project: { by: 1, buyer: 1 } },
    ] as const;
    const [tea] = await purchases.aggregate(stages as never).toArray();
    expect(tea).toEqual({ buyer: await idsOf('lin'), by: [{ id: await idsOf('lin'), name: 'lin' }] });
  });

  it('goes the other way, and after the view', async () => {
    const [found] = await shop()
      .buyers.aggregate([
        { $match: { name: 'lin' } },
        { $addFields: { twice: '$id' } },
        { $lookup: { from: 'purchases', localField: 'twice', foreignField: 'buyer', as: 'bought' } },
        { $project: { name: 1, bought: 1 } },
      ] as never)
      .toArray();
    expect(found).toMatchObject({ name: 'lin', bought: [{ product: 'tea', buyer: await idsOf('lin') }] });
    expect(holdsStoredId(found)).toBe(false);
  });

  it('is populated, beside the reference and in its place', async () => {
    const { purchases } = shop();
    const beside = await purchases
      .findPopulated(
        { product: 'tea' },
        {
          projection: ['product', 'buyer'],
          populate: {
            by: { from: 'buyers', localField: 'buyer', foreignField: 'id', projection: ['id', 'name'], justOne: true },
          },
        },
      )
      .toArray();
    const lin = await idsOf('lin');
    expect(beside).toEqual([{ product: 'tea', buyer: lin, by: { id: lin, name: 'lin' } }]);
    const placed = await purchases
      .findPopulated({}, {
        projection: ['product'],
        sort: { total: 1 },
        populate: { watchers: { from: 'buyers', localField: 'watchers', foreignField: 'id', projection: ['name'] } },
      } as never)
      .toArray();
    expect(placed).toEqual([
      { product: 'lamp', watchers: [] },
      { product: 'desk', watchers: [{ name: 'ada' }] },
      { product: 'tea', watchers: [{ name: 'ada' }, { name: 'lin' }] },
    ]);
  });
});

it.each(['buyer_id', 'gift_for_id', 'lines.part_id', '_id'])(
  'a populated field must not take the stored name of an opaque id (%s)',
  async (as) => {
    const populate = {
      [as]: { from: 'buyers', localField: 'buyer', foreignField: 'id', projection: ['name'], justOne: true },
    };
    const ask = async () =>
      await shop()
        .purchases.findPopulated({}, { projection: ['product', 'lines'], populate } as never)
        .toArray();
    if (as === 'gift_for_id') expect(await ask()).toHaveLength(3);
    else await expect(ask()).rejects.toMatchObject({ code: 'join_invalid', path: as });
  },
);

describe('a live view', () => {
  it('has opaque ids in its events', async () => {
    await server.db.command({ collMod: 'purchases', changeStreamPreAndPostImages: { enabled: true } });
    const { purchases } = shop();
    const buyer = await idsOf('ada');
    const changes = await purchases.watch({ buyer }, { projection: ['id', 'buyer', 'total', 'watchers'] });
    await purchases.updateOne({ product: 'desk' }, { $set: { total: 21 } });
    const event = await changes.next();
    await changes.close();
    const stored = await purchases.findOne({ product: 'desk' }, { projection: ['id', 'buyer', 'total', 'watchers'] });
    expect(event).toMatchObject({ type: 'update', document: stored });
    expect(stored?.buyer).toBe(buyer);
  });
});
