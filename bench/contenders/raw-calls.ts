import type { Collection } from 'mongodb';

import type { BenchUser } from '../data/bench-user.ts';
import { joined } from '../data/new-user.ts';
import { RAW_NARROW, RAW_WIDE } from '../data/projections.ts';
import type { Calls } from './contender.ts';

/** The driver with the same projection as the others. */
export function rawCalls(users: Collection<BenchUser>, scratch: Collection<BenchUser>): Calls {
  return {
    findOne: (username) => users.findOne({ username }, { projection: RAW_NARROW }),
    narrow: (limit) => users.find({}, { projection: RAW_NARROW, limit }).toArray(),
    wide: (limit) => users.find({}, { projection: RAW_WIDE, limit }).toArray(),
    iterate: async (limit) => {
      let count = 0;
      for await (const _user of users.find({}, { projection: RAW_NARROW, limit })) count += 1;
      return count;
    },
    insertOne: (user) => scratch.insertOne(joined(user)),
    insertMany: (list) => scratch.insertMany(list.map(joined)),
    updateOne: (username, age) => users.updateOne({ username }, { $set: { age } }),
    findOneAndUpdate: (username, age) =>
      users.findOneAndUpdate({ username }, { $set: { age } }, { projection: RAW_NARROW, returnDocument: 'after' }),
    aggregate: (limit) =>
      users.aggregate([{ $sort: { joined_at: -1 } }, { $limit: limit }, { $project: RAW_NARROW }]).toArray(),
    countDocuments: (age) => users.countDocuments({ age }),
  };
}
