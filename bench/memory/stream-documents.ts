import { MongoClient, type Document } from 'mongodb';
import { SafeCollection } from 'safe-collection';

import type { BenchUser } from '../data/bench-user.ts';
import { benchView } from '../data/bench-view.ts';
import { RAW_NARROW } from '../data/projections.ts';
import { collectAll } from '../measure/collect-garbage.ts';
import { sendToParent } from '../prepare/send-to-parent.ts';

/** The heap after a number of documents, after a full collection. */
export interface HeapSample {
  readonly documents: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
}

export type Way = 'raw' | 'raw in batches' | 'iterate' | 'batches' | 'stream' | 'aggregate' | 'json';

const SAMPLES = 20;
const BATCH = 1_000;
const NEWLINE = 0x0a;

const [way, uri, database, total] = process.argv.slice(2) as [Way, string, string, string];

const client = await new MongoClient(uri).connect();
try {
  await sendToParent(await sampled(open(way), Number(total)));
} finally {
  await client.close();
  process.disconnect();
}

function open(how: Way): AsyncIterable<unknown> {
  const raw = client.db(database).collection<BenchUser>('many');
  const users = new SafeCollection(raw, benchView);
  switch (how) {
    case 'raw':
      return raw.find<Document>({}, { projection: RAW_NARROW });
    case 'raw in batches':
      return raw.find<Document>({}, { projection: RAW_NARROW, batchSize: BATCH });
    case 'batches':
      return users.find({}, { projection: { username: 1, email: 1, joined_at: 1 }, batchSize: BATCH });
    case 'iterate':
      return users.find({}, { projection: { username: 1, email: 1, joined_at: 1 } });
    case 'stream':
      return users.find({}, { projection: { username: 1, email: 1, joined_at: 1 } }).stream();
    case 'aggregate':
      return users.aggregate([{ $project: { username: 1, email: 1, joined_at: 1, _id: 0 } }]);
    case 'json':
      return lines(
        users
          .find({}, { projection: { username: 1, email: 1, joined_at: 1 }, batchSize: BATCH })
          .jsonStream({ format: 'ndjson' })
          .node(),
      );
  }
}

/** The ends of the lines in chunks of bytes, one by one. */
async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<number> {
  for await (const chunk of chunks) {
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, end + 1)) yield end;
  }
}

async function sampled(documents: AsyncIterable<unknown>, count: number): Promise<readonly HeapSample[]> {
  const samples: HeapSample[] = [];
  const step = Math.max(1, Math.floor(count / SAMPLES));
  let seen = 0;
  for await (const _document of documents) {
    seen += 1;
    if (seen % step === 0) samples.push(await sampleAt(seen));
  }
  if (seen !== count) throw new Error(`${seen} of ${count} documents came`);
  return samples;
}

async function sampleAt(documents: number): Promise<HeapSample> {
  await collectAll();
  const { heapUsed, external } = process.memoryUsage();
  return { documents, heapBytes: heapUsed, externalBytes: external };
}
