import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { Binary } from 'mongodb';
import { beforeAll, expect, it } from 'vitest';

import { notes } from './support/notes.ts';

const COUNT = 1000;
const SIZE = 40_000;
const { fill, safe } = notes({ client: { monitorCommands: false } });

/** Kilobytes of memory in use, once everything that can be let go of was. */
function used(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1000;
}

beforeAll(() =>
  fill(COUNT, (note) => ({ ...note, title: 'x'.repeat(SIZE / 2), body: new Binary(Buffer.alloc(SIZE / 2)) })),
);

it.each([
  ['a loop', () => safe.find({}, { projection: { _id: 1, title: 1, body: 1 }, batchSize: 20 })],
  ['a stream', () => safe.find({}, { projection: { _id: 1, title: 1, body: 1 }, batchSize: 20 }).stream()],
  ['an aggregation', () => safe.aggregate([{ $project: { _id: 1, title: 1, body: 1 } }], { batchSize: 20 })],
])('%s lets go of the batches that it has read', async (_name, open) => {
  const samples: number[] = [];
  for await (const { _id } of open() as AsyncIterable<{ _id: number }>) {
    if (_id === 150 || _id === COUNT - 150) samples.push(used());
  }
  const [early, late] = samples as [number, number];
  const passed = ((COUNT - 300) * SIZE) / 1000;
  expect(late - early).toBeLessThan(passed / 4);
});

it('a result does not keep the reply that it was read from', async () => {
  const before = used();
  const kept = await safe.find({}, { projection: { _id: 1 } }).toArray();
  const one = await safe.find({}, { projection: { _id: 1, body: 1 }, limit: 1 }).next();
  expect(kept).toHaveLength(COUNT);
  const body: unknown = one?.body;
  expect((body as Binary).buffer.buffer.byteLength).toBe(SIZE / 2);
  expect(used() - before).toBeLessThan((COUNT * SIZE) / 1000 / 4);
});
