import type { HttpSize } from '../http/http-size.ts';
import { HTTP_LANES } from '../http/lanes.ts';
import type { HttpSummary } from './summarize-http.ts';
import { estimated, markdownTable, milliseconds } from './table.ts';
import { machine, versionOf } from './versions.ts';

const MEGABYTE = 1024 * 1024;

/** The servers under load, as Markdown. */
export function writeHttpResults(tables: readonly HttpSummary[], { users, rounds }: HttpSize): string {
  return `${[
    '# HTTP',
    'Made by `npm run bench:http`; do not edit. How it is measured: [performance](../docs/performance.md#http).',
    `${machine()}, Fastify ${versionOf('fastify', 'root')}, mongodb ${versionOf('mongodb', 'root')}, mongoose ${versionOf('mongoose')}, ${users.toLocaleString('en')} users, ${rounds} rounds. The servers, the client and mongod share the machine. Each row is compared with the first one of its table, round by round: the median of the ratios, and in parentheses a 95 % bootstrap interval. **CPU** is the server's processor time for one request. **RSS** is the most memory of the server's process. A row "${HTTP_LANES.again}" does exactly what the first row does: its difference from 1 is noise. "Guarded" servers use \`safe-collection/fastify\`, which checks each body; the others have no guard.`,
    ...tables.map(section),
    'Prisma is not compared: its client for MongoDB (version 6; version 7 has none) needs an engine that its npm package downloads from another server.',
  ].join('\n\n')}\n`;
}

function section({ route, connections, rows }: HttpSummary): string {
  const cells = rows.map(({ lane, requestsPerSecond, speed, p50Ms, p99Ms, cpuMs, cpu, rssBytes }) => [
    lane,
    Math.round(requestsPerSecond).toLocaleString('en'),
    estimated(speed),
    milliseconds(p50Ms),
    milliseconds(p99Ms),
    milliseconds(cpuMs),
    estimated(cpu),
    (rssBytes / MEGABYTE).toFixed(0),
  ]);
  const head = ['', 'requests/s', 'speed', 'p50, ms', 'p99, ms', 'CPU, ms', 'CPU', 'RSS, MB'];
  return `## ${titleOf(route, connections)}\n\n${markdownTable(head, cells)}`;
}

/** `1,000 users, 8 paths, 64 connections`. */
export function titleOf(route: string, connections: number): string {
  return `${route}, ${connections} ${connections === 1 ? 'connection' : 'connections'}`;
}
