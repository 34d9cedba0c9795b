import { MongoClient } from 'mongodb';

import type { OpenLibrary, StoredUser } from './library.ts';

export const openDriver: OpenLibrary = async (uri, database, { username, body }) => {
  const client = await new MongoClient(uri).connect();
  const users = client.db(database).collection<StoredUser>('users');
  return {
    name: 'MongoDB driver',
    calls: {
      byName: () => users.findOne({ username: 'ada' }),
      onlyName: () => users.findOne({ username: 'ada' }, { projection: { username: 1 } }),
      profile: () => users.findOne({ username: 'ada' }, { projection: { profile: 1 } }),
      withoutHash: () => users.findOne({ username: 'ada' }, { projection: { password_hash: 0 } }),
      operator: () => users.find({ username }, { projection: { username: 1 } }).toArray(),
      guess: () => users.countDocuments({ password_hash: /^\$2b/ }),
      body: () => users.updateOne({ username: 'ada' }, { $set: body }),
    },
    close: () => client.close(),
  };
};
