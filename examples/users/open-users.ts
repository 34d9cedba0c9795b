import type { Db } from 'mongodb';
import { type CollectionOf, SafeCollection } from 'safe-collection';

import type { User } from './user.ts';
import { userView } from './user-view.ts';

export type Users = CollectionOf<typeof userView>;

/** The only place of this service that has the raw database. The returned collection gives access to no other document or field. */
export function openUsers(db: Db): Users {
  return new SafeCollection(db.collection<User>('users'), userView);
}
