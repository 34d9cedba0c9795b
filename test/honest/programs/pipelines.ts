import { op } from 'safe-collection';

import type { Programs } from '../world.ts';

const given = Date.now() > 0;
const PER_PRODUCT = [
  { $group: { _id: '$product', sold: { $sum: '$quantity' } } },
  { $sort: { sold: -1 } },
  { $project: { _id: 0, product: '$_id', sold: 1 } },
] as const;

/** Aggregation. */
export const pipelines: Programs = {
  async 'a page with its total'({ orders }) {
    const [page] = await orders
      .aggregate([
        { $match: { product: 'lamp' } },
        { $facet: { rows: [{ $sort: { quantity: -1 } }, { $skip: 0 }, { $limit: 1 }], total: [{ $count: 'n' }] } },
        { $project: { rows: 1, n: { $first: '$total.n' } } },
      ])
      .toArray();
    const n: number | null | undefined = page?.n;
    return [
      [n, page?.rows.map(({ quantity }) => quantity)],
      [2, [5]],
    ];
  },
  async 'stages that depend on a condition'({ orders }) {
    const some = given ? [{ $match: { product: 'lamp' } }] : [];
    const found = await orders
      .aggregate([...some, { $group: { _id: '$product', n: { $sum: 1 } } }, { $project: { _id: 1, n: 1 } }])
      .toArray();
    return [found, [{ _id: 'lamp', n: 2 }]];
  },
  async 'numbers from parameters'({ orders }) {
    const list = async (page: number, size: number) =>
      orders
        .aggregate([
          { $sort: { quantity: -1 } },
          { $skip: page * size },
          { $limit: size },
          { $project: { quantity: 1 } },
        ])
        .toArray();
    return [await list(1, 1), [{ quantity: 2 }]];
  },
  async 'a nested projection, a nested field'({ users, orders }) {
    const [user] = await users
      .aggregate([{ $match: { username: 'ada' } }, { $project: { profile: { bio: 1 } } }])
      .toArray();
    const [order] = await orders
      .aggregate([{ $match: { product: 'desk' } }, { $set: { ship: { note: 'n' } } }, { $project: { ship: 1 } }])
      .toArray();
    return [
      [user?.profile?.bio, order?.ship],
      ['Notes.', { city: 'Rome', zip: '1', note: 'n' }],
    ];
  },
  async 'a group by several keys'({ orders }) {
    const found = await orders
      .aggregate([
        { $group: { _id: { p: '$product', m: { $month: '$order_date' } }, n: { $sum: '$quantity' } } },
        { $sort: { '_id.p': 1, n: -1 } },
        { $project: { _id: 0, p: '$_id.p', m: '$_id.m', n: 1 } },
      ])
      .toArray();
    return [
      found,
      [
        { p: 'desk', m: 1, n: 1 },
        { p: 'lamp', m: 2, n: 5 },
        { p: 'lamp', m: 1, n: 2 },
      ],
    ];
  },
  async 'a shared pipeline, and one that ends with its group'({ orders }) {
    const counted = await orders
      .aggregate([{ $match: { quantity: op({ $gt: 1 }) } }, { $sortByCount: '$product' }])
      .toArray();
    return [
      [await orders.aggregate(PER_PRODUCT).toArray(), counted],
      [
        [
          { product: 'lamp', sold: 7 },
          { product: 'desk', sold: 1 },
        ],
        [{ _id: 'lamp', count: 2 }],
      ],
    ];
  },
  async 'a join'({ shop }) {
    const found = await shop.orders
      .aggregate([
        { $match: { product: 'lamp' } },
        { $lookup: { from: 'users', localField: 'user_id', foreignField: '_id', as: 'buyer' } },
        { $unwind: '$buyer' },
        { $sort: { quantity: 1 } },
        { $project: { quantity: 1, name: '$buyer.username' } },
      ])
      .toArray();
    return [
      found,
      [
        { quantity: 2, name: 'ada' },
        { quantity: 5, name: 'bob' },
      ],
    ];
  },
};
