import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

import { Binary, ObjectId, type CommandStartedEvent, type Document } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createSafeDb,
  defineView,
  op,
  RefusedCallError,
  SafeCollection,
  sendable,
  trusted,
  withTransaction,
  type Page,
} from 'safe-collection';

import { testServer } from '../write/support/server.ts';

interface Post {
  _id: ObjectId;
  title: string;
  score: number;
  rank?: number;
  secret: string;
  tags: string[];
  author?: { name: string };
  place?: { type: 'Point'; coordinates: [number, number] };
}

const postView = defineView<Post>()({
  public: { title: 1, score: 1, 'author.name': 1, tags: 1 },
  sortable: { rank: 1 },
  filterable: { rank: 1 },
  geo: { place: 1 },
  arrays: { tags: 1 },
});

const server = testServer();
const KEY = randomBytes(32);
const raw = () => server.db.collection<Post>('posts');
const posts = new Proxy({} as Posts, { get: (_, name) => made()[name as keyof Posts] });

/** As JavaScript sees it. */
interface Posts {
  paginate(filter: unknown, options: unknown): Promise<Page<Document>>;
}
const made = (options: object = { sealKeys: [KEY] }, view: object = postView): Posts => {
  const held = new SafeCollection(raw() as never, view as never, options as never) as unknown as Posts;
  return { paginate: (filter, given) => held.paginate(filter, given) };
};

const ASK = { projection: ['title'], sort: { score: -1 }, limit: 2 } as const;
const titles = ({ items }: Page<Document>): unknown[] => items.map(({ title }) => title as unknown);

async function fill(count = 5, more: (index: number) => object = () => ({})): Promise<void> {
  await raw().deleteMany({});
  const rows = Array.from({ length: count }, (_, index) => ({
    _id: new ObjectId(),
    title: `t${index}`,
    score: 10 - index,
    rank: index % 2,
    secret: `secret-${index}`,
    tags: ['x'],
    author: { name: `a${index}` },
    ...more(index),
  }));
  if (count > 0) await raw().insertMany(rows as Post[]);
}

beforeEach(async () => {
  await fill();
  server.forget();
});

async function refused(call: () => Promise<unknown>, expected: object): Promise<void> {
  server.forget();
  await expect(call()).rejects.toMatchObject({ name: 'RefusedCallError', ...expected });
  expect(server.sent).toEqual([]);
}

