import { randomUUID } from 'node:crypto';

import * as fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { defineView, op, SafeCollection, SchemaDriftError, trusted } from 'safe-collection';
import { afterAll, expect, inject, it } from 'vitest';

import { draws, type Draw } from './support/draw.ts';
import { PROPERTY_TIMEOUT, runs } from './support/runs.ts';

const client = new MongoClient(inject('mongodbUri'));
const collection = client.db(`safe-collection-${randomUUID()}`).collection('documents');
afterAll(async () => {
  await collection.drop();
  await client.close();
});

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/** A collection and its view as JavaScript sees them. */
interface Loose {
  readonly insertOne: Call;
  readonly updateOne: Call;
  readonly bulkWrite: Call;
  find(filter: object, options: object): { toArray(): Promise<object[]> };
}

const LEAVES = ['a', 'b', 'branch.a', 'branch.list.b', 'list.a', 'list.b'];
const BRANCHES = ['branch', 'branch.list', 'list'];

interface Case {
  readonly view: { pick(document: object): object };
  readonly depths: ReadonlyMap<string, readonly number[]>;
  readonly safe: Loose;
}

/** A view with arrays of random depths at its leaves and branches. */
function randomCase(draw: Draw): Case {
  const depths = new Map(
    [...LEAVES, ...BRANCHES].map(
      (path) =>
        [
          path,
          draw.oneOf<readonly number[]>(
            path.endsWith('list') ? [[1], [1], [0, 1], [2]] : [[0], [0], [1], [2], [0, 1], [0, 2]],
          ),
        ] as const,
    ),
  );
  const arrays = Object.fromEntries(
    [...depths]
      .filter(([, [first, ...others]]) => first !== 0 || others.length > 0)
      .map(([path, each]) => [path, each.length === 1 ? each[0] : each]),
  );
  const paths = Object.fromEntries(LEAVES.map((path) => [path, 1]));
  const view = defineView<Record<string, unknown>>()({ public: paths, writable: paths, arrays } as never);
  return { view, depths, safe: new SafeCollection(collection, view) as never };
}

/** A value in arrays of the depth that the view declares, and sometimes of another depth. */
function randomValue(draw: Draw, path: string, { depths }: Case, drift: number): unknown {
  const allowed = depths.get(path) ?? [0];
  const depth = draw.chance(drift) ? draw.number(0, 3) : draw.oneOf(allowed);
  return inArrays(draw, depth, () => (BRANCHES.includes(path) ? undefined : draw.oneOf<unknown>([1, 2, 'x', null])));
}

function inArrays(draw: Draw, depth: number, innermost: () => unknown): unknown {
  return depth === 0
    ? innermost()
    : Array.from({ length: draw.number(0, 2) }, () => inArrays(draw, depth - 1, innermost));
}

function randomDocument(draw: Draw, of: Case, drift: number, prefix = ''): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  for (const path of [...LEAVES, ...BRANCHES]) {
    const key = path.slice(prefix.length);
    if (!path.startsWith(prefix) || key.includes('.') || draw.chance(20)) continue;
    const depth = draw.chance(drift) ? draw.number(0, 3) : draw.oneOf(of.depths.get(path) ?? [0]);
    document[key] = BRANCHES.includes(path)
      ? inArrays(draw, depth, () => randomDocument(draw, of, drift, `${path}.`))
      : randomValue(draw, path, of, drift);
  }
  return document;
}

function randomUpdatePath(draw: Draw, path: string): string {
  const segments = path.split('.');
  return segments
    .map(
      (segment, index) =>
        segment + (draw.chance(index < segments.length - 1 ? 60 : 15) ? draw.oneOf(['.$[]', '.$[]', '.$[].$[]']) : ''),
    )
    .join('.');
}

