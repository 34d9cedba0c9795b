import { GCProfiler, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose_gc');
const collectGarbage = runInNewContext('gc') as () => void;

interface Measured<T> {
  readonly result: T;
  /** The most bytes that were in use at once, apart from those before. */
  readonly used: number;
}

/**
 * Runs a call and measures its memory. Garbage of before is collected first: if it were collected during the call, it would hide what the call
 * uses. Objects that die young are not counted, if the process has a small space for them (`--max-semi-space-size=1`): it is collected after
 * each megabyte, and what is left is the memory in use. Other garbage of the call counts, so the result is rather too high.
 */
export async function memoryOf<T>(call: () => Promise<T>): Promise<Measured<T>> {
  collectGarbage();
  const before = inUse();
  const profiler = new GCProfiler();
  profiler.start();
  const result = await call();
  const after = inUse();
  const collections = profiler.stop()?.statistics ?? [];
  const left = collections.map(({ afterGC: { heapStatistics: heap } }) => heap.usedHeapSize + heap.externalMemory);
  return { result, used: Math.max(after, ...left) - before };
}

function inUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
