import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

import { MongoClient } from 'mongodb';

import { forkChild } from '../prepare/fork-child.ts';
import { seedMany } from './seed-many.ts';
import type { HeapSample, Way } from './stream-documents.ts';

/** The ways to read the documents, by their names in the tables. */
const WAYS: ReadonlyMap<string, Way> = new Map<string, Way>([
  ['raw driver, for await', 'raw'],
  ['raw driver, batches of 1,000', 'raw in batches'],
  ['safe-collection, for await', 'iterate'],
  ['safe-collection, batches of 1,000', 'batches'],
  ['safe-collection, stream()', 'stream'],
  ['safe-collection, aggregate', 'aggregate'],
  ['safe-collection, jsonStream(), batches of 1,000', 'json'],
]);

export type MemoryBench = ReadonlyMap<string, readonly HeapSample[]>;

/** Streams the documents in each way, each in a separate process, and drops them. */
export async function runMemoryBench(uri: string, total: number): Promise<MemoryBench> {
  const client = await new MongoClient(uri).connect();
  const database = `safe-collection-bench-${randomUUID()}`;
  try {
    console.error(`bench: storing ${total.toLocaleString('en')} documents`);
    await seedMany(client.db(database), total);
    const result = new Map<string, readonly HeapSample[]>();
    for (const [name, way] of WAYS) {
      console.error(`bench: ${name}`);
      const module = resolve(import.meta.dirname, 'stream-documents.ts');
      result.set(name, await forkChild(module, [way, uri, database, String(total)], ['--expose-gc']));
    }
    return result;
  } finally {
    await client.db(database).dropDatabase();
    await client.close();
  }
}
