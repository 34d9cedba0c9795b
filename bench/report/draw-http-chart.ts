import { HTTP_LANES, type HttpLane } from '../http/lanes.ts';
import { drawBars } from './draw-bars.ts';
import type { HttpSummary } from './summarize-http.ts';
import { titleOf } from './write-http-results.ts';

/** The rows of the chart, by the names that it shows. */
const SHOWN: readonly (readonly [lane: HttpLane, name: string])[] = [
  [HTTP_LANES.json, 'safe-collection, JSON'],
  [HTTP_LANES.objects, 'safe-collection, objects'],
  [HTTP_LANES.raw, HTTP_LANES.raw],
  [HTTP_LANES.lean, HTTP_LANES.lean],
  [HTTP_LANES.whole, HTTP_LANES.whole],
];

const SAFE: ReadonlySet<HttpLane> = new Set([HTTP_LANES.json, HTTP_LANES.objects]);

/** A bar chart of the requests that each server answers in a second under the larger load. */
export function drawHttpChart(tables: readonly HttpSummary[]): string {
  const most = Math.max(...tables.map(({ connections }) => connections));
  const panels = tables
    .filter(({ connections }) => connections === most)
    .toReversed()
    .map(({ route, connections, rows }) => ({
      title: `${titleOf(route, connections)}: requests per second`,
      bars: SHOWN.flatMap(([lane, name]) =>
        rows
          .filter((row) => row.lane === lane)
          .map(({ requestsPerSecond }) => ({
            name,
            value: requestsPerSecond,
            shown: Math.round(requestsPerSecond).toLocaleString('en'),
            isSafe: SAFE.has(lane),
          })),
      ),
    }));
  return drawBars('Requests per second of a Fastify server on top of each way to read', panels);
}
