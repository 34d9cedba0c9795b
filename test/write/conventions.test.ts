import { beforeEach, describe, expect, it } from 'vitest';
import { defineView, op, SafeCollection, trusted, withTransaction } from 'safe-collection';
import { loose, type Loose } from './support/loose.ts';
import { testServer } from './support/server.ts';
import { UPDATE_CALLS } from './support/update-calls.ts';

interface Post {
  title: string;
  state?: string;
  slug?: string;
  labels?: string[];
  meta?: { source: string };
  made_at?: Date;
  changed_at?: Date;
}

let counter = 0;
const postView = defineView<Post>()({
  name: 'posts',
  public: { title: 1, state: 1, slug: 1, made_at: 1, changed_at: 1 },
  writable: { title: 1, state: 1, slug: 1, labels: 1 },
  arrays: { labels: 1 },
  timestamps: { createdAt: 'made_at', updatedAt: 'changed_at' },
  defaults: {
    state: 'draft',
    slug: () => `post-${(counter += 1)}`,
    labels: [],
    meta: { source: 'api' },
  },
});

const server = testServer();
const raw = () => server.db.collection<Post>('posts');
const LONG_AGO = new Date(1e9);
let posts: Loose;

beforeEach(async () => {
  counter = 0;
  await raw().deleteMany({});
  await raw().insertOne({ title: 'old', state: 'done', made_at: LONG_AGO, changed_at: LONG_AGO });
  posts = loose(new SafeCollection(raw(), postView));
  server.forget();
});

const stored = async (title: string) => await raw().findOne({ title }, { projection: { _id: 0 } });

/** Each way in which a new document comes to be. */
const NEW: Readonly<Record<string, (target: Loose, document: Post, options?: object) => Promise<unknown>>> = {
  insertOne: (target, document, options) => target.insertOne(document, options ?? {}),
  insertMany: (target, document, options) => target.insertMany([document], options ?? {}),
  'bulkWrite of insertOne': (target, document, options) => target.bulkWrite([{ insertOne: { document, ...options } }]),
  'a built insert': async (target, document, options) =>
    await target
      .initializeOrderedBulkOp()
      .insert(document, options ?? {})
      .execute(),
  ...Object.fromEntries(
    Object.entries(UPDATE_CALLS).map(([name, call]) => [
      `an upsert by ${name}`,
      (target: Loose, { title, ...rest }: Post, options: { readonly trusted?: unknown } = {}) =>
        call(target, { title }, Object.keys(rest).length === 0 ? { $setOnInsert: { title } } : { $set: rest }, {
          upsert: true,
          ...(name.startsWith('findOneAnd') ? { projection: ['title'] } : {}),
          ...options,
        }),
    ]),
  ),
};

describe.each(Object.entries(NEW))('a document made by %s', (name, make) => {
  const isUpsert = name.startsWith('an upsert');
  const sets = (fields: object): object => ({
    trusted: trusted(isUpsert ? { update: { $set: fields } } : { set: fields }),
  });

  // `$set` and `$setOnInsert` of the filter's own path would meet in an upsert, so it sets another field.
  it('has its timestamps and its defaults, values and made ones', async () => {
    const before = Date.now();
    await make(posts, isUpsert ? { title: 'new', state: 'draft' } : { title: 'new' });
    const document = await stored('new');
    expect(document).toMatchObject({
      title: 'new',
      state: 'draft',
      slug: 'post-1',
      labels: [],
      meta: { source: 'api' },
    });
    expect(document?.made_at?.getTime()).toBeGreaterThanOrEqual(before);
    expect(document?.changed_at?.getTime()).toBeGreaterThanOrEqual(before);
  });

  it("keeps the caller's value instead of a default, and does not call the default", async () => {
    await make(posts, { title: 'new', state: 'live', slug: 'mine' });
    expect(await stored('new')).toMatchObject({ state: 'live', slug: 'mine', labels: [] });
    expect(counter).toBe(0);
  });

  it("keeps the program's value instead of a default", async () => {
    await make(posts, { title: 'new', state: 'live' }, sets({ meta: { source: 'import' } }));
    expect(await stored('new')).toMatchObject({ meta: { source: 'import' }, slug: 'post-1' });
  });

  it.each(['made_at', 'changed_at'])('refuses %s from everyone', async (path) => {
    await expect(make(posts, { title: 'new', [path]: LONG_AGO })).rejects.toMatchObject({
      name: 'RefusedCallError',
      path,
    });
    await expect(make(posts, { title: 'new', state: 'live' }, sets({ [path]: LONG_AGO }))).rejects.toMatchObject({
      code: 'write_conflict',
      path,
    });
    expect(server.sent).toEqual([]);
  });

  it('in a transaction has them once it is committed', async () => {
    await withTransaction(server.client, async (tx) => {
      await make(loose(tx.bind(new SafeCollection(raw(), postView))), { title: 'new', state: 'live' });
    });
    expect(await stored('new')).toMatchObject({ slug: 'post-1', labels: [], made_at: expect.any(Date) as Date });
  });
});

