import { randomBytes, randomUUID } from 'node:crypto';
import { inspect } from 'node:util';

import { MongoClient, ObjectId, type CommandStartedEvent, type Db } from 'mongodb';
import { defineView, SafeCollection, type CollectionOf } from 'safe-collection';
import { afterAll, beforeAll, expect, inject } from 'vitest';

export interface User {
  _id: ObjectId;
  username: string;
  email: string;
  joined_at: Date;
  age: number;
  password_hash?: string;
  internal_role?: string;
  profile?: { bio?: string; avatar: string; ssn?: string };
  addresses: { city: string; access_code?: string }[];
}

export const userView = defineView<User>()({
  public: { username: 1, email: 1, joined_at: 1, age: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
  arrays: { addresses: 1 },
});

const KEY = randomBytes(32);

export type Users = CollectionOf<typeof userView>;

/** The public half, the same in both worlds; the order of the private values is turned round between them. */
const IDS = ['ada', 'bob', 'cyd', 'dan'].map((username, index) => ({ username, index, _id: new ObjectId() }));

function documents(world: 0 | 1): User[] {
  return IDS.map(({ username, index, _id }) => {
    const rank = world === 0 ? index : IDS.length - index;
    return {
      _id,
      username,
      email: `${username}@example.com`,
      joined_at: new Date(2020, index),
      age: 20 + index,
      profile: { bio: `bio ${username}`, avatar: 'a.png', ...(rank % 2 === 0 ? { ssn: 'S'.repeat(rank + 1) } : {}) },
      addresses: [{ city: 'London', access_code: String(rank) }, { city: 'Paris' }],
      ...(rank % 3 === 0
        ? {}
        : { password_hash: `hash-${'x'.repeat(rank)}`, internal_role: rank === 1 ? 'admin' : 'user' }),
    };
  });
}

/** Two databases, equal on all public data and ids, different in every private value, length, presence and order. */
export function twoWorlds() {
  const client = new MongoClient(inject('mongodbUri'), { monitorCommands: true });
  const dbs: Db[] = [0, 1].map(() => client.db(`safe-collection-${randomUUID()}`));
  const commands: string[] = [];
  client.on('commandStarted', ({ commandName }: CommandStartedEvent) => commands.push(commandName));
  const raw = (world: 0 | 1 = 0) => (dbs[world] as Db).collection<User>('users');
  const users = (world: 0 | 1 = 0): Users => new SafeCollection(raw(world), userView, { sealKeys: [KEY] });

  beforeAll(async () => {
    for (const world of [0, 1] as const) await raw(world).insertMany(documents(world));
  });
  afterAll(async () => {
    for (const db of dbs) await db.dropDatabase();
    await client.close();
  });

  return {
    client,
    raw,
    users,
    /** Runs an accepted call in both worlds: what it gives, or how it fails, is the same. */
    async sameInBoth(call: (users: Users) => Promise<unknown>): Promise<unknown> {
      const [first, second] = await Promise.all([outcome(call(users(0))), outcome(call(users(1)))]);
      expect(second).toEqual(first);
      return first;
    },
    /** Runs a refused call: a clear error, and no command on the wire. */
    async refused(call: (users: Users) => unknown, code: string): Promise<void> {
      commands.length = 0;
      await expect((async () => await call(users()))()).rejects.toMatchObject({ code });
      expect(commands).toEqual([]);
    },
  };
}

async function outcome(call: Promise<unknown>): Promise<unknown> {
  return await call.catch((error: unknown) => ({
    error: JSON.stringify(error),
    text: String(error),
    shown: inspect(error).split('\n')[0],
  }));
}
