import { randomUUID } from 'node:crypto';

import * as fc from 'fast-check';
import { MongoClient, type Document, type WithId } from 'mongodb';
import { SchemaDriftError, type SafeCursor } from 'safe-collection';
import { afterAll, expect, inject, it } from 'vitest';

import { draws } from './support/draw.ts';
import { askFor, Drift, expectedDistinct, expectedPart, expectedResult, leafPaths } from './support/read-oracle.ts';
import { randomFields, randomObject } from './support/random-shape.ts';
import { randomProjection, randomView, type RandomProjection } from './support/random-view.ts';
import { PROPERTY_TIMEOUT, runs } from './support/runs.ts';

// Values are compared as they are stored: 64-bit numbers and patterns as in BSON. The driver by itself would
// take an array in a field named like a method of Object.prototype for one of `fieldsAsRaw`, and give its bytes.
const client = new MongoClient(inject('mongodbUri'), {
  promoteLongs: false,
  bsonRegExp: true,
  fieldsAsRaw: Object.create(null) as object,
});
const db = client.db(`safe-collection-${randomUUID()}`);
afterAll(async () => {
  await db.dropDatabase();
  await client.close();
});

/** The ways in which a cursor is read to its end. */
const READ: Readonly<Record<string, (cursor: SafeCursor<object>) => Promise<object[]>>> = {
  toArray: (cursor) => cursor.toArray(),
  next: async (cursor) => {
    const documents: object[] = [];
    for (let document = await cursor.next(); document !== null; document = await cursor.next())
      documents.push(document);
    return documents;
  },
  'hasNext and next': async (cursor) => {
    const documents: object[] = [];
    while (await cursor.hasNext()) documents.push((await cursor.next()) as object);
    return documents;
  },
  'for await': (cursor) => collect(cursor),
  stream: (cursor) => collect(cursor.stream()),
  forEach: async (cursor) => {
    const documents: object[] = [];
    await cursor.forEach((document) => void documents.push(document));
    return documents;
  },
};

async function collect(documents: AsyncIterable<object>): Promise<object[]> {
  const all: object[] = [];
  for await (const document of documents) all.push(document);
  return all;
}

/** Holds what a read gave, or how it failed, to what the oracle says of the same documents. */
async function hold(read: () => unknown, expected: () => unknown, leaves: RandomProjection['leaves']): Promise<void> {
  const wanted = outcome(expected);
  const given = await (async () => await read())().catch((error: unknown) => error);
  if (wanted instanceof Drift) {
    expect(given).toBeInstanceOf(SchemaDriftError);
    const { path } = given as SchemaDriftError;
    expect(
      leaves.some(([leaf]) => leaf === path || leaf.startsWith(`${path}.`)),
      path,
    ).toBe(true);
    expect(JSON.stringify(given)).not.toContain('zebra');
    return;
  }
  expect(given).toEqual(wanted);
}

function outcome(expected: () => unknown): unknown {
  try {
    return expected();
  } catch (error) {
    if (error instanceof Drift) return error;
    throw error;
  }
}

/** Every path of a result was projected, or is an empty branch above a projected one. */
function expectContained(result: unknown, leaves: RandomProjection['leaves']): void {
  for (const path of leafPaths(result)) {
    expect(
      leaves.some(([leaf, kind]) => path === leaf || (kind === 'open' && path.startsWith(`${leaf}.`))),
      path,
    ).toBe(true);
  }
}

it(
  'gives what the declared view and the projection say of any document, or a drift error, in every way of reading',
  async () => {
    let drifted = 0;
    let held = 0;
    await fc.assert(
      fc.asyncProperty(draws(), async (draw) => {
        const fields = randomFields(draw);
        const view = randomView(draw, fields);
        const drift = draw.oneOf([0, 10]);
        const documents = [0, 1, 2].map((n) => ({ ...randomObject(draw, fields, drift), n }));
        const collection = db.collection('documents');
        await collection.deleteMany({});
        await collection.insertMany(documents);
        const stored: WithId<Document>[] = await collection.find({}, { sort: { n: 1 } }).toArray();
        const safe = view.over(collection);

        for (let round = 0; round < 4; round += 1) {
          const { projection, leaves } = randomProjection(draw, view);
          const asked = askFor(leaves);
          const way = draw.oneOf(Object.values(READ));
          const cursor = safe.find({}, { projection, sort: { n: 1 }, batchSize: draw.oneOf([1, 2, 10]) });
          const all = outcome(() => stored.map((document) => expectedResult(document, asked, view.depthsAt)));
          if (all instanceof Drift) drifted += 1;
          else held += 1;
          await hold(
            () => way(cursor),
            () => stored.map((document) => expectedResult(document, asked, view.depthsAt)),
            leaves,
          );

          const n = draw.number(0, 2);
          const one = stored[n] as Document;
          await hold(
            async () => {
              const result = await safe.findOne({ n }, { projection });
              expectContained(result, leaves);
              return result;
            },
            () => expectedResult(one, asked, view.depthsAt),
            leaves,
          );
          await hold(
            () => view.view.pick(one, projection),
            () => expectedPart(one, asked, view.depthsAt),
            leaves,
          );

          const [key, kind] = draw.oneOf(leaves);
          await hold(
            async () => inOrder(await safe.distinct(key, {})),
            () => inOrder(expectedDistinct(stored, key, kind, view.depthsAt)),
            [[key, kind]],
          );
        }
      }),
      runs(40),
    );
    // Both outcomes occurred: a test of only one would prove nothing about the other.
    expect({ drifted, held }).toEqual({
      drifted: expect.toSatisfy((count: number) => count > 15),
      held: expect.toSatisfy((count: number) => count > 15),
    });
  },
  PROPERTY_TIMEOUT,
);

/** `distinct` promises no order. */
function inOrder(values: readonly unknown[]): unknown[] {
  return [...values].toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
