import { assert, asyncProperty, constantFrom, gen, nat } from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { BSON, type Document } from 'mongodb';
import { op, RefusedCallError, SafeCollectionError, type SafeCollection } from 'safe-collection';

import { generateDocuments } from './support/generate-documents.ts';
import { PipelineMaker } from './support/generate-pipeline.ts';
import { readingAll } from './support/read-all.ts';
import { testWorld } from './support/test-world.ts';
import { ordersOf, usersOf } from './support/world.ts';

/** The number of pipelines; `npm run fuzz:pruning` runs 20,000. */
const RUNS = Number(process.env['AGGREGATE_RUNS'] ?? 300);
/** The number of pipelines for each set of documents. */
const PIPELINES_PER_SET = 20;

const SORT_WITH_TIES = /"\$sort":\{(?!"_id|"count)|"sortBy":\{/;

const world = await testWorld();
const collections = world.safe as unknown as Readonly<Record<string, SafeCollection<never, never>>>;

async function outcome(collection: string, pipeline: readonly object[]): Promise<string> {
  try {
    const found: unknown = await collections[collection]?.aggregate(pipeline as never).toArray();
    return BSON.EJSON.stringify(found, { relaxed: false });
  } catch (error) {
    if (error instanceof RefusedCallError) return `refused ${error.code}`;
    if (error instanceof SafeCollectionError) return `failed ${JSON.stringify(error)}`;
    throw error;
  }
}

/** The order among equal sort keys is not fixed. */
function withoutTies(stages: readonly Document[]): readonly Document[] {
  return stages.filter((stage) => !SORT_WITH_TIES.test(JSON.stringify(stage)));
}

describe('a pipeline gets from the views what it needs', () => {
  it(`${RUNS} pipelines give the same if every leaf of every view is read besides`, async () => {
    const seen = { results: 0, empty: 0, refused: 0, failed: 0 };
    let left = 0;
    await assert(
      asyncProperty(gen(), constantFrom('users', 'orders'), async (choose, collection) => {
        const dice = { roll: (n: number) => choose(nat, { max: n - 1 }) };
        if (left === 0) {
          left = PIPELINES_PER_SET;
          for (const [name, documents] of Object.entries(generateDocuments(dice))) {
            await world.db.collection(name).deleteMany({});
            await world.db.collection(name).insertMany([...documents]);
          }
        }
        left -= 1;
        const pipeline = withoutTies(new PipelineMaker(dice).pipeline(collection));
        const [pruned, whole] = [
          await outcome(collection, pipeline),
          await outcome(collection, readingAll(pipeline, collection)),
        ];
        expect(pruned, BSON.EJSON.stringify(pipeline)).toBe(whole);
        if (pruned.startsWith('refused')) seen.refused += 1;
        else if (pruned.startsWith('failed')) seen.failed += 1;
        else seen[pruned === '[]' ? 'empty' : 'results'] += 1;
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    console.log(`pruning: ${JSON.stringify(seen)}`);
    expect(seen.results).toBeGreaterThan(RUNS / 3);
  }, 7_200_000);
});

describe('the fields that the stages of a join use are present, regardless of the stages around it', () => {
  beforeAll(async () => {
    for (const [name, documents] of Object.entries({ users: usersOf(0), orders: ordersOf(0) })) {
      await world.db.collection(name).deleteMany({});
      await world.db.collection(name).insertMany(documents);
    }
  });

  const JOIN = { from: 'orders', localField: '_id', foreignField: 'user_id', as: 'o' };
  it.for<readonly [name: string, pipeline: readonly object[], project: object]>([
    [
      'a filter below the view of a join',
      [{ $addFields: { x: 1 } }, { $match: { note: op({ $exists: false }) } }],
      { 'o.product': 1 },
    ],
    ['an unwound array of a join', [{ $unwind: '$tags' }], { 'o.product': 1 }],
    ['a sum in a join', [{ $addFields: { total: { $sum: '$quantity' } } }], { 'o.total': 1 }],
    ['a size in a join', [{ $addFields: { n: { $size: { $ifNull: ['$tags', []] } } } }], { 'o.n': 1 }],
    ['a sort in a join', [{ $addFields: { x: 1 } }, { $sort: { quantity: 1, order_date: 1 } }], { 'o.product': 1 }],
    ['a field that is called like an operand', [{ $addFields: { sortBy: '$quantity' } }], { 'o.sortBy': 1 }],
    ['a group in a join', [{ $group: { _id: null, sortBy: { $max: '$quantity' } } }], { 'o.sortBy': 1 }],
  ])('%s', async ([, joined, project]) => {
    const raw = await world.db
      .collection('users')
      .aggregate([{ $lookup: { ...JOIN, pipeline: joined.map(opened) } }, { $project: { ...project, _id: 0 } }])
      .toArray();
    const safe = await collections['users']
      ?.aggregate([{ $lookup: { ...JOIN, pipeline: joined } }, { $project: project }] as never)
      .toArray();
    expect(safe).toEqual(raw);
    expect(JSON.stringify(raw)).not.toMatch(/^\[({"o":\[\]},?)*\]$/);
  });
});

describe('the fields that a stage uses are there, although nothing else names them', () => {
  it.for<readonly [name: string, stages: readonly object[], result: object]>([
    ['a sort', [{ $addFields: { x: 1 } }, { $sort: { joined_at: -1 } }], { username: 1 }],
    [
      'the sort of a window',
      [
        { $setWindowFields: { sortBy: { joined_at: -1 }, output: { n: { $documentNumber: {} } } } },
        { $sort: { n: 1 } },
      ],
      { username: 1, n: 1 },
    ],
    [
      'the sort of an accumulator',
      [{ $group: { _id: null, last: { $top: { sortBy: { joined_at: -1 }, output: '$username' } } } }],
      { last: 1 },
    ],
    [
      'the key of a join',
      [
        { $addFields: { x: 1 } },
        { $lookup: { from: 'users', localField: 'email', foreignField: 'email', as: 'same' } },
      ],
      { n: { $size: '$same' } },
    ],
    [
      'a branch whose fields were all left out',
      [{ $unset: ['profile.bio', 'profile.avatar'] }],
      { all: { $map: { input: { $objectToArray: '$$ROOT' }, in: '$$this.k' } } },
    ],
    [
      'an array of documents whose fields were all left out',
      [{ $project: { 'addresses.city': 0 } }],
      { n: { $size: '$addresses' } },
    ],
    [
      'the place of a field that is set anew',
      [{ $addFields: { email: 'x' } }],
      { keys: { $map: { input: { $objectToArray: '$$ROOT' }, in: '$$this.k' } } },
    ],
  ])('%s', async ([, stages, result]) => {
    const view = {
      $project: {
        username: 1,
        email: 1,
        age: 1,
        joined_at: 1,
        'profile.bio': 1,
        'profile.avatar': 1,
        'addresses.city': 1,
        _id: 0,
      },
    };
    const raw = await world.db
      .collection('users')
      .aggregate([view, ...stages, { $project: { ...result, _id: 0 } }])
      .toArray();
    expect(await collections['users']?.aggregate([...stages, { $project: result }] as never).toArray()).toEqual(raw);
    expect(raw.length).toBeGreaterThan(0);
  });
});

/** The raw driver takes operators plain. */
function opened(stage: object): object {
  return JSON.stringify(stage).includes('note') ? { $match: { note: { $exists: false } } } : stage;
}