describe.each(Object.entries(UPDATE_CALLS))('an update by %s', (name, call) => {
  const options = name.startsWith('findOneAnd') ? { projection: ['title'] } : {};

  it('changes only updatedAt, and gives no default to an existing document', async () => {
    await call(posts, { title: 'old' }, { $set: { state: 'live' } }, options);
    const document = await stored('old');
    expect(document).toEqual({ title: 'old', state: 'live', made_at: LONG_AGO, changed_at: expect.any(Date) as Date });
    expect(document?.changed_at?.getTime()).toBeGreaterThan(LONG_AGO.getTime());
  });

  it('that may make a document and finds one does the same', async () => {
    await call(posts, { title: 'old' }, { $set: { state: 'live' } }, { ...options, upsert: true });
    expect(await stored('old')).toEqual({
      title: 'old',
      state: 'live',
      made_at: LONG_AGO,
      changed_at: expect.any(Date) as Date,
    });
  });

  it('writes neither timestamp for anybody', async () => {
    await expect(call(posts, { title: 'old' }, { $set: { changed_at: LONG_AGO } }, options)).rejects.toMatchObject({
      code: 'write_path',
    });
    await expect(call(posts, { title: 'old' }, { $unset: { made_at: 1 } }, options)).rejects.toMatchObject({
      code: 'write_path',
    });
    const demands: readonly object[] = [
      { $currentDate: { changed_at: true } },
      { $set: { made_at: LONG_AGO } },
      { $unset: { made_at: 1 } },
      { $max: { made_at: new Date() } },
    ];
    for (const update of demands) {
      const more = { ...options, trusted: trusted({ update }) };
      await expect(call(posts, { title: 'old' }, { $set: { state: 'x' } }, more)).rejects.toMatchObject({
        code: 'write_conflict',
      });
    }
    expect(server.sent).toEqual([]);
  });
});

/** The same view, with `labels` filterable. */
const labelledView = postView.extend({ name: 'labelled', filterable: { labels: 1 } });

/** Filters of which an upsert copies no value, with options. */
const NOT_COPIED: Readonly<Record<string, readonly [filter: object, options?: object]>> = {
  '$in of two': [{ state: op({ $in: ['x', 'y'] }) }],
  '$in of none': [{ state: op({ $in: [] }) }],
  '$in of a pattern': [{ state: op({ $in: [/x/] }) }],
  '$all of a pattern': [{ state: op({ $all: [/x/] }) }],
  'a pattern': [{ state: /x/ }],
  $ne: [{ state: op({ $ne: 'y' }) }],
  '$or of two': [{ $or: [{ state: 'x' }, { state: 'y' }] }],
  '$or of the same twice': [{ $or: [{ state: 'x' }, { state: 'x' }] }],
  'an array, in $or of two': [{ $or: [{ labels: 'x' }, { labels: 'y' }] }],
  '$in of two in $and': [{ $and: [{ state: op({ $in: ['x', 'y'] }) }] }],
  // The server copies the first, and the default replaces it.
  '$in of two, with a collation': [
    { state: op({ $in: ['x', 'X'] }), labels: op({ $in: ['x', 'X'] }) },
    { collation: { locale: 'en', strength: 1 } },
  ],
};

/** The same, of which it copies `x`. */
const GIVEN: Readonly<Record<string, object>> = {
  'an equality': { state: 'x' },
  '$in of one': { state: op({ $in: ['x'] }) },
  '$in of the same twice': { state: op({ $in: ['x', 'x'] }) },
  '$all of one': { state: op({ $all: ['x'] }) },
  '$or of one': { $or: [{ state: op({ $in: ['x', 'x'] }) }] },
};

