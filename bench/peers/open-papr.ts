import { MongoClient } from 'mongodb';
import Papr, { schema, types } from 'papr';

import type { Calls, Contender, Place } from '../contenders/contender.ts';
import { LANES } from '../contenders/lanes.ts';
import { joined } from '../data/new-user.ts';
import { RAW_NARROW, RAW_WIDE } from '../data/projections.ts';

const userSchema = schema({
  username: types.string({ required: true }),
  email: types.string({ required: true }),
  joined_at: types.date({ required: true }),
  age: types.number({ required: true }),
  tags: types.array(types.string(), { required: true }),
  password_hash: types.string({ required: true }),
  api_key: types.string({ required: true }),
  internal_role: types.enum(['user', 'admin'] as const, { required: true }),
  profile: types.object({
    bio: types.string(),
    avatar: types.string({ required: true }),
    ssn: types.string({ required: true }),
  }),
  addresses: types.array(
    types.object({
      city: types.string(),
      street: types.string(),
      geo: types.array(types.number()),
      access_code: types.string(),
    }),
    { required: true },
  ),
  sessions: types.array(types.object({ token: types.string(), expires_at: types.date() }), { required: true }),
});

/** papr, a thin layer over the driver. */
export async function openPapr(place: Place): Promise<readonly Contender[]> {
  const client = await new MongoClient(place.uri).connect();
  const papr = new Papr();
  papr.initialize(client.db(place.database));
  const users = papr.model('users', userSchema);
  const scratch = papr.model(place.scratch, userSchema);
  const calls: Partial<Calls> = {
    findOne: (username) => users.findOne({ username }, { projection: RAW_NARROW }),
    narrow: (limit) => users.find({}, { projection: RAW_NARROW, limit }),
    wide: (limit) => users.find({}, { projection: RAW_WIDE, limit }),
    iterate: async (limit) => {
      let count = 0;
      for await (const _user of await users.findCursor({}, { projection: RAW_NARROW, limit })) count += 1;
      return count;
    },
    insertOne: (user) => scratch.insertOne(joined(user)),
    insertMany: (list) => scratch.insertMany(list.map(joined)),
    updateOne: (username, age) => users.updateOne({ username }, { $set: { age } }),
    findOneAndUpdate: (username, age) =>
      users.findOneAndUpdate({ username }, { $set: { age } }, { projection: RAW_NARROW, returnDocument: 'after' }),
    aggregate: (limit) => users.aggregate([{ $sort: { joined_at: -1 } }, { $limit: limit }, { $project: RAW_NARROW }]),
    countDocuments: (age) => users.countDocuments({ age }),
  };
  return [{ name: LANES.papr, calls, close: () => client.close() }];
}
