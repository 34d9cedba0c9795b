import { PerformanceObserver } from 'node:perf_hooks';

import { collectAll } from './collect-garbage.ts';
import type { Lane, Work } from './work.ts';

/** Bytes that one call of a lane allocates, on the heap and in buffers outside it. */
export interface Allocation {
  readonly lane: string;
  readonly bytes: number;
}

const ATTEMPTS = 5;

/**
 * Counts what each lane allocates. The process runs with a young generation so large that nothing is collected while a
 * lane runs: then the heap grows by exactly what was allocated. A run during which V8 did collect counts for nothing.
 */
export async function measureAllocation(work: Work, calls: number): Promise<readonly Allocation[]> {
  const result: Allocation[] = [];
  for (const lane of work.lanes) result.push({ lane: lane.name, bytes: await allocationOf(lane, calls) });
  return result;
}

async function allocationOf(lane: Lane, calls: number): Promise<number> {
  for (let call = 0; call < calls; call += 1) await lane.run();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const bytes = await tryOnce(lane, Math.max(1, calls >> attempt));
    if (bytes !== undefined) return bytes;
  }
  throw new Error(`V8 collected garbage in each of ${ATTEMPTS} runs of ${lane.name}`);
}

async function tryOnce(lane: Lane, calls: number): Promise<number | undefined> {
  collectAll();
  await nextTurn();
  let collections = 0;
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length;
  });
  observer.observe({ entryTypes: ['gc'] });
  const before = usedBytes();
  for (let call = 0; call < calls; call += 1) await lane.run();
  const bytes = (usedBytes() - before) / calls;
  await nextTurn();
  observer.disconnect();
  return collections === 0 ? bytes : undefined;
}

function usedBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Entries of the observer come in a later turn of the event loop. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
}
