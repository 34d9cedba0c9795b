import type { WithId } from 'mongodb';
import { defineView, op, SafeCollection } from 'safe-collection';

import type { Programs } from '../world.ts';

/** Collections that refer to each other, and collections of other documents than the view's. */
export const joined: Programs = {
  async 'documents of another collection are filled in'({ shop }) {
    const found = await shop.orders
      .findPopulated(
        { product: 'desk' },
        {
          projection: ['product'],
          populate: {
            buyer: {
              from: 'users',
              localField: 'user_id',
              foreignField: '_id',
              projection: ['username'],
              justOne: true,
            },
          },
        },
      )
      .toArray();
    const names: (string | undefined)[] = found.map(({ buyer }) => buyer?.username);
    return [names, ['ada']];
  },
  async 'documents with and without joined ones'({ shop }) {
    const join = {
      $lookup: {
        from: 'orders',
        localField: '_id',
        foreignField: 'user_id',
        as: 'orders',
        pipeline: [{ $match: { product: 'desk' } }, { $project: { product: 1 } }],
      },
    } as const;
    const end = { $project: { username: 1 } } as const;
    const none = await shop.users.aggregate([join, { $match: { orders: op({ $size: 0 }) } }, end]).toArray();
    const some = await shop.users
      .aggregate([join, { $match: { orders: op({ $not: op({ $size: 0 }) }) } }, end])
      .toArray();
    const shown = await shop.users
      .aggregate([
        { $addFields: { years: '$age' } },
        { $match: { profile: op({ $exists: true }), tags: ['a', 'b'] } },
        end,
      ])
      .toArray();
    const missing = await shop.users
      .aggregate([{ $addFields: { years: '$age' } }, { $match: { profile: null } }, end])
      .toArray();
    return [
      [none, some, shown, missing],
      [[{ username: 'bob' }], [{ username: 'ada' }], [{ username: 'ada' }], [{ username: 'bob' }]],
    ];
  },
  async 'a view of documents without an _id, on a collection that has it'({ db }) {
    interface Note {
      text: string;
    }
    const notes = new SafeCollection(
      db.collection<WithId<Note>>('notes'),
      defineView<Note>()({ public: { text: 1 }, writable: { text: 1 } }),
    );
    await notes.insertOne({ text: 't' });
    return [await notes.countDocuments({ text: 't' }), 1];
  },
};
