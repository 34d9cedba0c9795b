import { beforeEach, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, op, SafeCollection, trusted, ViewError, withTransaction } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Tea {
  name: string;
  profile?: { bio?: string; secret?: string };
  price: number;
  secret: string;
}

const teaView = defineView<Tea>()({
  public: { name: 1, 'profile.bio': 1, price: 1 },
  writable: { name: 1, price: 1 },
  search: ['name', 'profile.bio'],
});
const plainView = defineView<Tea>()({ public: { name: 1 }, writable: { name: 1 } });

const server = testServer();
const raw = () => server.db.collection<Tea>('teas');
const P = { projection: ['name'] };
const green = { $text: { $search: 'green' } };
let teas: Loose;

beforeEach(async () => {
  await raw()
    .drop()
    .catch(() => undefined);
  await raw().createIndex({ name: 'text', 'profile.bio': 'text' });
  await raw().insertMany([
    { name: 'green tea', price: 1, secret: 'x', profile: { bio: 'from Japan' } },
    { name: 'black tea', price: 2, secret: 'green', profile: { bio: 'green leaves', secret: 'Japan' } },
    { name: 'mint', price: 3, secret: 'green' },
  ]);
  teas = loose(new SafeCollection(raw(), teaView, { sealKeys: [new Uint8Array(32)] }));
  server.forget();
});

const commands = (): string[] => server.sent.map(({ commandName }) => commandName);
const names = async (filter: object): Promise<unknown> =>
  ((await teas.find(filter, { ...P, sort: { price: 1 } }).toArray()) as { name: string }[]).map(({ name }) => name);

describe('$text', () => {
  it('searches the paths that the view lists', async () => {
    expect(await names(green)).toEqual(['green tea', 'black tea']);
    expect(await names({ $and: [{ $and: [green] }, { price: op({ $gt: 1 } as never) }] })).toEqual(['black tea']);
    expect(await names({ $text: { $search: 'GREEN', $caseSensitive: true } })).toEqual([]);
    expect(await names({ $text: { $search: 'grêen', $diacriticSensitive: true, $language: 'en' } })).toEqual([]);
    expect(commands().slice(0, 2)).toEqual(['listIndexes', 'find']);
  });

  it('works in reads and writes', async () => {
    const json = new SafeCollection(raw(), teaView);
    expect(await teas.findOne(green, P)).not.toBeNull();
    expect(JSON.parse((await json.findJson(green, { projection: ['name'] })).text())).toHaveLength(2);
    expect(await json.findOneJson(green, { projection: ['name'] })).not.toBeNull();
    expect(JSON.parse((await json.find(green, { projection: ['name'] }).json()).text())).toHaveLength(2);
    expect(await teas.exists(green)).toBe(true);
    expect(await teas.countDocuments(green)).toBe(2);
    expect(await teas.distinct('price', green)).toEqual([1, 2]);
    expect(await teas.findOne(green, { ...P, trusted: trusted({ filter: { secret: 'green' } }) })).toEqual({
      name: 'black tea',
    });
    expect(await teas.updateMany(green, { $set: { price: 5 } })).toMatchObject({ matchedCount: 2 });
    expect(await teas.updateOne(green, { $inc: { price: 1 } })).toMatchObject({ matchedCount: 1 });
    expect(await teas.findOneAndUpdate(green, { $set: { price: 7 } }, P)).not.toBeNull();
    expect(await teas.bulkWrite([{ updateOne: { filter: green, update: { $set: { price: 8 } } } }])).toMatchObject({
      matchedCount: 1,
    });
    expect(await teas.deleteMany(green)).toMatchObject({ deletedCount: 2 });
  });

  it('works in a transaction', async () => {
    const count = await withTransaction(server.client, async (tx) => {
      const bound = loose(tx.bind(new SafeCollection(raw(), teaView)));
      return await bound.countDocuments(green);
    });
    expect(count).toBe(2);
  });
});

