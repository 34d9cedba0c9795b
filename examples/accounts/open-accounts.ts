import type { Db } from 'mongodb';
import { SafeCollection } from 'safe-collection';
import { PrivilegedCollection, type PrivilegedSettings } from 'safe-collection/privileged';

import type { User } from '../users/user.ts';
import { userView } from '../users/user-view.ts';

export type Accounts = ReturnType<typeof openAccounts>;

/**
 * The only place of this service that has the raw database. Each route gets the handle that it needs; every record of a
 * privileged read has its reason. A lint rule keeps `safe-collection/privileged` in this folder.
 */
export function openAccounts(db: Db, onPrivilegedRead: NonNullable<PrivilegedSettings['onPrivilegedRead']>) {
  const raw = db.collection<User>('users');
  const privileged = (reason: string) => new PrivilegedCollection(raw, userView, { reason, onPrivilegedRead });
  return {
    users: new SafeCollection(raw, userView),
    logins: privileged('login'),
    keys: privileged('api key'),
    reports: privileged('admin report'),
  };
}
