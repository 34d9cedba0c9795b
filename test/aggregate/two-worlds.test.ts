import { assert, asyncProperty, constantFrom, gen, nat } from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { BSON } from 'mongodb';
import { RefusedCallError, SafeCollectionError } from 'safe-collection';

import { PipelineMaker } from './support/generate-pipeline.ts';
import { openWorld, type World } from './support/world.ts';

/** The number of pipelines; `AGGREGATE_RUNS=5000` for a longer run. */
const RUNS = Number(process.env['AGGREGATE_RUNS'] ?? 300);

let worlds: readonly [World, World];

beforeAll(async () => {
  worlds = [await openWorld(inject('mongodbUri'), 0), await openWorld(inject('mongodbUri'), 1)];
});

afterAll(async () => {
  await Promise.all(worlds.map((world) => world.close()));
});

/** All that a caller sees of a call: its results in their order, or its error. */
async function outcomeIn(world: World, collection: 'users' | 'orders', pipeline: readonly object[]): Promise<string> {
  try {
    const found: unknown[] = await world.safe[collection].aggregate(pipeline as never).toArray();
    return BSON.EJSON.stringify(found, { relaxed: false });
  } catch (error) {
    if (error instanceof RefusedCallError) return `refused ${error.code} ${error.message}`;
    if (error instanceof SafeCollectionError) return `failed ${JSON.stringify(error)}`;
    throw error;
  }
}

describe('two worlds that differ only in private data', () => {
  it('are distinguished by a raw pipeline that copies a private value to a public name', async () => {
    const pipeline = [{ $addFields: { product: '$cost_center' } }, { $project: { product: 1, _id: 0 } }];
    const [one, other] = await Promise.all(
      worlds.map((world) => world.db.collection('orders').aggregate(pipeline).toArray()),
    );
    expect(other).not.toEqual(one);
  });

  it(`give the same for ${RUNS} pipelines`, async () => {
    const seen = { results: 0, empty: 0, refused: 0, failed: 0 };
    await assert(
      asyncProperty(gen(), constantFrom('users', 'orders'), async (choose, collection) => {
        const maker = new PipelineMaker({ roll: (n) => choose(nat, { max: n - 1 }) });
        const pipeline = maker.pipeline(collection);
        const [one, other] = await Promise.all(worlds.map((world) => outcomeIn(world, collection, pipeline)));
        expect(other, `in the other world: ${BSON.EJSON.stringify(pipeline)}`).toBe(one);
        if (one?.startsWith('refused')) seen.refused += 1;
        else if (one?.startsWith('failed')) seen.failed += 1;
        else seen[one === '[]' ? 'empty' : 'results'] += 1;
      }),
      { numRuns: RUNS },
    );
    console.log(`two worlds: ${JSON.stringify(seen)}`);
    expect(seen.results).toBeGreaterThan(RUNS / 2);
  }, 900_000);
});
