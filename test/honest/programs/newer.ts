import type { Collection } from 'mongodb';
import { defineView, op, SafeCollection } from 'safe-collection';

import { ADA, BOB, userView, type Order, type Programs } from '../world.ts';

interface Shop {
  name: string;
  about: string;
  place: { type: 'Point'; coordinates: number[] };
  reviews: { by: string; stars: number; note?: string; ip: string }[];
  owner_phone: string;
}

const shopView = defineView<Shop>()({
  public: { name: 1, about: 1, 'reviews.by': 1, 'reviews.stars': 1, 'reviews.note': 1 },
  writable: { name: 1, about: 1 },
  geo: { place: 1 },
  search: ['name', 'about'],
  arrays: { reviews: 1 },
});

const preview = shopView.select({ name: 1, reviews: op({ $slice: 1 }) });

/** Views that extend others, replacements, locations, text search, parts of arrays, and joins with variables. */
export const newer: Programs = {
  async 'a staff view extends the public one'({ rawUsers, users }) {
    const staffView = userView.extend({
      name: 'staff',
      public: { internal_role: 1, age: 0 },
      sortable: { age: 1 },
    });
    const staff = new SafeCollection(rawUsers, staffView);
    const role: string | undefined = (await staff.findOne({ username: 'ada' }, { projection: ['internal_role'] }))
      ?.internal_role;
    const open = await users.findOne({ username: 'ada' }, { projection: userView });
    return [
      [role, open !== null && 'internal_role' in open],
      ['root', false],
    ];
  },
  async 'a narrower view for a public page'({ rawUsers }) {
    const cardView = userView.extend({
      name: 'cards',
      public: { email: 0, age: 0, joined_at: 0 },
      writable: { email: 0, age: 0 },
    });
    const cards = new SafeCollection(rawUsers, cardView);
    const keys = Object.keys((await cards.findOne({ username: 'bob' }, { projection: cardView })) ?? {});
    return [keys.includes('email'), false];
  },
  async 'a form replaces a profile'({ users, rawUsers }) {
    const form = { username: 'bob', email: 'bob@example.org', age: 21, tags: ['new'], settings: { theme: 2 } };
    const { matchedCount } = await users.replaceOne({ _id: BOB }, form);
    const stored = await rawUsers.findOne({ _id: BOB });
    return [
      [matchedCount, stored?.email, stored?.password_hash],
      [1, 'bob@example.org', 'y'],
    ];
  },
  async 'a replacement that returns what was there'({ users }) {
    const before = await users.findOneAndReplace(
      { _id: ADA },
      { username: 'ada', email: 'a@example.org', age: 37, tags: [], settings: {} },
      { projection: ['email', 'age'], returnDocument: 'before' },
    );
    const age: number | undefined = before?.age;
    return [
      [before?.email, age],
      ['ada@example.com', 36],
    ];
  },
  async 'the shops nearby, in the order of their distance'({ db }) {
    const shops = await openShops(db.collection<Shop>('shops'));
    const here = { type: 'Point', coordinates: [2.35, 48.85] } as const;
    const near = await shops
      .find({ place: op({ $near: { $geometry: here, $maxDistance: 500_000 } }) }, { projection: ['name'], limit: 5 })
      .toArray();
    const count = await shops.countDocuments({
      place: op({ $geoWithin: { $centerSphere: [[2.35, 48.85], 500 / 6378] } }),
    });
    return [
      [near.map(({ name }) => name), count],
      [['Chez Ada', 'Tea House'], 2],
    ];
  },
  async 'a search box'({ db }) {
    const shops = await openShops(db.collection<Shop>('shops'));
    const search = async (words: string, limit = 20): Promise<string[]> => {
      const found = await shops
        .find({ $text: { $search: words } }, { projection: ['name'], sort: { name: 1 }, limit })
        .toArray();
      return found.map(({ name }) => name);
    };
    return [
      [await search('tea'), await search('-tea bread')],
      [['Bakery', 'Tea House'], []],
    ];
  },
  async 'a page shows the newest reviews, and another one the good ones'({ db }) {
    const shops = await openShops(db.collection<Shop>('shops'));
    const page = await shops.findOne(
      { name: 'Tea House' },
      { projection: { name: 1, reviews: op({ $slice: [1, 2] }) } },
    );
    const best = await shops.findOne(
      { name: 'Tea House' },
      { projection: { reviews: op({ $elemMatch: { stars: op({ $gte: 5 }) } }) } },
    );
    const none = await shops.findOne(
      { name: 'Bakery' },
      { projection: { name: 1, reviews: op({ $elemMatch: { stars: 5 } }) } },
    );
    const stars: number[] | undefined = page?.reviews.map((review) => review.stars);
    const by: string | undefined = best?.reviews?.[0]?.by;
    return [
      [stars, by, none],
      [[4, 5], 'cyd', { name: 'Bakery' }],
    ];
  },
  async 'a list of previews'({ db }) {
    const shops = await openShops(db.collection<Shop>('shops'));
    const all = await shops.find({}, { projection: preview, sort: { name: 1 } }).toArray();
    const counts: number[] = all.map(({ reviews }) => reviews.length);
    return [counts, [0, 0, 1]];
  },
  async 'the orders after each order'({ shop }) {
    const found = await shop.orders
      .aggregate([
        {
          $lookup: {
            from: 'orders',
            localField: 'user_id',
            foreignField: 'user_id',
            let: { since: '$order_date' },
            pipeline: [{ $match: { $expr: { $gt: ['$order_date', '$$since'] } } }, { $project: { product: 1 } }],
            as: 'later',
          },
        },
        { $match: { product: 'lamp' } },
        { $project: { product: 1, later: 1 } },
      ])
      .toArray();
    const later: string[] | undefined = found[0]?.later.map(({ product }) => product);
    return [later?.includes('desk'), true];
  },
  async 'orders with more lines than pieces, compared field by field'({ shop, rawOrders }) {
    await rawOrders.updateOne({ product: 'lamp' }, { $set: { quantity: 0 } satisfies Partial<Order> });
    const found = await shop.orders
      .aggregate([{ $match: { $expr: { $gt: [{ $size: '$lines' }, '$quantity'] } } }, { $project: { product: 1 } }])
      .toArray();
    return [found, [{ product: 'lamp' }]];
  },
};

async function openShops(raw: Collection<Shop>) {
  await raw.createIndexes([{ key: { place: '2dsphere' } }, { key: { name: 'text', about: 'text' } }]);
  const at = (lng: number, lat: number): Shop['place'] => ({ type: 'Point', coordinates: [lng, lat] });
  const review = (by: string, stars: number) => ({ by, stars, ip: '127.0.0.1' });
  await raw.insertMany([
    {
      name: 'Tea House',
      about: 'green and black',
      place: at(2.3, 48.9),
      reviews: [review('ada', 3), review('bob', 4), review('cyd', 5)],
      owner_phone: '1',
    },
    { name: 'Chez Ada', about: 'coffee', place: at(2.35, 48.86), reviews: [], owner_phone: '2' },
    { name: 'Bakery', about: 'bread and tea', place: at(13.4, 52.5), reviews: [], owner_phone: '3' },
  ]);
  return new SafeCollection(raw, shopView);
}
