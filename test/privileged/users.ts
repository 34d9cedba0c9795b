import { randomUUID } from 'node:crypto';

import { type Collection, type CommandStartedEvent, type Db, MongoClient, ObjectId } from 'mongodb';
import { afterAll, beforeEach, inject } from 'vitest';

import { defineView } from '../../src/index.ts';
import { PrivilegedCollection, type PrivilegedRead } from '../../src/privileged.ts';

export interface User {
  _id: ObjectId;
  username: string;
  email: string;
  joined_at: Date;
  password_hash: string;
  api_key?: string;
  internal_role: string;
  deleted_at: Date | null;
  profile?: { bio?: string; avatar: string; ssn: string };
  addresses: { city: string; street: string; access_code: string }[];
  scopes: string[];
  settings: Record<string, unknown>;
  limits: Record<string, number>;
}

/** The reference view: `_id` is not public. */
export const userView = defineView<User>()({
  name: 'users',
  public: { username: 1, email: 1, joined_at: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
  arrays: { addresses: 1 },
});

export const ADA: User = {
  _id: new ObjectId(),
  username: 'ada',
  email: 'ada@example.com',
  joined_at: new Date('2024-01-01T00:00:00Z'),
  password_hash: 'hash-of-ada',
  api_key: 'key-of-ada',
  internal_role: 'admin',
  deleted_at: null,
  profile: { bio: 'first', avatar: 'ada.png', ssn: 'ssn-of-ada' },
  addresses: [
    { city: 'London', street: 'St James Sq', access_code: 'code-1-of-ada' },
    { city: 'Paris', street: 'Rue de Rivoli', access_code: 'code-2-of-ada' },
  ],
  scopes: ['read', 'write'],
  settings: { theme: { dark: true } },
  limits: { hourly: 10 },
};

export const BOB: User = {
  _id: new ObjectId(),
  username: 'bob',
  email: 'bob@example.com',
  joined_at: new Date('2025-01-01T00:00:00Z'),
  password_hash: 'hash-of-bob',
  internal_role: 'support',
  deleted_at: new Date('2025-06-01T00:00:00Z'),
  addresses: [],
  scopes: [],
  settings: {},
  limits: {},
};

/** Every private value of the two. None of them may be in anything that was not opened with `expose()`. */
export const SECRETS = ['hash-of-ada', 'key-of-ada', 'ssn-of-ada', 'code-1-of-ada', 'code-2-of-ada', 'hash-of-bob'];

const READS: ReadonlySet<string> = new Set(['find', 'aggregate', 'distinct', 'count', 'getMore']);

export interface Fixture {
  readonly db: Db;
  /** The read commands that were sent since the last call. */
  readonly sent: () => CommandStartedEvent[];
}

/** A database of the test file's own, with ada and bob in `users`. */
export async function usersFixture(): Promise<Fixture> {
  const client = new MongoClient(inject('mongodbUri'), { monitorCommands: true });
  const db = client.db(`test_${randomUUID()}`);
  const commands: CommandStartedEvent[] = [];
  client.on('commandStarted', (event) => {
    if (READS.has(event.commandName)) commands.push(event);
  });
  await db.collection<User>('users').insertMany([ADA, BOB]);
  afterAll(async () => {
    await db.dropDatabase();
    await client.close();
  });
  return { db, sent: () => commands.splice(0) };
}

/** The reads as called from JavaScript, without a compiler. */
export type Loose = Record<
  'find' | 'findOne' | 'exists' | 'countDocuments' | 'distinct',
  (...args: readonly unknown[]) => unknown
>;

export const PROJECTION = { projection: { username: 1, password_hash: 1 } };

/** The fixture with a privileged collection and the records of its reads; both are reset for each test. */
export async function loginsFixture() {
  const { db, sent } = await usersFixture();
  const users: Collection<User> = db.collection<User>('users');
  const reads: PrivilegedRead[] = [];
  const logins = new PrivilegedCollection(users, userView, {
    reason: 'login',
    onPrivilegedRead: (read) => void reads.push(read),
  });
  beforeEach(() => {
    reads.length = 0;
    sent();
  });
  return { db, sent, users, reads, logins, loose: logins as unknown as Loose };
}