describe('the index is checked before each search', () => {
  const calls: readonly (readonly [string, (teas: Loose) => Promise<unknown>])[] = [
    ['find', (each) => each.find(green, P).toArray()],
    ['findOne', (each) => each.findOne(green, P)],
    ['exists', (each) => each.exists(green)],
    ['countDocuments', (each) => each.countDocuments(green)],
    ['distinct', (each) => each.distinct('name', { $and: [green] })],
    ['updateOne', (each) => each.updateOne(green, { $set: { price: 1 } })],
    ['deleteMany', (each) => each.deleteMany(green)],
    ['findOneAndDelete', (each) => each.findOneAndDelete(green, P)],
    ['bulkWrite', (each) => each.bulkWrite([{ deleteOne: { filter: green } }])],
    [
      'a bulk',
      (each) => {
        const bulk = each.initializeOrderedBulkOp();
        bulk.find(green).delete();
        return bulk.execute();
      },
    ],
    ['findJson', (each) => (each as never as { findJson(...args: unknown[]): Promise<unknown> }).findJson(green, P)],
    [
      'paginate',
      (each) =>
        (each as never as { paginate(...args: unknown[]): Promise<unknown> }).paginate(green, { ...P, limit: 1 }),
    ],
    [
      'findOneJson',
      (each) => (each as never as { findOneJson(...args: unknown[]): Promise<unknown> }).findOneJson(green, P),
    ],
  ];
  const refusedAll = async (): Promise<void> => {
    for (const [name, call] of calls) {
      server.forget();
      await expect(call(teas), name).rejects.toMatchObject({ code: 'search_index' });
      expect(commands(), name).toEqual(['listIndexes']);
    }
  };

  it('and refused if it covers a private path', async () => {
    await raw().dropIndexes();
    await raw().createIndex({ name: 'text', secret: 'text' });
    await refusedAll();
    await expect(teas.findOne(green, P)).rejects.not.toThrow('secret');
  });

  it('and refused if it covers a private path below a branch', async () => {
    await raw().dropIndexes();
    await raw().createIndex({ 'profile.bio': 'text', 'profile.secret': 'text' });
    await refusedAll();
  });

  it('and refused if it covers every path', async () => {
    await raw().dropIndexes();
    await raw().createIndex({ '$**': 'text' });
    await refusedAll();
  });

  it('and refused if there is none, or no collection', async () => {
    await raw().dropIndexes();
    await refusedAll();
    await raw().drop();
    await refusedAll();
  });

  it('so a change of it has an effect at once', async () => {
    expect(await teas.countDocuments(green)).toBe(2);
    await raw().dropIndexes();
    await raw().createIndex({ '$**': 'text' });
    await expect(teas.countDocuments(green)).rejects.toMatchObject({ code: 'search_index' });
    await raw().dropIndexes();
    await raw().createIndex({ name: 'text' });
    expect(await teas.countDocuments(green)).toBe(1);
  });

  it('also for every read of a cursor, which sends nothing after a refusal', async () => {
    await raw().dropIndexes();
    const cursor = new SafeCollection(raw(), teaView).find(green, { projection: ['name'] });
    server.forget();
    await expect(cursor.next()).rejects.toMatchObject({ code: 'search_index' });
    await expect(cursor.hasNext()).rejects.toMatchObject({ code: 'search_index' });
    expect(commands()).toEqual(['listIndexes']);
  });
});

