import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import type { ObjectId } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, subtree, trusted } from 'safe-collection';

import { anything, conditionBelow } from '../projection/support/random-paths.ts';
import { draws } from '../property/support/draw.ts';
import { PROPERTY_TIMEOUT, runs } from '../property/support/runs.ts';
import { testServer } from '../write/support/server.ts';

/*
 * A view knows nothing about private fields: an array may be at each of them. The program's own filter has to hide the same documents from
 * watch() and consume() as from find(). The last document of a test is in each filter, so that the events before it are all there are.
 */

interface User {
  _id: ObjectId;
  username: string;
  bans: { active: boolean; reason: string }[];
  reviews: { by?: string }[];
  labels: string[];
  billing: { plan?: string };
  visits: Record<string, number>;
  tags: string[];
  settings: Record<string, unknown>;
}

const userView = defineView<User>()({ public: { username: 1, tags: 1, settings: subtree }, arrays: { tags: 1 } });

const server = testServer();
let run = 0;

const raw = () => server.db.collection(`users_${run}`);
const users = () => new SafeCollection(raw() as never, userView, { sealKeys: [KEY] });
const KEY = randomBytes(32);
const SHOWN = { projection: ['username'] } as const;
const LAST = 'the last';

const begin = async (): Promise<void> => {
  run += 1;
  await server.db.createCollection(raw().collectionName, { changeStreamPreAndPostImages: { enabled: true } });
};

beforeEach(begin);

interface Asked {
  readonly filter: object;
  readonly options: object;
}

const orLast = (filter: object): object => ({ $or: [{ username: LAST }, filter] });
const byProgram = (filter: object): Asked => ({
  filter: {},
  options: { trusted: trusted({ filter: orLast(filter) } as never) },
});
const byCaller = (filter: object): Asked => ({ filter: orLast(filter), options: {} });

/** The names of the documents that enter while they are inserted, and those that a read finds. */
type Entered = (asked: Asked, documents: readonly object[]) => Promise<readonly string[]>;

const found = async ({ filter, options }: Asked): Promise<readonly string[]> => {
  const list = await users()
    .find(filter as never, { ...SHOWN, ...options, sort: { username: 1 } } as never)
    .toArray();
  return (list as readonly User[]).map(({ username }) => username).filter((username) => username !== LAST);
};

const insert = async (documents: readonly object[]): Promise<void> => {
  await raw().insertMany([...documents, { username: LAST }]);
};

const watched: Entered = async ({ filter, options }, documents) => {
  const stream = await users().watch(filter as never, { ...SHOWN, ...options } as never);
  await insert(documents);
  const names: string[] = [];
  for await (const event of stream) {
    if (event.type === 'resync') throw new Error('There should be no resync.');
    const { username } = event.document as unknown as User;
    if (username === LAST) break;
    names.push(username);
  }
  return names.toSorted();
};

const consumed: Entered = async ({ filter, options }, documents) => {
  const stop = new AbortController();
  const names: string[] = [];
  const group = `g${run}`;
  const states = server.db.collection('safe_collection_consumers');
  const before = await states.countDocuments({ token: { $exists: true } });
  const running = users().consume(
    filter as never,
    { ...SHOWN, ...options, group, signal: stop.signal } as never,
    (event) => {
      if (event.type === 'resync') throw new Error('There should be no resync.');
      const { username } = event.document as unknown as User;
      if (username === LAST) stop.abort();
      else names.push(username);
    },
  );
  await expect.poll(() => states.countDocuments({ token: { $exists: true } }), { timeout: 10_000 }).toBe(before + 1);
  await insert(documents);
  await running;
  return names.toSorted();
};

const DOCUMENTS: readonly object[] = [
  {
    username: 'ada',
    bans: [],
    reviews: [{ by: 'mod' }],
    labels: ['open', /^secret/, /^SECRET/i],
    billing: { plan: 'free' },
    visits: { 2024: 1 },
  },
  {
    username: 'bob',
    bans: [{ active: false, reason: 'old' }],
    reviews: [],
    labels: [],
    billing: {},
    visits: [{ 2024: 1 }],
  },
  { username: 'cyd', billing: 'free', reviews: { by: 'mod' } },
  {
    username: 'dan',
    bans: { active: true },
    labels: 'secret-0',
    reviews: [[{ by: 'mod' }]],
    billing: [{ plan: 'free' }, {}],
  },
  {
    username: 'eve',
    bans: [{ active: true, reason: 'spam' }],
    reviews: [{ by: 'mod' }, {}],
    labels: ['secret-1', 'x'],
    billing: { plan: ['free', 'gold'] },
  },
  {
    username: 'fay',
    bans: [[{ active: true }], true],
    reviews: ['mod', { by: null }],
    labels: [['secret-2']],
    billing: null,
  },
];

