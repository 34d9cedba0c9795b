import { randomUUID } from 'node:crypto';

import { MongoClient, type ObjectId } from 'mongodb';
import { defineView, SafeCollection, subtree, trusted } from 'safe-collection';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';

import { PrivilegedCollection } from '../../src/privileged.ts';

interface Doc {
  _id: ObjectId;
  name: string | null;
  tags: string[];
  either: string | string[];
  grid: number[][];
  profile?: { bio?: string };
  items: { sku?: string }[];
  bag: Record<string, unknown>;
  secret?: unknown;
}

const view = defineView<Doc>()({
  public: { name: 1, tags: 1, either: 1, grid: 1, 'profile.bio': 1, 'items.sku': 1, bag: subtree },
  arrays: { tags: 1, either: [0, 1], grid: 2, items: 1 },
});

const client = new MongoClient(inject('mongodbUri'));
const raw = client.db(`safe-collection-${randomUUID()}`).collection('docs');
const docs = new SafeCollection(raw as never, view);
const trustedDocs = new PrivilegedCollection(raw as never, view, { reason: 'test' });

beforeEach(async () => {
  await raw.deleteMany({});
});
afterAll(async () => {
  await raw.drop();
  await client.close();
});

const trustedTouch = trusted({ update: { $set: { secret: 1 } } }) as never;

/** Each read that gives documents, of the whole view. */
const READS: Readonly<Record<string, (document: object) => Promise<unknown>>> = {
  find: async () => (await docs.find({}, { projection: view }).toArray())[0],
  'find, one by one': async () => await docs.find({}, { projection: view }).next(),
  findOne: async () => await docs.findOne({}, { projection: view }),
  findOneAndUpdate: async () =>
    await docs.findOneAndUpdate({}, {} as never, { projection: view, trusted: trustedTouch }),
  findOneAndDelete: async () => await docs.findOneAndDelete({}, { projection: view }),
  'a privileged find': async () =>
    await trustedDocs.findOne({}, { projection: ['name', 'tags', 'either', 'grid', 'profile.bio', 'items.sku'] }),
  pick: async (document) => await Promise.resolve().then(() => view.pick(document)),
};

describe.each(Object.entries(READS))('%s', (_, read) => {
  it.each<readonly [path: string, document: object]>([
    ['name', { name: ['mallory', 'ada'] }],
    ['name', { name: [] }],
    ['name', { name: [[[[['x']]]]] }],
    ['tags', { tags: 'x' }],
    ['tags', { tags: [['x']] }],
    ['tags', { tags: ['x', []] }],
    ['either', { either: [['x']] }],
    ['grid', { grid: 1 }],
    ['grid', { grid: [1] }],
    ['grid', { grid: [[[1]]] }],
    ['profile', { profile: [{ bio: 'x' }] }],
    ['profile', { profile: [] }],
    ['profile.bio', { profile: { bio: ['x'] } }],
    ['items', { items: { sku: 'x' } }],
    ['items', { items: [[{ sku: 'x' }]] }],
    ['items.sku', { items: [{ sku: 'x' }, { sku: ['x'] }] }],
  ])('calls drift at %s what the view does not allow: %j', async (path, document) => {
    await raw.insertOne({ ...document });
    await expect(read(document)).rejects.toMatchObject({
      name: 'SchemaDriftError',
      path,
      message: expect.stringContaining('`arrays` in the view') as string,
    });
  });

  it.each<[object, object?]>([
    [{ name: null, tags: null, either: null, grid: null }],
    [{}],
    [{ tags: [], grid: [], items: [] }],
    [{ tags: ['x', null], either: 'x', grid: [[1], null, []], items: [{ sku: 'x' }, {}] }],
    [{ either: ['x', 'y'] }],
    [{ profile: 'scalar' }, {}],
    [{ profile: null }, {}],
    [{ items: 'scalar' }, {}],
    [{ items: ['scalar', { sku: 'x' }] }, { items: [{ sku: 'x' }] }],
  ])('gives %j', async (document, expected = document) => {
    await raw.insertOne({ ...document });
    await expect(read(document)).resolves.toEqual(expected);
  });
});

describe('a private leaf of a privileged read may be an array of any depth', () => {
  it('because the view does not know it', async () => {
    await raw.insertOne({ secret: [[['x']]] });
    const found = await trustedDocs.findOne({}, { projection: ['secret'] as never });
    expect((found as { secret: { expose(): unknown } } | null)?.secret.expose()).toEqual([[['x']]]);
  });
});

describe('distinct, which takes the elements out of one array,', () => {
  it.each<readonly [path: string, documents: readonly object[], values: readonly unknown[]]>([
    ['name', [{ name: 'x' }, { name: null }], [null, 'x']],
    ['tags', [{ tags: ['x', 'y'] }, { tags: [] }], ['x', 'y']],
    ['either', [{ either: ['x'] }, { either: 'y' }], ['x', 'y']],
    ['grid', [{ grid: [[1], [2]] }], [[1], [2]]],
    ['items.sku', [{ items: [{ sku: 'x' }] }], ['x']],
  ])('gives the values at %s', async (path, documents, values) => {
    await raw.insertMany(documents.map((document) => ({ ...document })));
    await expect(docs.distinct(path as 'name', {})).resolves.toEqual(values);
  });

  it.each<readonly [path: string, document: object]>([
    ['name', { name: [['x']] }],
    ['tags', { tags: [['x']] }],
    ['either', { either: [['x']] }],
    ['grid', { grid: [1] }],
    ['grid', { grid: [[[1]]] }],
    ['items.sku', { items: [{ sku: [['x']] }] }],
  ])('reports drift at %s for a wrong depth: %j', async (path, document) => {
    await raw.insertOne({ ...document });
    await expect(docs.distinct(path as 'name', {})).rejects.toMatchObject({ name: 'SchemaDriftError', path });
  });
});

it('a view without `arrays` has no arrays', async () => {
  const closed = defineView<Doc>()({ public: { tags: 1, 'items.sku': 1 } } as never) as unknown as {
    pick(document: object): object;
  };
  expect(() => closed.pick({ tags: ['x'] })).toThrow(expect.objectContaining({ code: 'schema_drift', path: 'tags' }));
  expect(() => closed.pick({ items: [] })).toThrow(expect.objectContaining({ code: 'schema_drift', path: 'items' }));
});