describe('$text is refused, and nothing is sent,', () => {
  const refused = async (call: () => unknown, code = 'filter_operator'): Promise<void> => {
    await expect((async () => await call())()).rejects.toMatchObject({ code });
    expect(server.sent).toEqual([]);
  };

  it('by a view without search', async () => {
    const plain = loose(new SafeCollection(raw(), plainView));
    await refused(() => plain.find(green, P));
    await refused(() => plain.deleteMany(green));
  });

  it.each<readonly [string, object, string]>([
    ['in $or', { $or: [green, { price: 1 }] }, 'filter_operator'],
    ['in $nor', { $nor: [green] }, 'filter_operator'],
    ['in $or in $and', { $and: [{ $or: [green] }] }, 'filter_operator'],
    ['twice', { $and: [green, green] }, 'filter_operator'],
    ['without $search', { $text: { $language: 'en' } }, 'filter_value'],
    ['as a string', { $text: 'green' }, 'filter_value'],
    ['with a number', { $text: { $search: 5 } }, 'filter_value'],
    ['with another option', { $text: { $search: 'x', $path: 'secret' } }, 'filter_value'],
    ['with a flag that is none', { $text: { $search: 'x', $caseSensitive: 1 } }, 'filter_value'],
    ['with an operator as its words', { $text: { $search: { $ne: '' } } }, 'filter_value'],
    ['with op()', { $text: op({ $eq: 'x' } as never) }, 'filter_value'],
  ])('%s', async (_, filter, code) => {
    await refused(() => teas.find(filter, P), code);
    await refused(() => teas.updateOne(filter, { $set: { price: 1 } }), code);
  });

  it('in pipelines, upserts, joins, and the filters of the program', async () => {
    const shop = createSafeDb(server.db, { teas: teaView }) as unknown as Record<
      'teas',
      Loose & Record<string, (...args: unknown[]) => unknown>
    >;
    const join = { from: 'teas', localField: 'name', foreignField: 'name', as: 'same', pipeline: [{ $match: green }] };
    const last = { $project: { name: 1 } };
    const populate = {
      same: { from: 'teas', localField: 'name', foreignField: 'name', projection: ['name'], filter: green },
    };
    const privileged = new PrivilegedCollection(raw(), teaView, { reason: 'test' });
    await refused(() => teas.aggregate([{ $match: green }, last]));
    await refused(() => teas.aggregate([{ $unset: 'price' }, { $match: green }, last]));
    await refused(() => teas.aggregate([last], { trusted: trusted({ filter: green }) }));
    await refused(() => shop.teas.aggregate([{ $lookup: join }, last]));
    await refused(() => shop.teas['findPopulated']?.(green, { ...P, populate: {} }));
    await refused(() => shop.teas['findPopulated']?.({}, { ...P, populate }));
    await refused(() => teas.updateOne(green, { $set: { name: 'x' } }, { upsert: true }));
    await refused(() => teas.replaceOne(green, { name: 'x' }, { upsert: true }));
    await refused(() =>
      teas.bulkWrite([{ updateOne: { filter: green, update: { $set: { name: 'x' } }, upsert: true } }]),
    );
    await refused(() => teas.find(trusted(green), P));
    await refused(() => teas.find({}, { ...P, trusted: trusted({ filter: green }) }));
    await refused(() => privileged.findOne(green as never, { projection: ['name'] }));
  });

  it('if a view lists something else than filterable leaves', () => {
    const make =
      (search: unknown, more: object = {}) =>
      () =>
        defineView<Tea>()({ public: { name: 1, 'profile.bio': 1 }, search, ...more } as never);
    for (const search of [[], ['secret'], ['profile'], ['$**'], [''], [1], 'name', { name: 1 }, null])
      expect(make(search), JSON.stringify(search)).toThrow(ViewError);
    expect(make(['name'], { filterable: { name: 0 } })).toThrow(ViewError);
    expect(make(['secret'], { filterable: { secret: 1 } })).not.toThrow();
  });
});

describe('a view with search', () => {
  it('can be extended, and its list can be replaced', async () => {
    const narrow = teaView.extend({ name: 'narrow', search: ['name'] } as never);
    await expect(loose(new SafeCollection(raw() as never, narrow)).countDocuments(green)).rejects.toMatchObject({
      code: 'search_index',
    });
    const same = teaView.extend({ name: 'same', public: { price: 0 } });
    expect(await loose(new SafeCollection(raw() as never, same as never)).countDocuments(green)).toBe(2);
    expect(() => teaView.extend({ name: 'gone', public: { name: 0 } } as never)).toThrow(ViewError);
  });

  it('does not follow a later change of the list', async () => {
    const search = ['name', 'profile.bio'];
    const view = defineView<Tea>()({ public: { name: 1, 'profile.bio': 1 }, search } as never);
    search.push('secret');
    await raw().dropIndexes();
    await raw().createIndex({ name: 'text', secret: 'text' });
    const read = loose(new SafeCollection(raw() as never, view as never)).findOne(green, P);
    await expect(read).rejects.toMatchObject({ code: 'search_index' });
  });
});
