import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';

import { startServer } from '../scripts/mongod/start-server.ts';
import { paper } from './demo/paper.ts';
import { runDemo } from './demo/run-demo.ts';

const server = await startServer();
try {
  await using client = await new MongoClient(server.uri).connect();
  // The server may be the user's own, so the demo uses a separate database and drops only that.
  const db = client.db(`safe-collection-example-${randomBytes(6).toString('hex')}`);
  try {
    await runDemo(db, paper);
  } finally {
    await db.dropDatabase();
  }
} finally {
  await server.stop();
}
