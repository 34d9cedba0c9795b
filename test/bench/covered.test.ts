import { randomUUID } from 'node:crypto';
import { type CommandStartedEvent, type Document, MongoClient } from 'mongodb';
import { op, SafeCollection } from 'safe-collection';
import { expect, inject, it } from 'vitest';

import type { BenchUser } from '../../bench/data/bench-user.ts';
import { benchView } from '../../bench/data/bench-view.ts';
import { makeUser, usernameOf } from '../../bench/data/make-user.ts';

it('a read is answered from an index that holds its paths: no document is looked at', async () => {
  const client = new MongoClient(inject('mongodbUri'), { monitorCommands: true });
  const db = client.db(`safe-collection-${randomUUID()}`);
  const finds: Document[] = [];
  client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
    if (commandName === 'find') finds.push(command);
  });
  try {
    const users = new SafeCollection(db.collection<BenchUser>('users'), benchView);
    await db.collection<BenchUser>('users').insertMany(Array.from({ length: 200 }, (_, index) => makeUser(index)));
    await db.collection('users').createIndex({ username: 1, email: 1, joined_at: 1 });
    const page = await users
      .find(
        { username: op({ $gte: usernameOf(50) }) },
        { projection: ['username', 'email', 'joined_at'], sort: { username: 1 }, limit: 20 },
      )
      .toArray();
    expect(page).toHaveLength(20);

    // The sent commands, without those of the connection.
    const { find, filter, projection, sort, limit } = finds[0] ?? {};
    const explained = await db.command({
      explain: { find, filter, projection, sort, limit },
      verbosity: 'executionStats',
    });
    expect(explained['executionStats']).toMatchObject({ totalDocsExamined: 0, nReturned: 20 });
  } finally {
    await db.dropDatabase();
    await client.close();
  }
});
