import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, subtree, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';
import { UPDATE_CALLS } from '../write/support/update-calls.ts';

interface Stats {
  username: string;
  best: { '15': number; '60'?: { wpm: number } };
  perYear?: Record<string, number>;
  perId?: Record<number, string>;
  hidden?: Record<string, number>;
  items?: { sku: string; '7'?: string }[];
}

const statsView = defineView<Stats>()({
  name: 'stats',
  public: { username: 1, 'best.15': 1, 'best.60.wpm': 1, perYear: subtree, perId: subtree, 'items.sku': 1 },
  writable: { username: 1, 'best.15': 1, 'best.60.wpm': 1, perYear: 1, perId: 1, 'items.sku': 1 },
  arrays: { items: 1 },
});

const server = testServer();
const raw = () => server.db.collection<Stats>('stats');
let stats: SafeCollection<Stats, never, never> & Loose;

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany([
    {
      username: 'ada',
      best: { '15': 90, '60': { wpm: 70 } },
      perYear: { '2024': 5 },
      perId: { 7: 'x' },
      hidden: { '2024': 1 },
      items: [{ sku: 'a', '7': 'private' }],
    },
    { username: 'bob', best: { '15': 40 } },
  ]);
  stats = loose(new SafeCollection(raw(), statsView)) as never;
  server.forget();
});

const ada = () => raw().findOne({ username: 'ada' }, { projection: { _id: 0 } });

describe('a number is a key where the view has no array', () => {
  it('in a filter, a projection and a sort', async () => {
    const projection = { 'best.15': 1, 'best.60': 1, 'perYear.2024': 1, 'perId.7': 1 };
    const found = await stats
      .find({ 'best.15': op({ $gt: 1 }) }, { projection, sort: { 'best.15': 1, 'perYear.2024': 1 } })
      .toArray();
    expect(found).toEqual([
      { best: { '15': 40 } },
      { best: { '15': 90, '60': { wpm: 70 } }, perYear: { '2024': 5 }, perId: { '7': 'x' } },
    ]);
    expect(await stats.countDocuments({ 'perYear.2024': 5, 'perId.7': 'x', 'best.60.wpm': 70 })).toBe(1);
    expect(await stats.distinct('best.15', {})).toEqual([40, 90]);
  });

  it('in each stage of a pipeline', async () => {
    const stages = [
      { $match: { 'best.15': op({ $gt: 1 }) } },
      { $set: { top: '$best.15', year: '$perYear.2024' } },
      { $match: { 'best.15': op({ $gt: 50 }) } },
      { $sort: { 'best.15': 1, 'perYear.2024': -1 } },
      { $unset: 'best.60' },
      { $project: { 'best.15': 1, 'perId.7': 1, top: 1, year: 1 } },
    ];
    expect(await stats.aggregate(stages).toArray()).toEqual([
      { best: { '15': 90 }, perId: { '7': 'x' }, top: 90, year: 5 },
    ]);
  });

  it.each(Object.entries(UPDATE_CALLS))('in an update: %s', async (name, call) => {
    const options = name.startsWith('findOneAnd') ? { projection: ['username'] } : {};
    const update = {
      $set: { 'best.15': 91, 'perId.8': 'y', 'perYear.2025': 1 },
      $inc: { 'best.60.wpm': 1, 'perYear.2024': 2 },
      $unset: { 'perId.7': 1 },
    };
    await call(stats, { username: 'ada', 'best.15': 90 }, update, options);
    expect(await ada()).toMatchObject({
      best: { '15': 91, '60': { wpm: 71 } },
      perYear: { '2024': 7, '2025': 1 },
      perId: { '8': 'y' },
      hidden: { '2024': 1 },
    });
  });

  it('in the document of an insert, and in one that an upsert makes', async () => {
    await stats.insertOne({ username: 'eve', best: { '15': 1 }, perYear: { '2024': 1 }, perId: { 7: 'x' } });
    expect(await stats.exists({ 'best.15': 1, 'perYear.2024': 1 })).toBe(true);
    const filter = { username: 'new', 'best.15': 3 };
    await stats.updateOne(filter, { $set: { 'perYear.2024': 4 } }, { upsert: true });
    expect(await raw().findOne({ username: 'new' }, { projection: { _id: 0 } })).toEqual({
      username: 'new',
      best: { '15': 3 },
      perYear: { '2024': 4 },
    });
  });

  it("in the program's own filters and updates, at paths too that the view does not know", async () => {
    await stats.updateOne(trusted({ 'hidden.2024': 1 }), trusted({ $inc: { 'hidden.2024': 1, 'perYear.2024': 1 } }));
    expect(await ada()).toMatchObject({ hidden: { '2024': 2 }, perYear: { '2024': 6 } });
    await stats.updateOne({ username: 'ada' }, trusted({ $set: { 'items.$[].7': 'new' } }));
    expect(await ada()).toMatchObject({ items: [{ sku: 'a', '7': 'new' }] });
    const logins = new PrivilegedCollection(raw(), statsView, { reason: 'test' });
    const read = await logins.findOne(
      { 'hidden.2024': 2 },
      { projection: { 'hidden.2024': 1, 'best.15': 1 }, sort: { 'hidden.2024': 1 } },
    );
    expect([read?.best['15'], read?.hidden?.['2024']?.expose()]).toEqual([90, 2]);
  });
});

