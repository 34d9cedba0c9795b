import { seededRandom } from '../data/random.ts';
import { HTTP_LANES, type HttpLane } from '../http/lanes.ts';
import type { HttpSample, HttpTable } from '../http/run-http-bench.ts';
import { type Estimate, estimate, median } from '../measure/statistics.ts';

/** One server under one load: medians of its samples, and ratios to the first server of the same round. */
export interface HttpRow {
  readonly lane: HttpLane;
  readonly requestsPerSecond: number;
  /** Requests in the same time: above 1 is faster. */
  readonly speed: Estimate;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the server for each request. */
  readonly cpuMs: number;
  /** Below 1 is less. */
  readonly cpu: Estimate;
  /** The most of all samples. */
  readonly rssBytes: number;
}

export interface HttpSummary {
  readonly route: string;
  readonly connections: number;
  readonly rows: readonly HttpRow[];
}

/** Compares the servers round by round. */
export function summarizeHttp(tables: readonly HttpTable[]): readonly HttpSummary[] {
  return tables.map(({ route, connections, lanes }) => {
    const baseline = lanes.get(HTTP_LANES.raw) ?? [];
    return { route, connections, rows: [...lanes].map(([lane, samples]) => rowOf(lane, samples, baseline)) };
  });
}

function rowOf(lane: HttpLane, samples: readonly HttpSample[], baseline: readonly HttpSample[]): HttpRow {
  const middle = (part: (sample: HttpSample) => number): number => median(samples.map(part));
  const paired = (part: (sample: HttpSample) => number): Estimate =>
    estimate(
      samples.map((sample, round) => part(sample) / part(baseline[round] as HttpSample)),
      seededRandom(3),
    );
  return {
    lane,
    requestsPerSecond: middle(({ requestsPerSecond }) => requestsPerSecond),
    speed: paired(({ requestsPerSecond }) => requestsPerSecond),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    cpuMs: middle(({ cpuMs }) => cpuMs),
    cpu: paired(({ cpuMs }) => cpuMs),
    rssBytes: Math.max(...samples.map(({ rssBytes }) => rssBytes)),
  };
}
