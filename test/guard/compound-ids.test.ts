import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';
import { loose, type Loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Seat {
  _id: { hall: string; seat: number; code?: string };
  price: number;
  parts?: { sku: string }[];
}

const server = testServer();
const raw = () => server.db.collection<Seat>('seats');
const all = { '_id.hall': 1, '_id.seat': 1, price: 1, 'parts.sku': 1 } as const;
const views = {
  hidden: defineView<Seat>()({ public: { price: 1 }, writable: { price: 1 } }),
  shown: defineView<Seat>()({ public: all, writable: all, arrays: { parts: 1 } }),
  partly: defineView<Seat>()({ public: { '_id.hall': 1, price: 1 }, writable: { price: 1 } }),
  scalar: defineView<{ _id: string; price: number }>()({ public: { _id: 1, price: 1 } }),
};
let seats: Readonly<Record<keyof typeof views, Loose>>;

const A1 = { hall: 'a', seat: 1 };
const B2 = { hall: 'b', seat: 2 };

beforeEach(async () => {
  await raw().deleteMany({});
  await raw().insertMany([
    { _id: A1, price: 1, parts: [{ sku: 'x' }] },
    { _id: B2, price: 2 },
    { _id: { hall: 'a', seat: 9, code: 'private' }, price: 9 },
  ]);
  const made = Object.entries(views).map(([name, view]) => [
    name,
    loose(new SafeCollection(raw() as never, view as never)),
  ]);
  seats = Object.fromEntries(made) as typeof seats;
  server.forget();
});

const prices = async (users: Loose, filter: object): Promise<unknown> =>
  (await users.find(filter, { projection: ['price'], sort: { price: 1 } }).toArray()).map(
    (each) => Reflect.get(each, 'price') as unknown,
  );

describe('a compound _id is compared as a whole', () => {
  it.each(['hidden', 'shown'] as const)('%s', async (name) => {
    expect(await prices(seats[name], { _id: A1 })).toEqual([1]);
    expect(await prices(seats[name], { _id: op({ $eq: B2 }) })).toEqual([2]);
    expect(await prices(seats[name], { _id: op({ $in: [A1, B2] }) })).toEqual([1, 2]);
    expect(await prices(seats[name], { $or: [{ _id: A1 }, { price: 9 }] })).toEqual([1, 9]);
  });

  it('exactly: a part of it, or its fields in another order, finds nothing', async () => {
    expect(await prices(seats.hidden, { _id: { hall: 'a' } })).toEqual([]);
    expect(await prices(seats.shown, { _id: { seat: 1, hall: 'a' } })).toEqual([]);
    expect(await prices(seats.shown, { _id: { hall: 'a', seat: 9 } })).toEqual([]);
  });

  it('in updates and deletions of one and of many, in bulks, and by the program', async () => {
    await seats.shown.updateMany({ _id: A1 }, { $set: { price: 10 } });
    await seats.shown.bulkWrite([{ updateOne: { filter: { _id: B2 }, update: { $inc: { price: 1 } } } }]);
    expect(await prices(seats.shown, trusted({ _id: op({ $in: [A1, B2] }) }) as never)).toEqual([3, 10]);
    const logins = new PrivilegedCollection(raw(), views.shown, { reason: 'test' });
    expect(await logins.findOne({ _id: A1 }, { projection: ['price'] })).toEqual({ price: 10 });
    await seats.shown.updateOne({ _id: A1, 'parts.sku': 'x' }, { $set: { 'parts.$.sku': 'y' } });
    expect(await raw().findOne({ _id: A1 })).toMatchObject({ parts: [{ sku: 'y' }] });
    expect(await seats.hidden.deleteMany({ _id: A1 })).toMatchObject({ deletedCount: 1 });
  });

  it('it is inserted, and copied by an upsert, where a caller may write its parts', async () => {
    await seats.shown.insertOne({ _id: { hall: 'c', seat: 1 }, price: 5 });
    await seats.shown.updateOne({ _id: { hall: 'c', seat: 2 } }, { $set: { price: 6 } }, { upsert: true });
    await seats.shown.updateOne({ _id: op({ $eq: { hall: 'c', seat: 3 } }) }, { $set: { price: 7 } }, { upsert: true });
    await seats.hidden.updateOne(
      { _id: { hall: 'c', seat: 4 } },
      { $set: { price: 8 } },
      { upsert: true, trusted: trusted({ update: { $setOnInsert: { _id: { hall: 'c', seat: 4 } } } }) },
    );
    expect(await raw().find({ '_id.hall': 'c' }).sort({ price: 1 }).toArray()).toEqual([
      { _id: { hall: 'c', seat: 1 }, price: 5 },
      { _id: { hall: 'c', seat: 2 }, price: 6 },
      { _id: { hall: 'c', seat: 3 }, price: 7 },
      { _id: { hall: 'c', seat: 4 }, price: 8 },
    ]);
  });
});

describe('and nothing else of it', () => {
  it.each<readonly [string, keyof typeof views, object]>([
    ['an operator from a query string', 'hidden', { _id: { $ne: null } }],
    ['an operator inside', 'hidden', { _id: { hall: { $ne: 'a' }, seat: 1 } }],
    ['a RegExp inside', 'hidden', { _id: { hall: /a/, seat: 1 } }],
    ['op() inside', 'hidden', { _id: { hall: op({ $ne: 'a' }), seat: 1 } }],
    ['a dotted key', 'hidden', { _id: { 'hall.x': 1 } }],
    ["the driver's own key", 'hidden', { _id: { _bsontype: 'ObjectId', hall: 'a' } }],
    ['an empty object', 'hidden', { _id: {} }],
    ['an order', 'hidden', { _id: op({ $gt: A1 } as never) }],
    ['a negation', 'hidden', { _id: op({ $ne: A1 } as never) }],
    ['a negation of $eq', 'hidden', { _id: op({ $not: { $eq: A1 } } as never) }],
    ['a negation, where its parts are public', 'shown', { _id: op({ $ne: A1 } as never) }],
    ['a private part', 'shown', { _id: { hall: 'a', seat: 9, code: 'private' } }],
    ['one that the view knows in part', 'partly', { _id: A1 }],
    ['one that the view calls a scalar', 'scalar', { _id: A1 }],
    ['another path', 'shown', { price: { hall: 'a' } }],
    ['another branch', 'shown', { parts: { sku: 'x' } }],
  ])('%s', async (_name, view, filter) => {
    await expect(prices(seats[view], filter)).rejects.toMatchObject({ name: 'RefusedCallError' });
    await expect(seats[view].deleteMany(filter)).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });

  it('an upsert copies none that the caller may not write', async () => {
    for (const filter of [{ _id: A1 }, { _id: op({ $eq: A1 }) }, { $and: [{ _id: A1 }] }])
      await expect(seats.hidden.updateOne(filter as never, { $set: { price: 1 } }, { upsert: true })).rejects.toThrow(
        "'_id.hall' is not writable",
      );
    expect(server.sent).toEqual([]);
  });

  it('a collation does not make it inexact', async () => {
    const collation = { locale: 'en', strength: 1 };
    await expect(seats.hidden.countDocuments({ _id: A1 }, { collation })).rejects.toThrow('must match exactly');
    expect(server.sent).toEqual([]);
  });
});
