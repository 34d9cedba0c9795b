import mongoose from 'mongoose';

import type { OpenLibrary, StoredUser } from '../../compare/library.ts';

export const openMongoose: OpenLibrary = async (uri, dbName, { username, body }) => {
  const connection = await mongoose.createConnection(uri, { dbName, autoIndex: false, autoCreate: false }).asPromise();
  const schema = new mongoose.Schema<StoredUser>({
    username: { type: String, required: true },
    age: Number,
    password_hash: String,
    internal_role: String,
    profile: { bio: String, ssn: String },
  });
  const User = connection.model<StoredUser>('User', schema, 'users');
  return {
    name: 'mongoose',
    calls: {
      byName: () => User.findOne({ username: 'ada' }).exec(),
      onlyName: () => User.findOne({ username: 'ada' }, { username: 1 }).exec(),
      profile: () => User.findOne({ username: 'ada' }, { profile: 1 }).exec(),
      withoutHash: () => User.findOne({ username: 'ada' }, { password_hash: 0 }).exec(),
      operator: () => User.find({ username }, { username: 1 }).exec(),
      guess: () => User.countDocuments({ password_hash: /^\$2b/ }).exec(),
      body: () => User.updateOne({ username: 'ada' }, { $set: body }).exec(),
    },
    close: () => connection.close(),
  };
};
