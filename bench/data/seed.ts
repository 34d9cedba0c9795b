import type { Db, Document } from 'mongodb';

import type { Size } from '../size.ts';
import { makeOrder } from './make-order.ts';
import { makeUser } from './make-user.ts';

const CHUNK = 5_000;

/**
 * Stores the data: `users`, the same users as `covered` with an index on every path of a narrow projection, and
 * `orders`.
 */
export async function seed(db: Db, { users, orders }: Pick<Size, 'users' | 'orders'>): Promise<void> {
  await fill(db, 'users', users, makeUser);
  await db
    .collection('users')
    .aggregate([{ $out: 'covered' }])
    .toArray();
  await fill(db, 'orders', orders, makeOrder);
  await db
    .collection('users')
    .createIndexes([{ key: { username: 1 }, unique: true }, { key: { joined_at: 1 } }, { key: { age: 1 } }]);
  await db.collection('covered').createIndex({ username: 1, email: 1, joined_at: 1 });
  await db
    .collection('orders')
    .createIndexes([
      { key: { order_date: 1 } },
      { key: { order_date: 1, _id: 1 } },
      { key: { product: 1 } },
      { key: { user_id: 1, order_date: 1 } },
    ]);
}

async function fill(db: Db, name: string, count: number, make: (number: number) => Document): Promise<void> {
  for (let first = 0; first < count; first += CHUNK) {
    const length = Math.min(CHUNK, count - first);
    await db.collection(name).insertMany(Array.from({ length }, (_, index) => make(first + index)));
  }
}
