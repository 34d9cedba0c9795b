import autocannon from 'autocannon';

import { answerParent } from '../prepare/answer-parent.ts';

/** A number of requests, and how many of them are under way at any time. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly amount: number;
}

/** How a server answered a load. */
export interface LoadResult {
  readonly seconds: number;
  /** The time of each answer, in milliseconds. */
  readonly latencies: readonly number[];
}

/** How often autocannon looks whether it is done, in milliseconds. */
const TICK = 10;

/** Sends the load, in a process of its own. */
answerParent(async (load) => await send(load as Load));

function send(load: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  const start = performance.now();
  let end = start;
  return new Promise((resolve, reject) => {
    const run = autocannon({ ...load, timeout: 60, sampleInt: TICK }, (error: Error | null, result) => {
      if (error !== null) reject(error);
      else if (result.errors > 0 || result.non2xx > 0)
        reject(new Error(`${result.errors} requests failed, and ${result.non2xx} had another status than 200`));
      else resolve({ seconds: (end - start) / 1_000, latencies });
    });
    run.on('response', (_client, _status, _bytes, milliseconds) => {
      latencies.push(milliseconds);
      end = performance.now();
    });
  });
}
