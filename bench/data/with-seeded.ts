import { randomUUID } from 'node:crypto';

import { MongoClient } from 'mongodb';

import { startServer } from '../../scripts/mongod/start-server.ts';
import { seed } from './seed.ts';

/** Starts a MongoDB server, stores users in a database of their own, measures, and drops and stops them. */
export async function withSeeded(
  users: number,
  measure: (uri: string, database: string) => Promise<void>,
): Promise<void> {
  const server = await startServer();
  const client = await new MongoClient(server.uri).connect();
  const database = `safe-collection-bench-${randomUUID()}`;
  try {
    console.error(`bench: storing ${users.toLocaleString('en')} users`);
    await seed(client.db(database), { users, orders: 0 });
    await measure(server.uri, database);
  } finally {
    await client.db(database).dropDatabase();
    await client.close();
    await server.stop();
  }
}
