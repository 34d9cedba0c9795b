import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

import { MongoClient } from 'mongodb';

import { seed } from '../data/seed.ts';
import { forkChild } from '../prepare/fork-child.ts';
import type { Size } from '../size.ts';
import type { AllocationPass } from './allocation-pass.ts';
import type { TimePass } from './time-pass.ts';
import type { WirePass } from './wire-pass.ts';

export interface ServerBench {
  readonly time: TimePass;
  readonly allocation: AllocationPass;
  readonly wire: WirePass;
  /** The version of mongod. */
  readonly server: string;
}

/** So large that no garbage is collected while allocation is counted, in megabytes. */
const YOUNG = 512;

/** Seeds a database of its own on the server, measures in three processes, and drops it. */
export async function runServerBench(uri: string, size: Size): Promise<ServerBench> {
  const client = await new MongoClient(uri).connect();
  const database = `safe-collection-bench-${randomUUID()}`;
  try {
    console.error(`bench: storing ${size.users.toLocaleString('en')} users and ${size.orders.toLocaleString('en')} orders`);
    await seed(client.db(database), size);
    const args = [uri, database, JSON.stringify(size)];
    const pass = <T>(module: string, flags: readonly string[]): Promise<T> =>
      forkChild<T>(resolve(import.meta.dirname, module), args, ['--expose-gc', ...flags]);
    const time = await pass<TimePass>('time-pass.ts', []);
    console.error('bench: counting allocated bytes');
    const allocation = await pass<AllocationPass>('allocation-pass.ts', [`--min-semi-space-size=${YOUNG}`, `--max-semi-space-size=${YOUNG}`]);
    console.error('bench: counting bytes on the wire');
    const wire = await pass<WirePass>('wire-pass.ts', []);
    const { version } = (await client.db().admin().buildInfo()) as { readonly version?: string };
    return { time, allocation, wire, server: version ?? 'unknown' };
  } finally {
    await client.db(database).dropDatabase();
    await client.close();
  }
}
