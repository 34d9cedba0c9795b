import type { Db, ObjectId } from 'mongodb';

import type { User } from './user.ts';

/** The driver calls that the routes replace, only for the demo, which shows their results. */
export function rawUserCalls(db: Db) {
  const users = db.collection<User>('users');
  return {
    byId: (_id: ObjectId) => users.findOne({ _id }),
    byUsername: (username: string) => users.findOne({ username }),
    summary: (_id: ObjectId) => users.findOne({ _id }, { projection: { password_hash: 0, api_key: 0 } }),
    search: (username: string) => users.find({ username }).limit(20).toArray(),
  };
}
