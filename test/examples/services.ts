import { randomUUID } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';
import { inject, onTestFinished } from 'vitest';

import { serve } from '../../examples/http/serve.ts';
import { openOrders } from '../../examples/orders/open-orders.ts';
import { orderRoutes } from '../../examples/orders/order-routes.ts';
import { seedOrders } from '../../examples/orders/seed-orders.ts';
import { openUsers } from '../../examples/users/open-users.ts';
import { seedUsers } from '../../examples/users/seed-users.ts';
import { userRoutes } from '../../examples/users/user-routes.ts';

/** A seeded database with both services on it, removed after the test. */
export async function startServices() {
  const client = await new MongoClient(inject('mongodbUri')).connect();
  onTestFinished(() => client.close());
  const db: Db = client.db(`safe-collection-${randomUUID()}`);
  onTestFinished(async () => void (await db.dropDatabase()));
  const [ada, grace, alan] = await seedUsers(db);
  if (!ada || !grace || !alan) throw new Error('Three users are needed.');
  const orders = await seedOrders(db, ada._id);
  const services = { users: await serve(userRoutes(openUsers(db))), orders: await serve(orderRoutes(openOrders(db))) };
  onTestFinished(() => services.users[Symbol.asyncDispose]());
  onTestFinished(() => services.orders[Symbol.asyncDispose]());
  return {
    db,
    ada,
    alan,
    orders,
    send: async (
      service: keyof typeof services,
      method: 'POST' | 'PATCH',
      path: string,
      body: unknown,
      headers: Readonly<Record<string, string>> = {},
    ) => {
      const response = await fetch(services[service].url + path, {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, text, body: JSON.parse(text) as unknown };
    },
    get: async (service: keyof typeof services, path: string) => {
      const response = await fetch(services[service].url + path);
      const text = await response.text();
      return { status: response.status, text, body: JSON.parse(text) as unknown };
    },
  };
}
