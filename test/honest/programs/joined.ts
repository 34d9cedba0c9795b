import type { WithId } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';

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
