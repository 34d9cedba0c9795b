import { ObjectId, type Db, type Document } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { KINDS, lastName, type Kind } from './support/kinds.ts';
import { Matrix } from './support/matrix.ts';
import { seenOf } from './support/outcome.ts';
import { noCounts, report } from './support/report.ts';
import { IDS, type World } from './support/world.ts';

/*
 * Errors of the server are outputs: a duplicate key and a failed validator, at each kind of path. They are the same in both worlds, whatever
 * private value was the cause, have no value in them, and name a path only if it is public.
 */

let matrix: Matrix;
beforeAll(async () => {
  matrix = new Matrix(inject('mongodbUri'));
  await matrix.open();
});
afterAll(async () => await matrix.close());

/** A row whose every value is its own. */
function rowOf(number: number, world: World): Document {
  return {
    _id: IDS[number],
    tenant: 'acme',
    username: `user ${number}`,
    age: number,
    team: number,
    tags: [`tag ${number}`],
    password_hash: `zebra-${world}-${number}`,
    profile: { bio: `bio ${number}`, ssn: `zebra-${'x'.repeat(world * 5)}${number}` },
    addresses: [{ city: `city ${number}`, access_code: `zebra-${world}${number}` }],
    settings: { theme: `theme ${number}` },
    scores: { '2024': number, '2025': number * (world + 2) * 10 },
  };
}

/** The value at a path, looked up in the first element of an array. */
function valueAt(row: Document, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => {
    const holder = (Array.isArray(value) ? value[0] : value) as Record<string, unknown>;
    return holder[name];
  }, row);
}

/** A new row with the value of another one at the path. */
function copyAt(path: string, from: Document, world: World): Document {
  const row: Document = { ...rowOf(2, world), _id: new ObjectId() };
  const [first = '', second] = path.split('.');
  if (second === undefined) row[first] = from[first];
  else if (first === 'addresses')
    row[first] = [{ city: 'city 2', access_code: 'zebra-2', [second]: valueAt(from, path) }];
  else row[first] = { ...(row[first] as Document), [second]: valueAt(from, path) };
  return row;
}

/** Calls of the program that store `V.row`, or `V.set` in the other row. */
const INSERTS: Readonly<Record<string, string>> = {
  insertOne: `return await C.insertOne(trusted(V.row));`,
  insertMany: `return await C.insertMany(trusted([V.row]));`,
  bulkWrite: `return await C.bulkWrite([{ insertOne: { document: trusted(V.row) } }], { ordered: false });`,
  'a built bulk': `return await C.initializeOrderedBulkOp().insert(trusted(V.row)).execute();`,
};
const UPDATES: Readonly<Record<string, string>> = {
  updateOne: `return await C.updateOne({ username: 'user 1' }, trusted({ $set: V.set }));`,
  updateMany: `return await C.updateMany({ username: 'user 1' }, trusted({ $set: V.set }));`,
  findOneAndUpdate: `return await C.findOneAndUpdate({ username: 'user 1' }, trusted({ $set: V.set }), { projection: { age: 1 } });`,
  bulkWrite: `return await C.bulkWrite([{ updateOne: { filter: { username: 'user 1' }, update: trusted({ $set: V.set }) } }]);`,
  'a built bulk': `return await C.initializeUnorderedBulkOp().find({ username: 'user 1' }).updateOne(trusted({ $set: V.set })).execute();`,
};

/** The public paths, whose names an error may have. */
const NAMED = new Set(['public', 'element', 'subtree', 'digit']);
const STORED = KINDS.filter(({ name }) => !['branch', 'position', 'unknown'].includes(name));

async function store(db: Db, world: World): Promise<void> {
  await db.collection('accounts').deleteMany({});
  await db.collection('accounts').insertMany([rowOf(0, world), rowOf(1, world)]);
}

async function inBoth(source: string, valueOf: (world: World) => unknown): Promise<readonly [string, string]> {
  const texts: string[] = [];
  for (const world of [0, 1] as const) {
    const seen = await seenOf(() => matrix.call({ source, mode: 'direct', make: () => valueOf(world) }, world));
    expect(seen.isError, `${source} ${seen.text}`).toBe(true);
    texts.push(seen.text);
  }
  report('errors of the server', { ...noCounts(), tried: 1, allowed: 1 });
  return texts as unknown as readonly [string, string];
}

describe.each(STORED)('a unique index over $path', (kind) => {
  const { path, at, name } = kind;
  const dbs = (): readonly Db[] => [matrix.db('direct', 0), matrix.db('direct', 1)];

  beforeAll(async () => {
    for (const [world, db] of dbs().entries()) {
      await store(db, world as World);
      if (path !== '_id') await db.collection('accounts').createIndex({ [path]: 1 }, { unique: true, name: 'unique' });
    }
  });
  afterAll(async () => {
    if (path !== '_id') for (const db of dbs()) await db.collection('accounts').dropIndex('unique');
  });

  it.each(Object.entries(INSERTS))('is reported the same by an insert: %s', async (_way, source) => {
    expectPublicError(kind, await inBoth(source, (world) => ({ row: copyAt(path, rowOf(0, world), world) })));
  });

  // No update changes an _id.
  it.each(name === 'id' ? [] : Object.entries(UPDATES))(
    'is reported the same by an update: %s',
    async (_way, source) => {
      expectPublicError(kind, await inBoth(source, (world) => ({ set: { [at]: valueAt(rowOf(0, world), path) } })));
    },
  );
});

function expectPublicError({ name, path }: Kind, [first, second]: readonly [string, string]): void {
  expect(second).toBe(first);
  expect(first).not.toMatch(/zebra|user [0-9]|city [0-9]|theme [0-9]/);
  expect(first).toMatch(/duplicate_key/);
  if (!NAMED.has(name)) expect(first).not.toContain(lastName(path));
}

describe.each(STORED.filter(({ name }) => name !== 'id'))('a validator over $path', ({ path }) => {
  it.each([
    ['updateOne', `return await C.updateOne({ age: 1 }, { $set: { 'profile.bio': 'new' } });`],
    [
      'findOneAndUpdate',
      `return await C.findOneAndUpdate({ age: 1 }, { $set: { 'profile.bio': 'new' } }, { projection: { age: 1 } });`,
    ],
    [
      'bulkWrite',
      `return await C.bulkWrite([{ updateOne: { filter: { age: 1 }, update: { $set: { 'profile.bio': 'new' } } } }]);`,
    ],
    [
      'a built bulk',
      `return await C.initializeOrderedBulkOp().find({ age: 1 }).update({ $set: { 'profile.bio': 'new' } }).execute();`,
    ],
  ])('is reported the same by %s', async (_way, source) => {
    for (const world of [0, 1] as const) {
      const db = matrix.db('direct', world);
      await db.command({ collMod: 'accounts', validator: {} });
      await store(db, world);
      await db.command({
        collMod: 'accounts',
        validator: { [path]: { $eq: 'what no row has' } },
        validationAction: 'error',
        validationLevel: 'strict',
      });
    }
    const [first, second] = await inBoth(source, () => undefined);
    expect(second).toBe(first);
    expect(first).not.toMatch(/zebra|what no row has|user [0-9]|city [0-9]|theme [0-9]/);
    for (const world of [0, 1] as const)
      await matrix.db('direct', world).command({ collMod: 'accounts', validator: {} });
  });
});
