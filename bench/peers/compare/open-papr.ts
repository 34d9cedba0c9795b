import { MongoClient } from 'mongodb';
import Papr, { schema, types } from 'papr';

import type { OpenLibrary } from '../../compare/library.ts';

export const openPapr: OpenLibrary = async (uri, database, { username, body }) => {
  const client = await new MongoClient(uri).connect();
  const papr = new Papr();
  papr.initialize(client.db(database));
  const User = papr.model(
    'users',
    schema({
      username: types.string({ required: true }),
      age: types.number({ required: true }),
      password_hash: types.string({ required: true }),
      internal_role: types.string({ required: true }),
      profile: types.object({ bio: types.string(), ssn: types.string() }),
    }),
  );
  return {
    name: 'papr',
    calls: {
      byName: () => User.findOne({ username: 'ada' }),
      onlyName: () => User.findOne({ username: 'ada' }, { projection: { username: 1 } }),
      profile: () => User.findOne({ username: 'ada' }, { projection: { profile: 1 } }),
      withoutHash: () => User.findOne({ username: 'ada' }, { projection: { password_hash: 0 } }),
      operator: () => User.find({ username }, { projection: { username: 1 } }),
      guess: () => User.countDocuments({ password_hash: /^\$2b/ }),
      body: () => User.updateOne({ username: 'ada' }, { $set: body }),
    },
    close: () => client.close(),
  };
};