function randomUpdate(draw: Draw, of: Case): object {
  const path = draw.oneOf(LEAVES);
  const written = randomUpdatePath(draw, path);
  const value = () => inArrays(draw, draw.number(0, 2), () => draw.oneOf<unknown>([1, 'x', null]));
  const branch = draw.oneOf(BRANCHES);
  return draw.oneOf<() => object>([
    () => ({ $set: { [written]: value() } }),
    () => ({ $setOnInsert: { [written]: value() } }),
    () => ({ $unset: { [written]: 1 } }),
    () => ({ $inc: { [written]: 1 } }),
    () => ({ $mul: { [written]: 2 } }),
    () => ({ $min: { [written]: 1 } }),
    () => ({ $max: { [written]: 3 } }),
    () => ({ $currentDate: { [written]: true } }),
    () => ({ $push: { [written]: value() } }),
    () => ({ $push: { [written]: op({ $each: [value(), value()] }) } }),
    () => ({ $addToSet: { [written]: value() } }),
    () => ({ $pull: { [written]: 1 } }),
    () => ({ $pop: { [written]: 1 } }),
    () => ({ $push: { [randomUpdatePath(draw, branch)]: randomDocument(draw, of, 10, `${branch}.`) } }),
    () => ({ $set: { [randomUpdatePath(draw, branch)]: randomDocument(draw, of, 10, `${branch}.`) } }),
  ])();
}

/** Sends a random write in one of the ways; only what the library or the server refuses counts as refused. */
async function write(draw: Draw, of: Case): Promise<boolean> {
  const { safe } = of;
  const isOwn = draw.chance(50);
  const insert = randomDocument(draw, of, 10);
  const update = randomUpdate(draw, of);
  const upsert = draw.chance(30);
  const filter = draw.chance(60)
    ? {}
    : { [draw.oneOf(LEAVES)]: draw.oneOf<unknown>([1, 'x', null, op({ $in: [7] }), op({ $all: [7] })]) };
  const own = { trusted: trusted({ update }) };
  const ways: readonly (() => Promise<unknown>)[] = [
    () => (isOwn ? safe.insertOne({}, { trusted: trusted({ set: insert }) }) : safe.insertOne(insert)),
    () => (isOwn ? safe.updateOne(filter, {}, { upsert, ...own }) : safe.updateOne(filter, update, { upsert })),
    () =>
      isOwn
        ? safe.updateOne({}, {}, { upsert, trusted: trusted({ filter, update }) })
        : safe.updateOne(filter, update, { upsert }),
    () => safe.bulkWrite([{ updateOne: isOwn ? { filter, update: {}, upsert, ...own } : { filter, update, upsert } }]),
  ];
  return await draw
    .oneOf(ways)()
    .then(
      () => true,
      (error: unknown) => isExpected(error),
    );
}

function isExpected(error: unknown): false {
  expect(error).toHaveProperty('code', expect.stringMatching(/^(write_|server|bulk_write|filter_)/));
  return false;
}

it(
  'takes no write that leaves what a read calls drift',
  async () => {
    let accepted = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(draws(), async (draw) => {
        const of = randomCase(draw);
        await collection.deleteMany({});
        for (let round = 0; round < 12; round += 1) {
          if (await write(draw, of)) accepted += 1;
          else refused += 1;
          const documents = await of.safe.find({}, { projection: of.view }).toArray();
          expect(documents).toBeInstanceOf(Array);
        }
      }),
      runs(120),
    );
    expect({ accepted, refused }).toEqual({
      accepted: expect.toSatisfy((count: number) => count > 300),
      refused: expect.toSatisfy((count: number) => count > 300),
    });
  },
  PROPERTY_TIMEOUT,
);

it(
  'takes exactly the documents that a read takes',
  async () => {
    const seen = { taken: 0, drift: 0 };
    await fc.assert(
      fc.asyncProperty(draws(), async (draw) => {
        const of = randomCase(draw);
        const document = randomDocument(draw, of, draw.oneOf([0, 15]));
        const isDrift = drifts(() => of.view.pick(document));
        seen[isDrift ? 'drift' : 'taken'] += 1;
        const set = trusted({ set: document });
        if (isDrift)
          await expect(of.safe.insertOne({}, { trusted: set })).rejects.toMatchObject({ code: 'write_value' });
        else await of.safe.insertOne({}, { trusted: set });
      }),
      runs(400, 1),
    );
    expect(seen).toEqual({
      taken: expect.toSatisfy((count: number) => count > 50),
      drift: expect.toSatisfy((count: number) => count > 50),
    });
  },
  PROPERTY_TIMEOUT,
);

function drifts(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch (error) {
    if (error instanceof SchemaDriftError) return true;
    throw error;
  }
}
