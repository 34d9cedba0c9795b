import mongoose, { type Model } from 'mongoose';

import type { Calls, Contender, Place } from '../contenders/contender.ts';
import { LANES } from '../contenders/lanes.ts';
import type { BenchUser } from '../data/bench-user.ts';
import { joined } from '../data/new-user.ts';
import { RAW_NARROW, RAW_WIDE } from '../data/projections.ts';

const { Schema } = mongoose;

/** mongoose with plain results, and with its own documents. */
export async function openMongoose(place: Omit<Place, 'client'>): Promise<readonly Contender[]> {
  const connection = await mongoose
    .createConnection(place.uri, { dbName: place.database, autoIndex: false, autoCreate: false })
    .asPromise();
  const schema = userSchema();
  const users = connection.model<BenchUser>('User', schema, 'users');
  const scratch = connection.model<BenchUser>('Scratch', schema, place.scratch);
  return [
    { name: LANES.lean, calls: leanCalls(users), close: () => connection.close() },
    { name: LANES.mongoose, calls: hydratedCalls(users, scratch) },
  ];
}

function userSchema() {
  return new Schema<BenchUser>(
    {
      username: { type: String, required: true },
      email: { type: String, required: true },
      joined_at: { type: Date, required: true },
      age: { type: Number, required: true },
      tags: [String],
      password_hash: String,
      api_key: String,
      internal_role: { type: String, enum: ['user', 'admin'] },
      profile: { bio: String, avatar: String, ssn: String },
      addresses: [{ _id: false, city: String, street: String, geo: [Number], access_code: String }],
      sessions: [{ _id: false, token: String, expires_at: Date }],
    },
    { versionKey: false },
  );
}

/** Hydrated documents, the default of a query. Shared with typegoose, which uses the same models. */
export function hydratedCalls(users: Model<BenchUser>, scratch: Model<BenchUser>): Calls {
  return {
    findOne: (username) => users.findOne({ username }, RAW_NARROW).exec(),
    narrow: (limit) => users.find({}, RAW_NARROW).limit(limit).exec(),
    wide: (limit) => users.find({}, RAW_WIDE).limit(limit).exec(),
    iterate: async (limit) => {
      let count = 0;
      for await (const _user of users.find({}, RAW_NARROW).limit(limit)) count += 1;
      return count;
    },
    insertOne: (user) => scratch.create(joined(user)),
    insertMany: (list) => scratch.insertMany(list.map(joined)),
    updateOne: (username, age) => users.updateOne({ username }, { $set: { age } }).exec(),
    findOneAndUpdate: (username, age) =>
      users
        .findOneAndUpdate({ username }, { $set: { age } }, { projection: RAW_NARROW, returnDocument: 'after' })
        .exec(),
    aggregate: (limit) =>
      users.aggregate([{ $sort: { joined_at: -1 } }, { $limit: limit }, { $project: RAW_NARROW }]).exec(),
    countDocuments: (age) => users.countDocuments({ age }).exec(),
  };
}

function leanCalls(users: Model<BenchUser>): Partial<Calls> {
  return {
    findOne: (username) => users.findOne({ username }, RAW_NARROW).lean().exec(),
    narrow: (limit) => users.find({}, RAW_NARROW).limit(limit).lean().exec(),
    wide: (limit) => users.find({}, RAW_WIDE).limit(limit).lean().exec(),
    iterate: async (limit) => {
      let count = 0;
      for await (const _user of users.find({}, RAW_NARROW).limit(limit).lean()) count += 1;
      return count;
    },
    findOneAndUpdate: (username, age) =>
      users
        .findOneAndUpdate({ username }, { $set: { age } }, { projection: RAW_NARROW, returnDocument: 'after' })
        .lean()
        .exec(),
  };
}
