import { randomBytes } from 'node:crypto';

import { MongoClient, ObjectId, type Document } from 'mongodb';
import { createSafeDb, SafeCollection } from 'safe-collection';

import { orderView, userView, type Order, type User } from './views.ts';

const PRODUCTS = ['tea', 'cup', 'pot', 'ink', 'pen'] as const;
const CITIES = ['Oslo', 'Rome', 'Bonn'] as const;

/** The n-th id, the same in each world. */
export function id(kind: 'user' | 'order', n: number): ObjectId {
  return new ObjectId(`${kind === 'user' ? '64' : '65'}0000000000000000${n.toString(16).padStart(6, '0')}`);
}

/**
 * Users that agree on all public data between worlds and differ in every private value, its length, its presence and
 * the order that it induces.
 */
export function usersOf(world: 0 | 1): User[] {
  return Array.from({ length: 6 }, (_, n) => ({
    _id: id('user', n),
    username: `user${n}`,
    email: `u${n % 4}@example.org`,
    ...(n % 3 === 0 ? {} : { age: 20 + n }),
    joined_at: new Date(Date.UTC(2025, n, 1 + n)),
    password_hash: world === 0 ? `h${n}` : `hash-${99 - n}`.repeat(3),
    ...((n + world) % 2 === 0 ? { api_key: `k${world}${n}` } : {}),
    internal_role: world === 0 ? `role${n}` : `r${9 - n}`,
    ...(n % 4 === 3
      ? {}
      : {
          profile: {
            ...(n % 2 === 0 ? { bio: `bio ${n}` } : {}),
            avatar: `${n}.png`,
            ...((n + world) % 3 === 0 ? {} : { ssn: `${world}${n}` }),
          },
        }),
    addresses: CITIES.slice(0, n % 4).map((city, i) => ({
      city,
      street: `${world * 7 - i}`,
      ...((i + world) % 2 === 0 ? {} : { access_code: `${world}` }),
    })),
  }));
}

/** Orders, likewise. */
export function ordersOf(world: 0 | 1): Order[] {
  return Array.from({ length: 14 }, (_, n) => ({
    _id: id('order', n),
    user_id: id('user', n % 5),
    product: PRODUCTS[n % PRODUCTS.length] as string,
    quantity: 1 + ((n * 7) % 5),
    price: 2.5 * (1 + (n % 3)),
    order_date: new Date(Date.UTC(2026, n % 3, 1 + n, n)),
    ...(n % 3 === 0 ? { note: `note ${n % 2}` } : {}),
    tags: ['hot', 'new', 'sale'].slice(0, n % 4),
    ship:
      n % 5 === 4
        ? null
        : {
            city: CITIES[n % 3] as string,
            ...(n % 2 === 0 ? { zip: `0${n}` } : {}),
            driver: `${world === 0 ? n : 50 - n}`,
          },
    items: Array.from({ length: n % 3 }, (__, i) => ({
      sku: `s${i}${n % 2}`,
      n: i + 1,
      cost: world === 0 ? i : 100 - n * i,
    })),
    ...((n + world) % 2 === 0 ? {} : { cost_center: `${world === 0 ? 'cc' : 'center'}${world === 0 ? n : 40 - n}` }),
    ...((n + world) % 3 === 0
      ? {}
      : { internal_notes: Array.from({ length: n % (2 + world) }, () => `secret ${world}`) }),
    ...((n * 5 + world) % 3 === 0 ? {} : { margin: world === 0 ? n : -n }),
  }));
}

/** A world on the server: a separate database with both collections. */
export type World = Awaited<ReturnType<typeof openWorld>>;

/** Makes a world; `close` drops its database and nothing else. */
export async function openWorld(uri: string, world: 0 | 1) {
  const started: string[] = [];
  const pipelines: Document[][] = [];
  const client = new MongoClient(uri, { monitorCommands: true });
  client.on('commandStarted', ({ commandName, command }) => {
    started.push(commandName);
    if (commandName === 'aggregate') pipelines.push(structuredClone(command['pipeline']));
  });
  const db = client.db(`safe_aggregate_${randomBytes(6).toString('hex')}`);
  await db.collection<User>('users').insertMany(usersOf(world));
  await db.collection<Order>('orders').insertMany(ordersOf(world));
  const forget = (): void => {
    started.length = 0;
    pipelines.length = 0;
  };
  forget();
  return {
    client,
    db,
    /** The names of the commands that were sent since `forget()`, and the pipelines among them. */
    started,
    pipelines,
    forget,
    users: new SafeCollection(db.collection<User>('users'), userView),
    orders: new SafeCollection(db.collection<Order>('orders'), orderView),
    safe: createSafeDb(db, { users: userView, orders: orderView }),
    async close() {
      await db.dropDatabase();
      await client.close();
    },
  };
}
