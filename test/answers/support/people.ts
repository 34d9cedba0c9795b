import { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp, type Db } from 'mongodb';
import { createSafeDb, defineView, opaqueId, subtree } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import type { AnswerWorld } from './answer-list.ts';

/** Ids that a recorder keeps. */
export const idOf = (number: number): ObjectId => new ObjectId(number.toString(16).padStart(24, '6666666600000000'));

interface Address {
  city: string;
  tags?: string[];
  code?: string;
}

export interface Person {
  _id: ObjectId;
  username: string;
  email: string | null;
  age: number;
  score: number;
  balance?: Decimal128;
  visits?: Long;
  joined_at: Date;
  avatar?: Binary;
  active?: boolean;
  boss_id?: ObjectId | null;
  tags: string[];
  nick?: string | string[];
  grid?: number[][];
  profile?: { bio?: string; links?: string[]; ssn?: string } | null;
  addresses: Address[];
  settings?: Record<string, unknown>;
  scores: Record<string, number>;
  place?: unknown;
  password_hash: string;
  api_key?: string;
  rank: number;
}

/** The paths that everybody may read and write. */
const OPEN = {
  boss: opaqueId('boss_id'),
  username: 1,
  email: 1,
  age: 1,
  score: 1,
  balance: 1,
  visits: 1,
  avatar: 1,
  active: 1,
  tags: 1,
  nick: 1,
  grid: 1,
  'profile.bio': 1,
  'profile.links': 1,
  'addresses.city': 1,
  'addresses.tags': 1,
  settings: subtree,
  'scores.2024': 1,
} as const;

export const personView = defineView<Person>()({
  name: 'person',
  public: { id: opaqueId('_id'), ...OPEN, joined_at: 1 },
  writable: { ...OPEN, boss: 1, api_key: 1 },
  filterable: { rank: 1, email: 0 },
  sortable: { rank: 1, score: 0 },
  arrays: { tags: 1, nick: [0, 1], grid: 2, 'profile.links': 1, addresses: 1, 'addresses.tags': 1 },
  geo: { place: 1 },
} as never);

/** With the `_id` itself. */
export const plainView = defineView<Person>()({
  name: 'plain',
  public: { _id: 1, username: 1, age: 1, tags: 1 },
  arrays: { tags: 1 },
} as never);

export interface Post {
  _id: ObjectId;
  author: string;
  title: string;
  words: number;
  lines: { text: string; secret: string }[];
  draft?: string;
}

export const postView = defineView<Post>()({
  name: 'post',
  public: { author: 1, title: 1, words: 1, 'lines.text': 1 },
  writable: { title: 1, words: 1 },
  arrays: { lines: 1 },
} as never);

function personOf(number: number): Person {
  const isOdd = number % 2 === 1;
  return {
    _id: idOf(number),
    username: ['ada', 'bob', 'cyd', 'dan', 'eve', 'fay'][number] as string,
    email: isOdd ? `p${number}@example.org` : null,
    age: 20 + number,
    score: number + 0.5,
    ...(number > 0 && { balance: Decimal128.fromString(`${number}.10`), visits: Long.fromNumber(2 ** 40 + number) }),
    joined_at: new Date(Date.UTC(2020, number, 1)),
    ...(number > 1 && { avatar: new Binary(Buffer.from([number, 2, 3])), active: isOdd }),
    boss_id: number === 0 ? null : idOf(number - 1),
    tags: ['all', `t${number % 3}`].slice(0, number % 3),
    ...(number > 0 && { nick: isOdd ? `n${number}` : [`n${number}`, 'x'] }),
    ...(number > 2 && {
      grid: [
        [1, number],
        [2, 3],
      ],
    }),
    ...(number !== 4 && {
      profile: number === 5 ? null : { bio: `bio ${number}`, links: ['a', 'b'], ssn: `s${number}` },
    }),
    addresses: Array.from({ length: number % 4 }, (_, at) => ({
      city: ['London', 'Oslo', 'Paris'][at] as string,
      ...(at > 0 && { tags: ['home', `h${at}`] }),
      code: `c${at}`,
    })),
    ...(number < 4 && { settings: { theme: isOdd ? 'dark' : 'light', deep: { list: [1, { a: 'b' }] } } }),
    scores: { '2024': number, '2025': 90 + number },
    place: { type: 'Point', coordinates: [number, 50 + number] },
    password_hash: `hash ${number}`,
    ...(isOdd && { api_key: `key ${number}` }),
    rank: 9 - number,
  };
}

function postOf(number: number): Post {
  return {
    _id: idOf(100 + number),
    author: ['ada', 'bob', 'ada', 'zoe'][number] as string,
    title: `post ${number}`,
    words: number * 100,
    lines: [
      { text: `line ${number}`, secret: 's' },
      { text: 'end', secret: 't' },
    ],
    ...(number === 1 && { draft: 'd' }),
  };
}

const SEAL = { sealKeys: [Buffer.alloc(32, 7)] };

/** People and their posts, with values of many types. */
export const PEOPLE: AnswerWorld = {
  async store(db, only) {
    if (only?.has('people') !== false) await storeAll(db, 'people', 6, personOf);
    if (only?.has('posts') !== false) await storeAll(db, 'posts', 4, postOf);
    if (only === undefined) await db.collection('people').createIndex({ place: '2dsphere' });
  },
  names: namesOf,
};

async function storeAll(db: Db, name: string, count: number, documentOf: (number: number) => object): Promise<void> {
  const collection = db.collection(name);
  await collection.deleteMany({});
  await collection.insertMany(Array.from({ length: count }, (_, number) => documentOf(number)));
}

function namesOf(db: Db): Readonly<Record<string, unknown>> {
  const shop = createSafeDb(db, { people: personView, posts: postView }, SEAL as never) as unknown as Readonly<
    Record<string, unknown>
  >;
  const plain = createSafeDb(db, { people: plainView }) as unknown as Readonly<Record<string, unknown>>;
  return {
    C: shop['people'],
    posts: shop['posts'],
    plain: plain['people'],
    P: new PrivilegedCollection(
      db.collection<Person>('people') as never,
      personView as never,
      {
        reason: 'test',
        ...SEAL,
      } as never,
    ),
    ID: idOf(1),
    Binary,
    Decimal128,
    Double,
    Int32,
    Long,
    ObjectId,
    Timestamp,
  };
}