describe.each(Object.entries(UPDATE_CALLS))('an upsert by %s', (name, call) => {
  const made = async (filter: object, more: object = {}) => {
    await raw().deleteMany({});
    const projection = name.startsWith('findOneAnd') ? { projection: ['title'] } : {};
    const target = loose(new SafeCollection(raw(), labelledView));
    await call(target, filter, { $set: { title: 'new' } }, { ...projection, ...more, upsert: true });
    return await stored('new');
  };

  it.each(Object.entries(NOT_COPIED))('has the defaults, as no value was given: %s', async (_, [filter, options]) => {
    expect(await made(filter, options)).toMatchObject({ state: 'draft', slug: 'post-1', labels: [] });
    const demand = { ...options, trusted: trusted({ filter }) };
    expect(await made({ title: op({ $ne: 'x' }) }, demand)).toMatchObject({ state: 'draft', labels: [] });
  });

  it.each(Object.entries(GIVEN))('keeps the value that is copied: %s', async (_, filter) => {
    expect(await made(filter)).toMatchObject({ state: 'x', slug: 'post-1' });
  });
});

describe('defaults', () => {
  it('are made again for each document', async () => {
    await posts.insertMany([{ title: 'a' }, { title: 'b' }]);
    await posts.bulkWrite([
      { insertOne: { document: { title: 'c' } } },
      { updateOne: { filter: { title: 'd' }, update: { $set: { state: 'x' } }, upsert: true } },
    ]);
    const slugs = (
      await raw()
        .find({ title: { $in: ['a', 'b', 'c', 'd'] } })
        .sort({ title: 1 })
        .toArray()
    ).map(({ slug }) => slug);
    expect(slugs).toEqual(['post-1', 'post-2', 'post-3', 'post-4']);
  });

  it('are returned with the document if they are projected', async () => {
    const { document } = await posts.insertOne({ title: 'new' }, { projection: ['title', 'state', 'slug'] });
    expect(document).toEqual({ title: 'new', state: 'draft', slug: 'post-1' });
  });

  const defaulting = (slug: () => unknown): Loose =>
    loose(
      new SafeCollection(
        raw(),
        defineView<Post>()({ public: { title: 1 }, writable: { title: 1 }, defaults: { slug: slug as () => string } }),
      ),
    );

  it.each<readonly [string, () => unknown]>([
    ['gives nothing', () => undefined],
    ['gives a promise', async () => await Promise.resolve('x')],
    ['gives a function', () => () => 'x'],
    ['gives a class instance', () => new Map()],
    ['gives a key that is an operator', () => ({ $ne: 1 })],
  ])('whose maker %s end the call, and nothing is sent', async (_, make) => {
    await expect(defaulting(make).insertOne({ title: 'x' })).rejects.toMatchObject({ name: 'RefusedCallError' });
    await expect(
      defaulting(make).updateOne({ title: 'x' }, { $set: { title: 'x' } }, { upsert: true }),
    ).rejects.toMatchObject({ name: 'RefusedCallError' });
    await expect(
      defaulting(make).bulkWrite([
        { deleteMany: { filter: { title: 'old' } } },
        { insertOne: { document: { title: 'x' } } },
      ]),
    ).rejects.toMatchObject({ name: 'RefusedCallError' });
    expect(server.sent).toEqual([]);
  });

  it('a value that was given to the view is a copy', async () => {
    const labels = ['a'];
    const held = loose(
      new SafeCollection(
        raw(),
        defineView<Post>()({ public: { title: 1 }, writable: { title: 1 }, defaults: { labels } }),
      ),
    );
    labels.push('b');
    await held.insertOne({ title: 'new' });
    expect(await stored('new')).toMatchObject({ labels: ['a'] });
  });
});

describe('a view refuses', () => {
  const define = (more: object) => () =>
    defineView<Post>()({ public: { title: 1 }, writable: { title: 1 }, ...more } as never);

  it.each<readonly [string, object]>([
    ['a timestamp that a caller may write', { timestamps: { createdAt: 'title' } }],
    ['one field for both timestamps', { timestamps: { createdAt: 'made_at', updatedAt: 'made_at' } }],
    [
      'a timestamp that is a default too',
      { timestamps: { createdAt: 'made_at' }, defaults: { made_at: () => new Date() } },
    ],
    ['a nested timestamp', { timestamps: { createdAt: 'meta.made_at' } }],
    ['an unknown timestamp', { timestamps: { deletedAt: 'made_at' } }],
    ['a nested version', { version: 'meta.rev' }],
    ['a version that is a timestamp', { version: 'made_at', timestamps: { createdAt: 'made_at' } }],
    ['a nested default', { defaults: { 'meta.source': 'x' } }],
    ['a default that is not data', { defaults: { meta: new Map() } }],
    ['a validator of inserts alone', { validate: { insert: { '~standard': { validate: () => ({ value: 1 }) } } } }],
    ['an invalid validator', { validate: { insert: {}, update: {} } }],
  ])('%s', (_, more) => {
    expect(define(more)).toThrow(expect.objectContaining({ name: 'ViewError' }));
  });
});
