/** The cost of a call: the median of the rounds and their spread in µs, and the allocated bytes. */
export interface Cost {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  readonly bytes: number;
}

const ROUNDS = 25;
const WARM_UP = 30_000;

/** Long enough for a CPU clock with a resolution of a few milliseconds. */
const ROUND_IN_MICROSECONDS = 40_000;

/** So few calls that they fit into the young generation, so that no collection runs between two measurements of the heap. */
const CALLS_OF_HEAP = 1_000;

/**
 * Measures the CPU time of a warm call, because on a busy machine the wall time includes other work. If the call returns a
 * promise, it is awaited.
 */
export async function measure(call: () => unknown, warmUp = WARM_UP): Promise<Cost> {
  const calls = Math.ceil((ROUND_IN_MICROSECONDS * warmUp) / (await timeOf(call, warmUp)));
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push((await timeOf(call, calls)) / calls);
  times.sort((left, right) => left - right);
  return {
    median: at(times, 0.5),
    lowest: at(times, 0.1),
    highest: at(times, 0.9),
    bytes: await bytesOf(call, Math.min(warmUp, CALLS_OF_HEAP)),
  };
}

async function timeOf(call: () => unknown, times: number): Promise<number> {
  const start = process.cpuUsage();
  await repeat(call, times);
  const { user, system } = process.cpuUsage(start);
  return Math.max(user + system, 1);
}

async function repeat(call: () => unknown, times: number): Promise<void> {
  for (let index = 0; index < times; index += 1) {
    const answer = call();
    if (answer instanceof Promise) await answer;
  }
}

async function bytesOf(call: () => unknown, calls: number): Promise<number> {
  const collect = globalThis.gc;
  if (collect === undefined) throw new Error('Run this by `npm run bench:guard`: it needs --expose-gc.');
  collect();
  const before = process.memoryUsage().heapUsed;
  await repeat(call, calls);
  return (process.memoryUsage().heapUsed - before) / calls;
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}
