import { isDeepStrictEqual } from 'node:util';
import { resolve } from 'node:path';

import { type Random, seededRandom, shuffled } from '../data/random.ts';
import { type Child, startChild } from '../prepare/start-child.ts';
import type { Load, LoadResult } from './client.ts';
import type { Source } from './contenders/reads.ts';
import type { HttpSize } from './http-size.ts';
import { HTTP_LANES, type HttpLane } from './lanes.ts';
import { ROUTES } from './routes.ts';
import type { Usage } from './server.ts';

/** One run of a load. */
export interface HttpSample {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU time of the server for each request. */
  readonly cpuMs: number;
  readonly rssBytes: number;
}

/** The samples of each lane, by round: the n-th of each lane belong together. */
export interface HttpTable {
  readonly route: string;
  readonly connections: number;
  readonly lanes: ReadonlyMap<HttpLane, readonly HttpSample[]>;
}

interface Server {
  readonly lane: HttpLane;
  readonly origin: string;
  readonly child: Child;
}

/** Loads the servers one after another, in rounds: in each, every server gets every load once, in a random order. */
export async function runHttpBench(source: Source, size: HttpSize): Promise<readonly HttpTable[]> {
  const client = await startChild(resolve(import.meta.dirname, 'client.ts'), []);
  const servers: Server[] = [];
  try {
    for (const lane of Object.values(HTTP_LANES)) servers.push(await startServer(lane, source, size));
    await checkAnswers(servers);
    return await measure(client, servers, size);
  } finally {
    for (const { child } of servers) await child.stop();
    await client.stop();
  }
}

async function startServer(lane: HttpLane, { uri, database }: Source, { users }: HttpSize): Promise<Server> {
  const args = [lane, uri, database, String(users)];
  const child = await startChild(resolve(import.meta.dirname, 'server.ts'), args);
  return { lane, origin: await child.ask<string>('origin'), child };
}

/** All servers have to give the same answers, except the one that sends whole documents. */
async function checkAnswers(servers: readonly Server[]): Promise<void> {
  for (const path of ROUTES.values()) {
    let expected: unknown;
    for (const { lane, origin } of servers) {
      const answer: unknown = await (await fetch(`${origin}${path}`)).json();
      expected ??= answer;
      if (lane !== HTTP_LANES.whole && !isDeepStrictEqual(answer, expected))
        throw new Error(`${lane} answers ${path} in another way than the raw driver`);
    }
  }
}

async function measure(client: Child, servers: readonly Server[], size: HttpSize): Promise<readonly HttpTable[]> {
  const random = seededRandom(6);
  const tables: HttpTable[] = [];
  for (const [route, path] of ROUTES) {
    for (const connections of size.connections) {
      console.error(`bench: ${route}, ${connections} connections`);
      tables.push({ route, connections, lanes: await rounds(client, servers, path, connections, size, random) });
    }
  }
  return tables;
}

async function rounds(
  client: Child,
  servers: readonly Server[],
  path: string,
  connections: number,
  { warmUpSeconds, sampleSeconds, rounds: count }: HttpSize,
  random: Random,
): Promise<HttpTable['lanes']> {
  const loads = new Map<Server, Load>();
  for (const server of servers) {
    const load = { url: `${server.origin}${path}`, connections, amount: connections * 2 };
    const amountFor = (seconds: number, rate: number): number => Math.max(connections * 2, Math.ceil(seconds * rate));
    const first = await sample(client, server, load);
    const warm = await sample(client, server, { ...load, amount: amountFor(warmUpSeconds, first.requestsPerSecond) });
    loads.set(server, { ...load, amount: amountFor(sampleSeconds, warm.requestsPerSecond) });
  }
  const samples = new Map(servers.map(({ lane }) => [lane, [] as HttpSample[]]));
  for (let round = 0; round < count; round += 1) {
    for (const server of shuffled(random, servers))
      samples.get(server.lane)?.push(await sample(client, server, loads.get(server) as Load));
  }
  return samples;
}

async function sample(client: Child, { child }: Server, load: Load): Promise<HttpSample> {
  const before = await child.ask<Usage>('usage');
  const { seconds, latencies } = await client.ask<LoadResult>(load);
  const after = await child.ask<Usage>('usage');
  const sorted = latencies.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    requestsPerSecond: latencies.length / seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    cpuMs: (after.cpuMs - before.cpuMs) / latencies.length,
    rssBytes: after.rssBytes,
  };
}
