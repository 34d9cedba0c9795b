import { getHeapSpaceStatistics } from 'node:v8';
import { PerformanceObserver } from 'node:perf_hooks';

import { collectYoung } from './collect-garbage.ts';
import type { Lane, Work } from './work.ts';

/** Bytes that one call of a lane allocates on the JavaScript heap. */
export interface Allocation {
  readonly lane: string;
  readonly bytes: number;
}

/** The spaces for new objects. V8 shrinks the rest of the heap at unpredictable times. */
const YOUNG_SPACES: ReadonlySet<string> = new Set(['new_space', 'new_large_object_space']);
const ATTEMPTS = 4;

/**
 * Counts the allocated bytes of each lane. The young generation is so large that nothing is collected while a lane runs, so it
 * grows by exactly what was allocated. A run during which V8 did collect is discarded.
 */
export async function measureAllocation(work: Work, calls: number): Promise<readonly Allocation[]> {
  const result: Allocation[] = [];
  for (const lane of work.lanes) result.push({ lane: lane.name, bytes: await allocationOf(lane, calls) });
  return result;
}

async function allocationOf(lane: Lane, calls: number): Promise<number> {
  await lane.run();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const bytes = await tryOnce(lane, Math.max(1, calls >> attempt));
    if (bytes !== undefined) return bytes;
  }
  throw new Error(`V8 collected garbage in each of ${ATTEMPTS} runs of ${lane.name}`);
}

async function tryOnce(lane: Lane, calls: number): Promise<number | undefined> {
  collectYoung();
  await nextTurn();
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  observer.observe({ entryTypes: ['gc'] });
  const before = youngBytes();
  for (let call = 0; call < calls; call += 1) await lane.run();
  const bytes = (youngBytes() - before) / calls;
  await nextTurn();
  observer.disconnect();
  return collections === 0 ? bytes : undefined;
}

function youngBytes(): number {
  const spaces = getHeapSpaceStatistics().filter(({ space_name }) => YOUNG_SPACES.has(space_name));
  return spaces.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}

/** Entries of the observer arrive in a later tick of the event loop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 2);
  });
}
