import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

import { MongoClient } from 'mongodb';

import { seed } from '../data/seed.ts';
import { joinRounds } from '../measure/join-rounds.ts';
import type { WorkSamples } from '../measure/work.ts';
import { forkChild } from '../prepare/fork-child.ts';
import type { Size } from '../size.ts';
import type { Chapter } from './all-works.ts';
import type { Group } from './open-contenders.ts';
import type { AllocationPass } from './allocation-pass.ts';
import type { TimePass } from './time-pass.ts';
import type { WirePass } from './wire-pass.ts';

export interface ServerBench {
  /** The library and the driver, in all chapters. */
  readonly time: TimePass;
  /** The other libraries and the driver, in the chapter of users. */
  readonly peers: TimePass;
  readonly allocation: AllocationPass;
  readonly wire: WirePass;
  /** The version of mongod. */
  readonly server: string;
}

/** In megabytes, so large that no garbage is collected while allocation is counted. */
const YOUNG = 512;

/** Seeds a separate database on the server, measures in separate processes, and drops it. */
export async function runServerBench(uri: string, size: Size): Promise<ServerBench> {
  const client = await new MongoClient(uri).connect();
  const database = `safe-collection-bench-${randomUUID()}`;
  try {
    console.error(
      `bench: storing ${size.users.toLocaleString('en')} users and ${size.orders.toLocaleString('en')} orders`,
    );
    await seed(client.db(database), size);
    const pass = <T>(module: string, group: Group, flags: readonly string[] = [], share = size): Promise<T> =>
      forkChild<T>(
        resolve(import.meta.dirname, module),
        [uri, database, JSON.stringify(share), group],
        ['--expose-gc', ...flags],
      );
    const times: TimePass[] = [];
    while (times.length < size.processes)
      times.push(await pass<TimePass>('time-pass.ts', 'library', [], shareOf(size)));
    const time = joined(times);
    console.error('bench: the other libraries');
    const peers = await pass<TimePass>('time-pass.ts', 'peers');
    console.error('bench: counting allocated bytes');
    const allocation = await pass<AllocationPass>('allocation-pass.ts', 'all', [
      `--min-semi-space-size=${YOUNG}`,
      `--max-semi-space-size=${YOUNG}`,
    ]);
    console.error('bench: counting bytes on the wire');
    const wire = await pass<WirePass>('wire-pass.ts', 'all');
    const { version } = (await client.db().admin().buildInfo()) as { readonly version?: string };
    return { time, peers, allocation, wire, server: version ?? 'unknown' };
  } finally {
    await client.db(database).dropDatabase();
    await client.close();
  }
}

/** The share of one process in the rounds. */
function shareOf(size: Size): Size {
  const { processes, minRounds, maxRounds, secondsPerWork } = size;
  const part = (rounds: number): number => Math.ceil(rounds / processes);
  return {
    ...size,
    minRounds: part(minRounds),
    maxRounds: part(maxRounds),
    secondsPerWork: secondsPerWork / processes,
  };
}

function joined(times: readonly TimePass[]): TimePass {
  const chapters = [...(times[0]?.entries() ?? [])];
  return new Map(
    chapters.map(([chapter, works]) => [
      chapter,
      works.map((_, index) => joinRounds(times.map((time) => workOf(time, chapter, index)))),
    ]),
  );
}

function workOf(time: TimePass, chapter: Chapter, index: number): WorkSamples {
  const work = time.get(chapter)?.[index];
  if (work === undefined) throw new Error('A process has measured other work');
  return work;
}
