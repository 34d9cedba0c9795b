import type { Db } from 'mongodb';

import type { User } from '../users/user.ts';
import { hashPassword } from './password.ts';

/** Gives seeded users a password, as a registration would have. */
export async function seedAccounts(db: Db, passwords: Readonly<Record<string, string>>): Promise<void> {
  const users = db.collection<User>('users');
  for (const [username, password] of Object.entries(passwords)) {
    await users.updateOne({ username }, { $set: { password_hash: await hashPassword(password) } });
  }
}
