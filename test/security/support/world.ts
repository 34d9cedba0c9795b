import { randomBytes } from 'node:crypto';

import { ObjectId, type Db, type MongoClient } from 'mongodb';
import { createSafeDb, defineView, subtree } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

export interface Account {
  _id: ObjectId;
  tenant: string;
  username: string;
  age: number;
  team: number;
  tags: string[];
  password_hash?: string;
  profile?: { bio?: string; ssn?: string };
  addresses?: { city: string; access_code?: string }[];
  settings: Record<string, unknown>;
  scores: { '2024': number; '2025'?: number };
}

export interface Team {
  _id: ObjectId;
  tenant: string;
  number: number;
  title: string;
  budget?: string;
}

const ACCOUNT = {
  public: {
    username: 1,
    age: 1,
    team: 1,
    tags: 1,
    'profile.bio': 1,
    'addresses.city': 1,
    settings: subtree,
    'scores.2024': 1,
  },
  writable: {
    username: 1,
    age: 1,
    tags: 1,
    'profile.bio': 1,
    'addresses.city': 1,
    settings: subtree,
    'scores.2024': 1,
  },
  arrays: { tags: 1, addresses: 1 },
} as const;

const accountView = defineView<Account>()(ACCOUNT);
const teamView = defineView<Team>()({ public: { number: 1, title: 1 } });
const scopedAccountView = defineView<Account>()({ ...ACCOUNT, scope: { tenant: 1 } });
const scopedTeamView = defineView<Team>()({ public: { number: 1, title: 1 }, scope: { tenant: 1 } });

/** The same sealing key in both worlds. */
const SEAL = { sealKeys: [randomBytes(32)] };
const REASON = { reason: 'test' } as const;

export const shopOf = (db: Db) => createSafeDb(db, { accounts: accountView, teams: teamView }, SEAL);
export const scopedShopOf = (db: Db) =>
  createSafeDb(db, { accounts: scopedAccountView, teams: scopedTeamView }, SEAL).scoped({ tenant: 'acme' });
export const privilegedOf = (db: Db) =>
  new PrivilegedCollection(db.collection<Account>('accounts'), accountView, REASON);
export const scopedPrivilegedOf = (db: Db) =>
  new PrivilegedCollection(db.collection<Account>('accounts'), scopedAccountView, REASON).scoped({ tenant: 'acme' });

/** Two databases: equal on public data, ids and the rows of `acme`; different in every private value and in the rows of others. */
export type World = 0 | 1;

const NAMES = ['ada', 'bob', 'cyd', 'dan'];
export const IDS = NAMES.map((_, index) => new ObjectId(`65a00000000000000000000${index}`));

/** The rank turns the order of private values round between the worlds. */
function accountOf(index: number, world: World, tenant: string): Account {
  const rank = world === 0 ? index : 3 - index;
  return {
    _id: IDS[index] as ObjectId,
    tenant,
    username: NAMES[index] as string,
    age: 20 + index,
    team: index % 2,
    tags: ['all', `t${index}`],
    password_hash: `zebra-${'x'.repeat(rank)}`,
    profile: { bio: `bio of ${NAMES[index]}`, ...(rank % 2 === 0 ? { ssn: `zebra-${rank}` } : {}) },
    addresses: [{ city: index % 2 === 0 ? 'London' : 'Oslo', access_code: `zebra-${9 - rank}` }, { city: 'Paris' }],
    settings: { theme: index % 2 === 0 ? 'light' : 'dark' },
    scores: { '2024': index, ...(rank % 3 === 0 ? {} : { '2025': rank * 10 }) },
  };
}

function teamsOf(world: World, tenant: string, base: number): Team[] {
  return [0, 1].map((number) => ({
    _id: new ObjectId(`65b0000000000000000000${base}${number}`),
    tenant,
    number,
    title: tenant === 'acme' ? `team ${number}` : `zebra team ${number}`,
    budget: `zebra-${world === 0 ? number : 9 - number}`,
  }));
}

/** The rows of others: one in the first world, several of every name in the second. */
function othersOf(world: World): Account[] {
  const count = world === 0 ? 1 : 5;
  return Array.from({ length: count }, (_, index) => ({
    ...accountOf(index % 4, world, 'globex'),
    _id: new ObjectId(`65c00000000000000000000${index}`),
    age: 90 + index,
    profile: { bio: 'zebra of globex', ssn: `zebra-${index}` },
    settings: { theme: 'zebra' },
    tags: ['zebra'],
    scores: { '2024': 900 + index },
  }));
}

export function accountsIn(world: World, isScoped: boolean): Account[] {
  const own = IDS.map((_, index) => accountOf(index, world, 'acme'));
  return isScoped ? [...othersOf(world).slice(1), ...own, ...othersOf(world).slice(0, 1)] : own;
}

/** Makes the collections, which keep images for streams, and stores their rows. */
export async function createWorld(db: Db, world: World, isScoped: boolean): Promise<void> {
  await createAccounts(db);
  const others = isScoped ? teamsOf(world, 'globex', 1).slice(0, 2 - world) : [];
  await db.collection<Team>('teams').insertMany([...others, ...teamsOf(world, 'acme', 0)]);
  await restoreWorld(db, world, isScoped);
}

/** Makes the collection, unless a call that was to drop it failed before. */
export async function createAccounts(db: Db): Promise<void> {
  if ((await db.listCollections({ name: 'accounts' }).toArray()).length > 0) return;
  await db.createCollection('accounts', { changeStreamPreAndPostImages: { enabled: true } });
}

export async function restoreWorld(db: Db, world: World, isScoped: boolean): Promise<void> {
  const accounts = db.collection<Account>('accounts');
  await accounts.deleteMany({});
  await accounts.insertMany(accountsIn(world, isScoped));
}

/** The databases of both worlds, unscoped and scoped. */
export interface Databases {
  readonly plain: readonly [Db, Db];
  readonly scoped: readonly [Db, Db];
}

export function databasesOf(client: MongoClient): Databases {
  const name = `security_${randomBytes(6).toString('hex')}`;
  const pair = (suffix: string): readonly [Db, Db] => [
    client.db(`${name}_${suffix}0`),
    client.db(`${name}_${suffix}1`),
  ];
  return { plain: pair('p'), scoped: pair('s') };
}
