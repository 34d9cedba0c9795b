import { Binary, BSONRegExp, Double, Int32, Long } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';
import { beforeAll, describe, expect, it } from 'vitest';

import { testServer } from '../write/support/server.ts';

/** Types that a driver writes and, with its default options, reads as others. See "Types of numbers, dates and bytes" in docs/limits.md. */
interface Sample {
  name: string;
  long: Long;
  large: Long;
  int: Int32;
  double: Double;
  big: bigint;
  bytes: Uint8Array;
  buffer: Buffer;
  pattern: BSONRegExp;
}

const leaves = { name: 1, long: 1, large: 1, int: 1, double: 1, big: 1, bytes: 1, buffer: 1, pattern: 1 } as const;
const sampleView = defineView<Sample>()({ public: leaves });
const server = testServer();
const raw = () => server.db.collection<Sample>('samples');

beforeAll(async () => {
  await raw().insertOne({
    name: 'a',
    long: Long.fromNumber(7),
    large: Long.MAX_VALUE,
    int: new Int32(7),
    double: new Double(7.5),
    big: 7n,
    bytes: new Uint8Array([1, 2]),
    buffer: Buffer.from([3, 4]),
    pattern: new BSONRegExp('^a', 'i'),
  });
});

/** What the default options make of them. */
const READ = {
  name: 'a',
  long: 7,
  large: Long.MAX_VALUE,
  int: 7,
  double: 7.5,
  big: 7,
  bytes: new Binary(new Uint8Array([1, 2])),
  buffer: new Binary(Buffer.from([3, 4])),
  pattern: /^a/i,
};

describe('with the default options, a leaf is returned as the driver reads it, whatever its declared type', () => {
  it('by findOne, find and aggregate', async () => {
    const samples = new SafeCollection(raw(), sampleView);
    const projection = sampleView;
    for (const read of [
      await samples.findOne({ name: 'a' }, { projection }),
      (await samples.find({ name: 'a' }, { projection }).toArray())[0],
      (await samples.aggregate([{ $match: { name: 'a' } }, { $project: { ...leaves } }]).toArray())[0],
      await raw().findOne({}, { projection: { _id: 0 } }),
    ])
      expect(read).toEqual(READ);
  });

  it('and by the other types with the options that keep them', async () => {
    const options = { promoteValues: false, bsonRegExp: true, promoteBuffers: true };
    const samples = new SafeCollection(server.db.collection<Sample>('samples', options), sampleView);
    const read = await samples.findOne({ name: 'a' }, { projection: sampleView });
    expect(read).toMatchObject({ long: Long.fromNumber(7), int: new Int32(7), double: new Double(7.5) });
    expect(read?.pattern).toBeInstanceOf(BSONRegExp);
    const integers = new SafeCollection(server.db.collection<Sample>('samples', { useBigInt64: true }), sampleView);
    expect(await integers.findOne({ name: 'a' }, { projection: ['big'] })).toEqual({ big: 7n });
  });
});
