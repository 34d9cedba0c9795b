import type { Collection, Db } from 'mongodb';
import { ObjectId } from 'mongodb';
import { SafeCollection } from 'safe-collection';
import { loose, type Loose } from './loose.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import { userView, type User } from './user-view.ts';

/** The ids of the documents in both worlds. */
export const IDS = Array.from({ length: 5 }, (_, index) => new ObjectId(`65a00000000000000000000${index}`));

/** The data that both worlds share. */
const PUBLIC: readonly object[] = [
  {
    username: 'ada',
    email: 'ada@example.org',
    age: 36,
    credits: 5,
    tags: ['math', 'poetry'],
    joined_at: new Date(1e12),
    nickname: 'countess',
  },
  { username: 'bob', email: 'bob@example.org', age: 20, credits: 0, tags: [], joined_at: new Date(2e12) },
  {
    username: 'cyd',
    email: 'cyd@example.org',
    age: 50,
    credits: -1,
    tags: ['dance', 'film', 'dance'],
    joined_at: new Date(3e12),
  },
  { username: 'dov', age: 61, tags: ['chess'], nickname: 'rook' },
  { username: 'eve', email: 'eve@example.org', age: 29, credits: 5 },
];

const BIOS = ['countess', 'builder', 'dancer', undefined, 'listens'];
const CITIES = [['London', 'Paris', 'London'], ['Oslo'], [], undefined, ['Rome', 'Oslo']];

/** Two stored documents that agree on all that is public and on `_id`, and on nothing else. */
function pair(index: number): readonly [left: object, right: object] {
  const shared = { _id: IDS[index], ...PUBLIC[index] };
  const bio = BIOS[index];
  const profile = bio === undefined ? {} : { bio };
  const cities = CITIES[index];
  const addresses = (each: (place: number) => object) =>
    cities === undefined ? {} : { addresses: cities.map((city, place) => ({ city, ...each(place) })) };
  const left = {
    ...shared,
    profile: { ...profile, ssn: `111-${index}` },
    ...addresses((place) => ({ street: `${9 - place} Left St`, access_code: `L${place}` })),
    password_hash: `left-${index}`,
    api_key: `aaaa${index}`,
    internal_role: index % 2 === 0 ? 'admin' : 'user',
    recovery_phrase: 'correct horse',
    sessions: [
      { device: 'phone', token: `t${index}` },
      { device: 'laptop', token: 'u' },
    ],
    tenant: 'north',
  };
  const right = {
    tenant: 'south',
    ...(index === 1 ? {} : { api_key: `zzzz-much-longer-${9 - index}` }),
    ...shared,
    ...addresses((place) => (place === 1 ? {} : { access_code: `R${9 - place}`, street: ['a', 'drifted'] })),
    profile: { ssn: { drifted: true, number: 222 + index }, ...profile },
    internal_role: 'user',
    ...(index % 2 === 0 ? { password_hash: null } : {}),
    ...(index === 2 ? { sessions: 'drifted' } : {}),
  };
  return [left, right];
}

/** One world: a collection, and its guarded form. */
export interface World {
  readonly raw: Collection<User>;
  readonly users: Loose;
}

/** The outcome of a call in a world, and the public data afterwards. */
export interface Seen {
  readonly outcome: Outcome;
  readonly state: readonly object[];
}

/** Two databases, equal on public data and ids, different in every private value. */
export class Worlds {
  readonly left: World;
  readonly right: World;

  constructor(db: Db, view: object = userView, name = 'users') {
    const world = (side: string): World => {
      const raw = db.collection<User>(`${name}_${side}`);
      return { raw, users: loose(new SafeCollection(raw, view as typeof userView)) };
    };
    this.left = world('left');
    this.right = world('right');
  }

  /** Resets both worlds. */
  async reset(): Promise<void> {
    await Promise.all([this.left.raw.deleteMany({}), this.right.raw.deleteMany({})]);
    const pairs = IDS.map((_, index) => pair(index));
    await this.left.raw.insertMany(pairs.map(([left]) => left) as never);
    await this.right.raw.insertMany(pairs.map(([, right]) => right) as never);
  }

  /** Resets both worlds, runs one call in each, and returns what can be seen. */
  async compare(
    call: (users: Loose, raw: Collection<User>) => Promise<unknown>,
  ): Promise<readonly [left: Seen, right: Seen]> {
    await this.reset();
    return [await see(this.left, call), await see(this.right, call)];
  }
}

async function see(
  { users, raw }: World,
  call: (users: Loose, raw: Collection<User>) => Promise<unknown>,
): Promise<Seen> {
  const outcome = await outcomeOf(() => call(users, raw));
  const stored = await raw.find({}, { projection: PUBLIC_PROJECTION }).toArray();
  const known = new Set(IDS.map(String));
  const state = stored.map((document) => (known.has(String(document._id)) ? document : { ...document, _id: '(new)' }));
  return { outcome: hideName(outcome), state };
}

/** The worlds' collections have two names, and errors contain that name if the view has no name. */
function hideName(outcome: Outcome): Outcome {
  return outcome.error === undefined ? outcome : { error: outcome.error.replaceAll(/users_(left|right)/g, 'users') };
}

const PUBLIC_PROJECTION = {
  username: 1,
  email: 1,
  age: 1,
  credits: 1,
  tags: 1,
  joined_at: 1,
  nickname: 1,
  'profile.bio': 1,
  'profile.avatar': 1,
  'addresses.city': 1,
} as const;
