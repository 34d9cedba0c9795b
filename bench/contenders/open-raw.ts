import type { BenchUser } from '../data/bench-user.ts';
import type { Contender, Place } from './contender.ts';
import { LANES, SMALL_BATCH } from './lanes.ts';
import { rawCalls } from './raw-calls.ts';
import { batchCalls, wholeCalls, zodCalls } from './raw-variants.ts';

/** The driver as it is: with a projection (twice, to show the noise), without one, with batch sizes, with zod behind it. */
export async function openRaw(place: Place): Promise<readonly Contender[]> {
  const db = place.client.db(place.database);
  const users = db.collection<BenchUser>('users');
  const scratch = db.collection<BenchUser>(place.scratch);
  const calls = rawCalls(users, scratch);
  return [
    { name: LANES.baseline, calls, close: keepOpen },
    { name: LANES.again, calls: rawCalls(users, scratch), close: keepOpen },
    { name: LANES.whole, calls: wholeCalls(users), close: keepOpen },
    { name: LANES.oneBatch, calls: batchCalls(users, (limit) => limit), close: keepOpen },
    { name: LANES.smallBatches, calls: batchCalls(users, () => SMALL_BATCH), close: keepOpen },
    { name: LANES.zod, calls: zodCalls(calls), close: keepOpen },
  ];
}

/** The driver with a projection alone. */
export async function openBaseline(place: Place): Promise<readonly Contender[]> {
  return (await openRaw(place)).slice(0, 1);
}

/** The client is closed by whoever opened it. */
async function keepOpen(): Promise<void> {}