describe('a page', () => {
  it('has the items, the cursors of the pages around it, and whether there are more', async () => {
    const first = await posts.paginate({}, ASK);
    expect(first).toEqual({
      items: [{ title: 't0' }, { title: 't1' }],
      next: expect.any(String),
      previous: null,
      hasNext: true,
    });
    const second = await posts.paginate({}, { ...ASK, after: first.next });
    expect(titles(second)).toEqual(['t2', 't3']);
    expect(second).toMatchObject({ hasNext: true, previous: expect.any(String) });
    const third = await posts.paginate({}, { ...ASK, after: second.next });
    expect(third).toEqual({ items: [{ title: 't4' }], next: null, previous: expect.any(String), hasNext: false });
    expect(titles(await posts.paginate({}, { ...ASK, before: third.previous }))).toEqual(['t2', 't3']);
    expect(titles(await posts.paginate({}, { ...ASK, before: second.previous }))).toEqual(['t0', 't1']);
  });

  it('has no cursors if nothing matches', async () => {
    const none = { items: [], next: null, previous: null, hasNext: false };
    expect(await posts.paginate({ title: 'none' }, ASK)).toEqual(none);
    await fill(0);
    expect(await posts.paginate({}, ASK)).toEqual(none);
  });

  it('that is full and the last has no next', async () => {
    const page = await posts.paginate({}, { ...ASK, limit: 5 });
    expect(page).toMatchObject({ hasNext: false, next: null });
    expect(page.items).toHaveLength(5);
  });

  it('begins after the document, also if others were stored or removed meanwhile', async () => {
    const { next } = await posts.paginate({}, ASK);
    await raw().insertOne({ _id: new ObjectId(), title: 'new', score: 11, secret: 's', tags: [] });
    await raw().deleteOne({ title: 't1' });
    expect(titles(await posts.paginate({}, { ...ASK, after: next }))).toEqual(['t2', 't3']);
  });

  it('that became empty leads back and forth without a gap', async () => {
    const first = await posts.paginate({}, ASK);
    await raw().deleteMany({ title: { $in: ['t2', 't3', 't4'] } });
    const empty = await posts.paginate({}, { ...ASK, after: first.next });
    expect(empty).toEqual({ items: [], next: null, previous: expect.any(String), hasNext: false });
    // The document at the cursor belongs to the page before the empty one.
    const back = await posts.paginate({}, { ...ASK, before: empty.previous });
    expect(titles(back)).toEqual(['t0', 't1']);
    await raw().deleteMany({});
    const gone = await posts.paginate({}, { ...ASK, before: empty.previous });
    expect(gone).toEqual({ items: [], next: expect.any(String), previous: null, hasNext: true });
    await fill(1, () => ({ title: 'late', score: 1 }));
    expect(titles(await posts.paginate({}, { ...ASK, after: gone.next }))).toEqual(['late']);
  });

  it('is sorted by _id without a sort, and takes null for no cursor', async () => {
    const page = await posts.paginate({}, { projection: ['title'], limit: 3, after: null, before: undefined });
    expect(titles(page)).toEqual(['t0', 't1', 't2']);
    expect(titles(await posts.paginate({}, { projection: ['title'], limit: 3, after: page.next }))).toEqual([
      't3',
      't4',
    ]);
  });

  it('does not repeat or lose documents that are equal in the sort', async () => {
    await fill(9, () => ({ score: 1 }));
    const seen: unknown[] = [];
    let after: string | null = null;
    do {
      const page: Page<Document> = await posts.paginate({}, { ...ASK, after });
      seen.push(...titles(page));
      after = page.next;
    } while (after !== null);
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  });

  it('may be sent as it is, and not with other fields', async () => {
    const page = await posts.paginate({}, ASK);
    expect(sendable(page as never)).toEqual(page);
    const widened: object[] = [{ ...page }, Object.assign(await posts.paginate({}, ASK), { secret: 'x' })];
    Object.assign((page.items as object[])[0] as object, { secret: 'x' });
    for (const body of [...widened, page]) expect(() => sendable(body as never)).toThrow(RefusedCallError);
  });

  it('does not have the private values of its sort, and its cursors do not show them', async () => {
    await fill(5, (index) => ({ rank: 700_000_001 + index }));
    const page = await posts.paginate({}, { ...ASK, sort: { rank: 1, 'author.name': 1 } });
    expect(page.items).toEqual([{ title: 't0' }, { title: 't1' }]);
    const text = Buffer.from(page.next as string, 'base64url').toString('latin1');
    expect(text).not.toContain('a1');
    expect(text).not.toContain(Buffer.from(Int32Array.of(700_000_002).buffer).toString('latin1'));
  });

  it('projects parts of arrays and nested paths beside the sort', async () => {
    await fill(5, (index) => ({ tags: ['x', `y${index}`], sort: 'mine' }));
    const projection = { title: 1, tags: op({ $slice: -1 }) };
    const ask = { projection, sort: { 'author.name': -1, score: 1 }, limit: 2 };
    const first = await posts.paginate({}, ask);
    expect(first.items).toEqual([
      { title: 't4', tags: ['y4'] },
      { title: 't3', tags: ['y3'] },
    ]);
    expect(titles(await posts.paginate({}, { ...ask, after: first.next }))).toEqual(['t2', 't1']);
  });

  it('sorts by one field beside a branch that is called sort', async () => {
    interface Row {
      _id: number;
      sort: { x: number };
      tags: string[];
      price: number;
    }
    const rowView = defineView<Row>()({ public: { 'sort.x': 1, tags: 1, price: 1 }, arrays: { tags: 1 } });
    const stored = server.db.collection<Row>('rows');
    await stored.insertMany([1, 2].map((_id) => ({ _id, sort: { x: _id }, tags: ['a', 'b'], price: -_id })));
    const rows = new SafeCollection(stored, rowView, { sealKeys: [KEY] });
    const projection = { 'sort.x': 1, tags: op({ $slice: 1 }) } as const;
    const page = await rows.paginate({}, { projection, sort: { price: 1 }, limit: 1 });
    expect(page.items).toEqual([{ sort: { x: 2 }, tags: ['a'] }]);
    expect((await rows.paginate({}, { projection, sort: { price: 1 }, limit: 1, after: page.next })).items).toEqual([
      { sort: { x: 1 }, tags: ['a'] },
    ]);
  });

  it('takes a trusted filter, in options and in place', async () => {
    const ask = { ...ASK, trusted: trusted({ filter: { secret: op({ $ne: 'secret-1' }) } }) };
    const first = await posts.paginate({}, ask);
    expect(titles(first)).toEqual(['t0', 't2']);
    expect(titles(await posts.paginate({}, { ...ask, after: first.next }))).toEqual(['t3', 't4']);
    const own = () => trusted({ secret: op({ $ne: 'secret-0' }) });
    const page = await posts.paginate(own(), ASK);
    expect(titles(await posts.paginate(own(), { ...ASK, after: page.next }))).toEqual(['t3', 't4']);
  });

  it('is read in a transaction and in a session', async () => {
    const shop = createSafeDb(server.db, { posts: postView }, { sealKeys: [KEY] });
    const found = await withTransaction(shop, async ({ collections }) => {
      await collections.posts.deleteOne({ title: 't0' });
      const page = await collections.posts.paginate({}, ASK);
      return await collections.posts.paginate({}, { ...ASK, after: page.next });
    });
    expect(titles(found)).toEqual(['t3', 't4']);
    const session = server.client.startSession();
    expect(titles(await posts.paginate({}, { ...ASK, session }))).toEqual(['t1', 't2']);
    await session.endSession();
  });

  it('ends with the reason of an aborted signal', async () => {
    const reason = new Error('enough');
    await expect(posts.paginate({}, { ...ASK, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('is sent as one command, for one document more than the page has', async () => {
    const { next } = await posts.paginate({}, ASK);
    server.forget();
    await posts.paginate({}, { ...ASK, after: next });
    expect(
      server.sent.map(({ commandName, command }) => [commandName, command['limit'], command['projection']]),
    ).toEqual([['find', 3, { title: 1, score: 1, _id: 1 }]]);
  });

  it('walks an index of the sort, and sorts nothing', async () => {
    await fill(200, (index) => ({ score: index % 7 }));
    await raw().createIndex({ score: -1, _id: -1 });
    const { next } = await posts.paginate({}, { ...ASK, limit: 20 });
    server.forget();
    await posts.paginate({}, { ...ASK, limit: 20, after: next });
    const { filter, sort, limit } = (server.sent[0] as CommandStartedEvent).command;
    const plan = await server.db.command({
      explain: { find: 'posts', filter, sort, limit },
      verbosity: 'executionStats',
    });
    expect(inspect(plan, { depth: 20 })).not.toMatch(/'(?:SORT|COLLSCAN)'/);
    expect(plan['executionStats']).toMatchObject({ nReturned: 21 });
    expect((plan['executionStats'] as Document)['totalDocsExamined']).toBeLessThan(40);
  });
});

describe('a cursor of paginate()', () => {
  const next = async (filter: unknown = {}, options: object = {}): Promise<string> =>
    (await posts.paginate(filter, { ...ASK, ...options })).next as string;

  it('is refused if any of its characters is another one', async () => {
    const token = await next();
    for (let at = 0; at < token.length; at += 1) {
      for (const other of 'ABg_+='.replace(token[at] as string, '')) {
        const edited = token.slice(0, at) + other + token.slice(at + 1);
        const option = at % 2 === 0 ? 'after' : 'before';
        await refused(() => posts.paginate({}, { ...ASK, [option]: edited }), { code: 'token_invalid', path: option });
      }
    }
  });

  const OTHERS: Readonly<Record<string, readonly [filter: unknown, options: object]>> = {
    filter: [{ title: op({ $ne: 'x' }) }, {}],
    'value in the filter': [{ score: 10 }, {}],
    'type in the filter': [{ score: 10n }, {}],
    'direction of the sort': [{}, { sort: { score: 1 } }],
    'path of the sort': [{}, { sort: { rank: -1 } }],
    'longer sort': [{}, { sort: { score: -1, rank: -1 } }],
    'sort that is left out': [{}, { sort: undefined }],
    collation: [{}, { collation: { locale: 'en' } }],
    'trusted filter': [{}, { trusted: trusted({ filter: { secret: op({ $exists: true }) } }) }],
  };

  it.each(Object.entries(OTHERS))('is refused by a call with another %s', async (_, [filter, options]) => {
    const token = await next();
    const own = await next(filter, { limit: 1, ...options }).catch(() => null);
    await refused(() => posts.paginate(filter, { ...ASK, ...options, after: token }), { code: 'token_invalid' });
    if (own !== null) await refused(() => posts.paginate({}, { ...ASK, before: own }), { code: 'token_invalid' });
  });

  it('is taken by a call with another projection or limit', async () => {
    const token = await next();
    const page = await posts.paginate({}, { ...ASK, projection: ['score', 'title'], limit: 1, after: token });
    expect(page.items).toEqual([{ title: 't2', score: 8 }]);
  });

  it('is refused by another view, collection, database and key', async () => {
    const token = await next();
    const view = postView.extend({ name: 'other' });
    await refused(() => made({ sealKeys: [KEY] }, view).paginate({}, { ...ASK, after: token }), {
      code: 'token_invalid',
    });
    await refused(() => made({ sealKeys: [randomBytes(32)] }).paginate({}, { ...ASK, after: token }), {
      code: 'token_invalid',
    });
    for (const collection of [
      server.db.collection<Post>('drafts'),
      server.client.db('elsewhere').collection<Post>('posts'),
    ]) {
      const other = new SafeCollection(collection, postView.extend({ name: 'posts' }), { sealKeys: [KEY] });
      await refused(() => other.paginate({}, { ...ASK, after: token }), { code: 'token_invalid' });
    }
  });

  it('is refused in another scope, also if the key and the query are the same', async () => {
    const view = postView.extend({ name: 'scoped', scope: { secret: 1 } });
    const shop = createSafeDb(server.db, { posts: view }, { sealKeys: [KEY] });
    await fill(6, (index) => ({ secret: index % 2 === 0 ? 'acme' : 'globex' }));
    const [acme, globex] = [shop.scoped({ secret: 'acme' }).posts, shop.scoped({ secret: 'globex' }).posts];
    const page = await acme.paginate({}, ASK);
    expect(titles(page)).toEqual(['t0', 't2']);
    await refused(() => globex.paginate({}, { ...ASK, after: page.next }), { code: 'token_invalid' });
    expect(titles(await shop.scoped({ secret: 'acme' }).posts.paginate({}, { ...ASK, after: page.next }))).toEqual([
      't4',
    ]);
  });

  it('is opened by an older key, and sealed by the newest', async () => {
    const token = await next();
    const newest = randomBytes(32);
    const rotated = made({ sealKeys: [newest, KEY] });
    const page = await rotated.paginate({}, { ...ASK, after: token });
    expect(titles(page)).toEqual(['t2', 't3']);
    expect(titles(await made({ sealKeys: [newest] }).paginate({}, { ...ASK, after: page.next }))).toEqual(['t4']);
    // The way back too, although it begins where the old cursor was.
    expect(page.previous).not.toBe(token);
    const back = await made({ sealKeys: [newest] }).paginate({}, { ...ASK, before: page.previous });
    expect(titles(back)).toEqual(['t0', 't1']);
  });

  it('leads both ways from its place, with each document once', async () => {
    const token = await next();
    const page = await posts.paginate({}, { ...ASK, after: token });
    expect(page.previous).toBe(token);
    const before = await posts.paginate({}, { ...ASK, before: page.next });
    expect(before).toMatchObject({ items: page.items, next: page.next });
    // A document that is stored next to the place is on one side of it.
    await raw().insertOne({ _id: new ObjectId(), title: 'new', score: 8.5, secret: 's', tags: [] });
    expect(titles(await posts.paginate({}, { ...ASK, before: token }))).toEqual(['t0', 't1']);
    expect(titles(await posts.paginate({}, { ...ASK, after: token }))).toEqual(['new', 't2']);
    // This place is right before t2.
    expect(titles(await posts.paginate({}, { ...ASK, after: before.previous }))).toEqual(['t2', 't3']);
  });
});

describe('paginate() refuses, before anything is sent,', () => {
  const REFUSED: Readonly<Record<string, readonly [options: unknown, expected: object]>> = {
    'no projection': [{ limit: 2 }, { code: 'projection_missing' }],
    'no limit': [{ projection: ['title'] }, { code: 'option_value', path: 'limit' }],
    'a limit of 0': [
      { ...ASK, limit: 0 },
      { code: 'option_value', path: 'limit' },
    ],
    'two cursors': [
      { ...ASK, after: 'x', before: 'y' },
      { code: 'option_value', path: 'before' },
    ],
    'a cursor that is none': [
      { ...ASK, after: 'x' },
      { code: 'token_invalid', path: 'after' },
    ],
    'a cursor that is an object': [
      { ...ASK, before: { $ne: '' } },
      { code: 'token_invalid', path: 'before' },
    ],
    'an empty cursor': [
      { ...ASK, after: '' },
      { code: 'token_invalid', path: 'after' },
    ],
    skip: [
      { ...ASK, skip: 1 },
      { code: 'option_unknown', path: 'skip' },
    ],
    batchSize: [
      { ...ASK, batchSize: 1 },
      { code: 'option_unknown', path: 'batchSize' },
    ],
    'a private sort': [
      { ...ASK, sort: { secret: 1 } },
      { code: 'sort_path', path: 'secret' },
    ],
    'a private _id in the sort': [
      { ...ASK, sort: { _id: 1 } },
      { code: 'sort_path', path: '_id' },
    ],
    'a sort by an array': [
      { ...ASK, sort: { tags: 1 } },
      { code: 'sort_path', path: 'tags' },
    ],
    'a private path': [
      { ...ASK, projection: ['secret'] },
      { code: 'projection_path', path: 'secret' },
    ],
  };
  it.each(Object.entries(REFUSED))('%s', async (_, [options, expected]) => {
    await refused(() => posts.paginate({}, options), expected);
  });

  it('a private filter, and an order by distance', async () => {
    await refused(() => posts.paginate({ secret: 'x' }, ASK), { code: 'filter_path' });
    const near = { place: op({ $near: { $geometry: { type: 'Point', coordinates: [0, 0] } } }) };
    await refused(() => posts.paginate(near, ASK), { code: 'filter_operator' });
  });

  it('a collection without keys, whatever the call is', async () => {
    await refused(() => made({}).paginate({}, ASK), { code: 'seal_keys_missing' });
    await refused(() => made({}).paginate({}, { ...ASK, after: 'x' }), { code: 'seal_keys_missing' });
  });
});

describe('a stored value that a page could not continue after', () => {
  const drift = { name: 'SchemaDriftError', code: 'schema_drift' };

  it.each<readonly [string, object, object]>([
    ['an array', { score: [1, 9] }, { path: 'score' }],
    ['an empty array', { score: [] }, { path: 'score' }],
    ['a document', { score: { secret: 'zebra' } }, { path: 'score' }],
    ['an array above it', { author: [{ name: 'zebra' }, { name: 'b' }] }, { path: 'author.name' }],
    ['a date that JavaScript does not have', { score: 'date' }, { path: 'score' }],
  ])('is drift: %s, also in the middle of a page', async (_, value, at) => {
    await raw().insertOne({ _id: new ObjectId(), title: 'zebra', tags: [], score: 8.5, ...value } as never);
    if (Object.values(value)[0] === 'date') await storeLateDate();
    for (const sort of [
      { score: 1, 'author.name': 1 },
      { score: -1, 'author.name': 1 },
    ]) {
      const error: unknown = await walk(sort).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ ...drift, ...at });
      expect(inspect(error)).not.toContain('zebra');
    }
  });

  it('is drift: an _id of text, with a collation', async () => {
    await raw().insertOne({ _id: 'a' as never, title: 'x', score: 1, secret: 's', tags: [] });
    await expect(walk({ score: 1 }, { collation: { locale: 'en' } })).rejects.toMatchObject({ ...drift, path: '_id' });
    expect(await walk({ score: 1 }, { collation: { locale: 'simple' } })).toBe(6);
  });

  async function walk(sort: object, more: object = {}): Promise<number> {
    const ask = { projection: ['author'], limit: 2, sort, ...more };
    let page = await posts.paginate({}, ask);
    let count = page.items.length;
    while (page.hasNext) {
      page = await posts.paginate({}, { ...ask, after: page.next });
      count += page.items.length;
    }
    return count;
  }

  /** The driver can't write such a date, but the server can make one. */
  async function storeLateDate(): Promise<void> {
    const late = { $add: [new Date(8.64e15), 8.64e15] };
    await raw().updateOne({ title: 'zebra' }, [{ $set: { score: late } }]);
  }
});

it('an _id of several types, and of documents, is walked too', async () => {
  await raw().deleteMany({});
  const ids: unknown[] = [
    1,
    'a',
    new ObjectId(),
    new Binary(Buffer.from([1])),
    new Map(Object.entries({ b: 1, 1: 2 })),
    new Date(0),
    true,
    null,
  ];
  await raw().insertMany(
    ids.map((_id, index) => ({ _id, title: `t${index}`, score: 1, tags: [], secret: '' })) as never,
  );
  const stored = await raw()
    .find({}, { sort: { _id: 1 } })
    .toArray();
  const walked: unknown[] = [];
  for (let after: string | null = null, isMore = true; isMore;) {
    const page: Page<Document> = await posts.paginate({}, { projection: ['title'], limit: 1, after });
    walked.push(...titles(page));
    [after, isMore] = [page.next, page.hasNext];
  }
  expect(walked).toEqual(stored.map(({ title }) => title));
});
