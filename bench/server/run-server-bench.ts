import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

import { MongoClient } from 'mongodb';

import { seed } from '../data/seed.ts';
import { joinRounds } from '../measure/join-rounds.ts';
import type { WorkSamples } from '../measure/work.ts';
import { forkChild } from '../prepare/fork-child.ts';
import type { Size } from '../size.ts';
import type { Share } from './all-works.ts';
import type { Chapter, OwnChapter } from './chapters.ts';
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
  return await withSeeded(uri, size, async (pass, server) => {
    const time = await libraryTimes(pass, size);
    console.error('bench: the other libraries');
    const peers = await pass<TimePass>('time-pass.ts', { size, group: 'peers' });
    console.error('bench: counting allocated bytes');
    const allocation = await pass<AllocationPass>('allocation-pass.ts', { size, group: 'all' }, [
      `--min-semi-space-size=${YOUNG}`,
      `--max-semi-space-size=${YOUNG}`,
    ]);
    console.error('bench: counting bytes on the wire');
    const wire = await pass<WirePass>('wire-pass.ts', { size, group: 'all' });
    return { time, peers, allocation, wire, server };
  });
}

/** The same for one chapter that has the times of the library and the driver only. */
export async function runChapter(uri: string, size: Size, only: OwnChapter): Promise<ServerBench> {
  return await withSeeded(uri, size, async (pass, server) => {
    const time = await libraryTimes(pass, size, only);
    return { time, peers: new Map(), allocation: new Map(), wire: new Map(), server };
  });
}

/** Measures in a process of its own. */
type Pass = <T>(module: string, share: Share, flags?: readonly string[]) => Promise<T>;

async function withSeeded<T>(uri: string, size: Size, run: (pass: Pass, server: string) => Promise<T>): Promise<T> {
  const client = await new MongoClient(uri).connect();
  const database = `safe-collection-bench-${randomUUID()}`;
  try {
    console.error(
      `bench: storing ${size.users.toLocaleString('en')} users and ${size.orders.toLocaleString('en')} orders`,
    );
    await seed(client.db(database), size);
    const { version } = (await client.db().admin().buildInfo()) as { readonly version?: string };
    const pass: Pass = async (module, share, flags = []) =>
      await forkChild(
        resolve(import.meta.dirname, module),
        [uri, database, JSON.stringify(share)],
        ['--expose-gc', ...flags],
      );
    return await run(pass, version ?? 'unknown');
  } finally {
    await client.db(database).dropDatabase();
    await client.close();
  }
}

async function libraryTimes(pass: Pass, size: Size, only?: OwnChapter): Promise<TimePass> {
  const times: TimePass[] = [];
  while (times.length < size.processes)
    times.push(await pass<TimePass>('time-pass.ts', { size: shareOf(size), group: 'library', only }));
  return joined(times);
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
