import { describe, expect, it } from 'vitest';
import { SafeCollectionError } from 'safe-collection';

import { computeTypes, type Computed, type TypedCall } from './support/computed-types.ts';
import { PipelineMaker } from './support/generate-pipeline.ts';
import { printPipeline } from './support/print-pipeline.ts';
import { testWorld } from './support/test-world.ts';
import type { TypeFit } from './support/type-fit.ts';

/** So many pipelines; `npm run fuzz:types` for a run of its own. One program checks a hundred. */
const RUNS = Number(process.env['FUZZ_TYPES'] ?? 40);
const BATCH = 100;

const world = await testWorld();

/** Numbers that are the same for the same seed (mulberry32). */
function diceOf(seed: number): { roll(n: number): number } {
  let state = seed;
  return {
    roll(n) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
    },
  };
}

function generated(seed: number): TypedCall {
  const dice = diceOf(seed);
  const collection = dice.roll(2) === 0 ? 'users' : 'orders';
  return { collection, pipeline: new PipelineMaker(dice).pipeline(collection) };
}

/** What mongod returns; `undefined` if the guard or the server refuses the call. */
async function resultsOf({ collection, pipeline }: TypedCall): Promise<readonly unknown[] | undefined> {
  try {
    return await world.safe[collection].aggregate(pipeline as never).toArray();
  } catch (error) {
    if (error instanceof SafeCollectionError) return undefined;
    throw error;
  }
}

/** What is wrong with the type of a call; `undefined` if there is nothing to compare. */
async function faultsOf(call: TypedCall, computed: Computed, fit: TypeFit): Promise<readonly string[] | undefined> {
  if ('refused' in computed) return undefined;
  const documents = await resultsOf(call);
  if (documents === undefined || documents.length === 0) return undefined;
  return documents.flatMap((document) => fit.problems(document, computed.type));
}

describe('the computed type of a pipeline', () => {
  it(`fits what mongod returns, for ${RUNS} pipelines`, async () => {
    let compared = 0;
    const seen = { refused: 0, none: 0 };
    const failures: string[] = [];
    for (let from = 0; from < RUNS; from += BATCH) {
      const calls = Array.from({ length: Math.min(BATCH, RUNS - from) }, (_, index) => generated(1 + from + index));
      const { computed, fit } = computeTypes(calls);
      for (const [index, call] of calls.entries()) {
        const of = computed[index] as Computed;
        const faults = await faultsOf(call, of, fit);
        if (faults === undefined) seen['refused' in of ? 'refused' : 'none'] += 1;
        else compared += 1;
        if (faults !== undefined && faults.length > 0)
          failures.push(
            `${[...new Set(faults)].slice(0, 3).join('\n  ')}\n  ${call.collection} ${printPipeline(call.pipeline)}`,
          );
      }
    }
    console.log(`computed types: ${JSON.stringify({ compared, ...seen })}`);
    expect(failures.join('\n')).toBe('');
    expect(compared).toBeGreaterThan(RUNS / 4);
  }, 1_800_000);

  it.for<readonly [name: string, planted: string, says: string]>([
    ['present and may be missing', '{ note: string; quantity: number }', 'note is missing'],
    ['of another kind', '{ note?: string; quantity: string }', 'quantity is number'],
    ['never null and is', '{ note?: string; quantity: number; ship?: { city: string } }', 'ship is null'],
    ['not there and is', '{ note?: string }', 'quantity is there'],
  ])('is found wrong if a field is planted that is %s', async ([, planted, says]) => {
    const right = { collection: 'orders', pipeline: [{ $project: { note: 1, quantity: 1 } }] } as const;
    const withNull = [{ $project: { note: 1, quantity: 1, ship: { $ifNull: ['$ship', null] } } }];
    const call = { ...right, ...(planted.includes('ship') ? { pipeline: withNull } : {}) };
    const { computed, fit } = computeTypes([call, { ...call, planted }]);
    expect(await faultsOf(call, computed[0] as Computed, fit)).toEqual([]);
    expect(await faultsOf(call, computed[1] as Computed, fit)).toContainEqual(expect.stringContaining(says));
  });

  it('is shown by an editor as a plain shape', () => {
    const sold = [{ $group: { _id: '$product', sold: { $sum: '$quantity' } } }];
    const shown = [
      [{ $project: { product: 1, note: 1 } }],
      sold,
      [{ $set: { at: '$note' } }, { $project: { at: 1, items: { sku: 1 } } }],
      [{ $facet: { sold } }],
    ].map((pipeline) => ({ collection: 'orders', pipeline }) as const);
    expect(
      computeTypes(shown).computed.map((each) =>
        'text' in each ? each.text.replaceAll('readonly ', '') : each.refused,
      ),
    ).toEqual([
      'Exposed<{ product: string; note?: string; }>',
      'Exposed<{ _id: string; sold: number; }>',
      'Exposed<{ at?: string; items: { sku: string; }[]; }>',
      'Exposed<{ sold: { _id: string; sold: number; }[]; }>',
    ]);
  });
});
