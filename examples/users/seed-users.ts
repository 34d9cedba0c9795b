import { type Db, ObjectId } from 'mongodb';

import type { User } from './user.ts';

/** Sample users with all the fields of a real collection. */
export async function seedUsers(db: Db): Promise<readonly User[]> {
  const users = [
    user({
      username: 'ada',
      internal_role: 'admin',
      profile: { bio: 'Writes notes on engines.', avatar: '/img/ada.png', ssn: '000-12-1815' },
      addresses: [
        { city: 'London', street: '12 St James Square', geo: [-0.135, 51.507], access_code: '1852#' },
        { city: 'Ockham', street: '1 Park Lane', geo: [-0.461, 51.295], access_code: '1835*' },
      ],
    }),
    user({ username: 'grace', profile: { avatar: '/img/grace.png', ssn: '000-09-1906' } }),
    user({ username: 'alan' }),
  ];
  await db.collection<User>('users').createIndex({ username: 1 }, { unique: true });
  await db.collection<User>('users').insertMany(users);
  return users;
}

function user({ username, ...rest }: Pick<User, 'username'> & Partial<User>): User {
  return {
    _id: new ObjectId(),
    username,
    email: `${username}@example.com`,
    joined_at: new Date('2026-03-14T09:26:53Z'),
    password_hash: '$2b$12$Kq0mJ8Zr4nVtP1yXw9uBEe',
    api_key: `sk_live_${username}_51Hx9Qe7`,
    internal_role: 'user',
    addresses: [],
    sessions: [{ token: `sess_${username}_8f14e45f`, expires_at: new Date('2026-12-31T00:00:00Z') }],
    ...rest,
  };
}