describe('and an element where it has one, so it is refused before anything is sent', () => {
  const one = { username: 'ada' };
  const only = { projection: ['username'] };
  const shown = [{ $project: { username: 1 } }];
  it.each<readonly [string, () => unknown]>([
    ['a filter', () => stats.findOne({ 'items.0.sku': 'a' }, only)],
    ['$elemMatch', () => stats.findOne({ items: op({ $elemMatch: { '7': 'private' } }) }, only)],
    ['a count', () => stats.countDocuments({ 'items.7': 'private' })],
    ['a projection', () => stats.findOne(one, { projection: { 'items.0.sku': 1 } })],
    ['a projection of paths', () => stats.findOne(one, { projection: ['items.7'] })],
    ['a sort', () => stats.findOne(one, { ...only, sort: { 'items.0.sku': 1 } })],
    ['distinct', () => stats.distinct('items.0.sku', {})],
    ['$match', () => stats.aggregate([{ $match: { 'items.0.sku': 'a' } }, ...shown]).toArray()],
    ['a later $match', () => stats.aggregate([{ $limit: 1 }, { $match: { 'items.0': 'a' } }, ...shown]).toArray()],
    ['an expression', () => stats.aggregate([{ $project: { x: '$items.0.sku' } }]).toArray()],
    ['$project', () => stats.aggregate([{ $project: { 'items.0': 1 } }]).toArray()],
    [
      '$match on an array that a stage made',
      () =>
        stats
          .aggregate([
            { $group: { _id: '$username', all: { $push: '$best' } } },
            { $match: { 'all.15': 90 } },
            ...shown,
          ])
          .toArray(),
    ],
    ['an update', () => stats.updateOne(one, { $set: { 'items.0.sku': 'x' } })],
    ['an element by its number', () => stats.updateOne(one, { $unset: { 'items.0': 1 } })],
    ['after a position', () => stats.updateOne(one, { $set: { 'items.$[].7': 'x' } })],
    [
      'array filters',
      () => stats.updateOne(one, { $set: { 'items.$[i].sku': 'x' } }, { arrayFilters: [{ 'i.7': 'private' }] }),
    ],
    ['an insert', () => stats.insertOne({ username: 'x', items: [{ sku: 'a', '7': 'x' }] })],
    ['a trusted filter', () => stats.findOne(trusted({ 'items.0.sku': 'a' }), only)],
    ['a trusted update', () => stats.updateOne(one, trusted({ $set: { 'items.0.sku': 'x' } }))],
  ])('%s', async (_name, call) => {
    await expect((async () => await call())()).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });

  it('a view names no such path', () => {
    for (const part of ['public', 'writable', 'filterable', 'sortable', 'joinable'])
      expect(() =>
        defineView<Stats>()({
          arrays: { items: 1 },
          public: { username: 1 },
          [part]: { username: 1, 'items.7': 1 },
        } as never),
      ).toThrow(/number 7 after 'items', where the view has arrays/);
  });
});
