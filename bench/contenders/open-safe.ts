import { type CollectionOf, SafeCollection, trusted } from 'safe-collection';

import type { BenchUser } from '../data/bench-user.ts';
import { benchView } from '../data/bench-view.ts';
import type { Calls, Contender, Place } from './contender.ts';
import { LANES, SMALL_BATCH } from './lanes.ts';

type Users = CollectionOf<typeof benchView>;

/** The library, with inline projections. */
export async function openSafe(place: Place): Promise<readonly Contender[]> {
  const db = place.client.db(place.database);
  const users = new SafeCollection(db.collection<BenchUser>('users'), benchView);
  const scratch = new SafeCollection(db.collection<BenchUser>(place.scratch), benchView);
  return [
    { name: LANES.safe, calls: safeCalls(users, scratch) },
    { name: LANES.safeSmallBatches, calls: batchCalls(users) },
  ];
}

function safeCalls(users: Users, scratch: Users): Calls {
  return {
    findOne: (username) => users.findOne({ username }, { projection: { username: 1, email: 1, joined_at: 1 } }),
    narrow: (limit) => users.find({}, { projection: { username: 1, email: 1, joined_at: 1 }, limit }).toArray(),
    wide: (limit) =>
      users
        .find(
          {},
          {
            projection: {
              username: 1,
              email: 1,
              joined_at: 1,
              age: 1,
              tags: 1,
              'profile.bio': 1,
              'profile.avatar': 1,
              'addresses.city': 1,
            },
            limit,
          },
        )
        .toArray(),
    iterate: async (limit) => {
      let count = 0;
      for await (const _user of users.find({}, { projection: { username: 1, email: 1, joined_at: 1 }, limit }))
        count += 1;
      return count;
    },
    insertOne: ({ input, set }) => scratch.insertOne(input, { trusted: trusted({ set }) }),
    insertMany: (list) =>
      scratch.insertMany(
        list.map(({ input }) => input),
        { trusted: trusted({ set: list.map(({ set }) => set) }) },
      ),
    updateOne: (username, age) => users.updateOne({ username }, { $set: { age } }),
    findOneAndUpdate: (username, age) =>
      users.findOneAndUpdate(
        { username },
        { $set: { age } },
        { projection: { username: 1, email: 1, joined_at: 1 }, returnDocument: 'after' },
      ),
    aggregate: (limit) =>
      users
        .aggregate([
          { $sort: { joined_at: -1 } },
          { $limit: limit },
          { $project: { username: 1, email: 1, joined_at: 1, _id: 0 } },
        ])
        .toArray(),
    countDocuments: (age) => users.countDocuments({ age }),
  };
}

/** With the size of the driver's first batch, so that only decoding differs. */
function batchCalls(users: Users): Partial<Calls> {
  const batchSize = SMALL_BATCH;
  return {
    narrow: (limit) =>
      users.find({}, { projection: { username: 1, email: 1, joined_at: 1 }, limit, batchSize }).toArray(),
    iterate: async (limit) => {
      let count = 0;
      const cursor = users.find({}, { projection: { username: 1, email: 1, joined_at: 1 }, limit, batchSize });
      for await (const _user of cursor) count += 1;
      return count;
    },
  };
}
