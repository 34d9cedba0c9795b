import { describe, expect, it } from 'vitest';

import { HTTP_LANES } from '../../bench/http/lanes.ts';
import type { HttpSample, HttpTable } from '../../bench/http/run-http-bench.ts';
import { drawHttpChart } from '../../bench/report/draw-http-chart.ts';
import { summarizeHttp } from '../../bench/report/summarize-http.ts';

const sample = (requestsPerSecond: number, cpuMs: number): HttpSample => ({
  requestsPerSecond,
  cpuMs,
  p50Ms: 1,
  p99Ms: 2,
  rssBytes: requestsPerSecond,
});

/** In the second round the machine was ten times slower. */
const table: HttpTable = {
  route: '1 user',
  connections: 64,
  lanes: new Map([
    [HTTP_LANES.raw, [sample(100, 1), sample(10, 10), sample(90, 1)]],
    [HTTP_LANES.json, [sample(200, 0.5), sample(20, 5), sample(180, 0.5)]],
  ]),
};

describe('a summary of servers under load', () => {
  it('compares a server with the first one of the same round, so a slow round changes nothing', () => {
    const [summary] = summarizeHttp([table]);
    const [raw, json] = summary?.rows ?? [];
    expect(raw).toMatchObject({ lane: HTTP_LANES.raw, requestsPerSecond: 90, rssBytes: 100 });
    expect(json).toMatchObject({
      requestsPerSecond: 180,
      speed: { median: 2, low: 2, high: 2 },
      cpu: { median: 0.5, low: 0.5, high: 0.5 },
    });
  });

  it('becomes a chart of the larger load, in which the longest bar has the highest number', () => {
    const few: HttpTable = { ...table, connections: 1 };
    const chart = drawHttpChart(summarizeHttp([few, table]));
    expect(chart).toContain('1 user, 64 connections: requests per second');
    expect(chart).not.toContain('1 user, 1 connection:');
    const widths = [...chart.matchAll(/<rect class="(\w+)" [^>]*width="(\d+)"/g)].map(([, kind, width]) => [
      kind,
      Number(width),
    ]);
    expect(widths).toEqual([
      ['safe', 410],
      ['bar', 205],
    ]);
  });
});