const HIDDEN: Readonly<Record<string, object>> = {
  'an $elemMatch of subdocuments': { bans: op({ $elemMatch: { active: true } }) },
  'an $elemMatch of subdocuments with operators': {
    bans: op({ $elemMatch: { $or: [{ active: op({ $ne: true }) }, { reason: /^s/ }] } }),
  },
  'an $elemMatch of subdocuments below $not': { bans: op({ $not: op({ $elemMatch: { active: true } }) }) },
  'an $elemMatch of values': { labels: op({ $elemMatch: { $regex: '^secret', $ne: 'secret-0' } }) },
  'an $elemMatch of types': { bans: op({ $elemMatch: { $type: 'object' } }) },
  'a path': { 'reviews.by': 'mod' },
  'a path that is not null': { 'reviews.by': op({ $ne: null }) },
  'a path that is null': { 'reviews.by': null },
  'a path that does not exist': { 'reviews.by': op({ $exists: false }) },
  'a path to a list': { 'reviews.by': op({ $type: 'array' }) },
  'a path of a single subdocument': { 'billing.plan': op({ $in: ['free', null] }) },
  'a path of a single subdocument below $not': { 'billing.plan': op({ $not: op({ $size: 2 }) }) },
  'a number in a path': { 'visits.2024': 1 },
  'a text as a pattern': { labels: op({ $regex: '^secret' }) },
  'a text as a pattern with options': { labels: op({ $regex: '^SECRET', $options: 'i' }) },
  'a pattern in $all': { labels: op({ $all: [/^secret/] }) },
  'patterns in $all': { labels: op({ $all: [/^SECRET/i, 'x'] }) },
  'a pattern in $all below $not': { labels: op({ $not: op({ $all: [/^secret/] }) }) },
};

describe.each<readonly [string, Entered]>([
  ['watch()', watched],
  ['consume()', consumed],
])('%s shows what find() shows, by the filter of the program', (_name, entered) => {
  it.each(Object.entries(HIDDEN))('%s', async (_condition, filter) => {
    const shown: string[] = [];
    for (const each of [filter, { $nor: [filter] }]) {
      const events = await entered(byProgram(each), DOCUMENTS);
      expect(events).toEqual(await found(byProgram(each)));
      shown.push(...events);
      await begin();
    }
    // Each document is in the filter or in its opposite.
    expect(shown.toSorted()).toEqual(['ada', 'bob', 'cyd', 'dan', 'eve', 'fay']);
  });
});

describe("watch() shows what find() shows, by the caller's filter", () => {
  const documents = [['open'], ['secret-1'], ['secret-1', 'x'], []].map((tags, n) => ({
    username: `u${n}`,
    tags,
    settings: { lists: tags.map((tag) => (tag === 'x' ? {} : { tag })) },
  }));
  it.each<readonly [string, object]>([
    ['a pattern in $all', { tags: op({ $all: [/^secret/] as never }) }],
    ['a pattern in $all below $not', { tags: op({ $not: op({ $all: [/^secret/] as never }) as never }) }],
    ['a path below a subtree', { 'settings.lists.tag': op({ $ne: 'open' }) }],
    ['a path below a subtree that is null', { 'settings.lists.tag': null }],
    ['an $elemMatch below a subtree', { 'settings.lists': op({ $elemMatch: { tag: /^secret/ } }) }],
  ])('%s', async (_condition, filter) => {
    expect(await watched(byCaller(filter), documents)).toEqual(await found(byCaller(filter)));
    expect(await found(byCaller(filter))).not.toHaveLength(0);
  });
});

it(
  'random filters of private fields show what find() shows',
  async () => {
    const property = fc.asyncProperty(draws(), async (draw) => {
      const documents = Array.from({ length: 60 }, (_, n) => ({
        username: `u${n}`,
        p: anything(draw, 4),
        q: anything(draw, 2),
        settings: { a: anything(draw, 3) },
      }));
      const { tagged } = conditionBelow(draw, ['p', 'q', 'settings.a']);
      await raw().deleteMany({});
      const events = await watched(byProgram(tagged), documents);
      expect(events).toEqual(await found(byProgram(tagged)));
    });
    await fc.assert(property, runs(150, 13));
  },
  PROPERTY_TIMEOUT,
);
