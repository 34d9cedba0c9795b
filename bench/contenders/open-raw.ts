import type { BenchUser } from '../data/bench-user.ts';
import type { Contender, Place } from './contender.ts';
import { LANES, SMALL_BATCH } from './lanes.ts';
import { rawCalls } from './raw-calls.ts';
import { batchCalls, wholeCalls, zodCalls } from './raw-variants.ts';

/** The raw driver: with a projection (twice, to show the noise), without one, with batch sizes, and with zod. */
export async function openRaw(place: Place): Promise<readonly Contender[]> {
  const db = place.client.db(place.database);
  const users = db.collection<BenchUser>('users');
  const scratch = db.collection<BenchUser>(place.scratch);
  const calls = rawCalls(users, scratch);
  return [
    { name: LANES.baseline, calls },
    { name: LANES.again, calls: rawCalls(users, scratch) },
    { name: LANES.whole, calls: wholeCalls(users) },
    { name: LANES.oneBatch, calls: batchCalls(users, (limit) => limit) },
    { name: LANES.smallBatches, calls: batchCalls(users, () => SMALL_BATCH) },
    { name: LANES.zod, calls: zodCalls(calls) },
  ];
}

/** The driver with a projection only. */
export async function openBaseline(place: Place): Promise<readonly Contender[]> {
  return (await openRaw(place)).slice(0, 1);
}
