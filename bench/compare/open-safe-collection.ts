import { MongoClient } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';

import type { OpenLibrary, StoredUser } from './library.ts';

/** Calls that the compiler refuses need a cast to get as far as the guard. */
type Unchecked = never;

export const openSafeCollection: OpenLibrary = async (uri, database, { username, body }) => {
  const client = await new MongoClient(uri).connect();
  const userView = defineView<StoredUser>()({
    public: { username: 1, age: 1, 'profile.bio': 1 },
    writable: { age: 1, 'profile.bio': 1 },
  });
  const users = new SafeCollection(client.db(database).collection<StoredUser>('users'), userView);
  return {
    name: 'safe-collection',
    calls: {
      byName: () => users.findOne({ username: 'ada' } as Unchecked, {} as Unchecked),
      onlyName: () => users.findOne({ username: 'ada' }, { projection: { username: 1 } }),
      profile: () => users.findOne({ username: 'ada' }, { projection: { profile: 1 } }),
      withoutHash: () => users.findOne({ username: 'ada' }, { projection: { password_hash: 0 } as Unchecked }),
      operator: () => users.find({ username }, { projection: { username: 1 } }).toArray(),
      guess: () => users.countDocuments({ password_hash: /^\$2b/ } as Unchecked),
      body: () => users.updateOne({ username: 'ada' }, { $set: body }),
    },
    close: () => client.close(),
  };
};
