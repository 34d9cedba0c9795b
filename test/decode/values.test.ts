import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
  type BSONSerializeOptions,
} from 'mongodb';
import { SafeCollection } from 'safe-collection';
import { beforeAll, describe, expect, it } from 'vitest';

import { notes, noteView, type Settings } from './support/notes.ts';

const projection = { _id: 1, title: 1, body: 1 } as const;

/** One of each type that a driver can write and that is allowed at a public path. */
const VALUES: Readonly<Record<string, unknown>> = {
  text: 'ключ',
  'empty text': '',
  'text with the last byte of ASCII, and one of zero': 'a\u007f\0',
  'text that is ASCII but for its end': 'stored é',
  'text that is as long as a short one may be': 'abcdefghijklmnopqrstuvwx',
  'text that is longer by one': 'abcdefghijklmnopqrstuvwxy',
  int: new Int32(7),
  long: Long.fromNumber(7),
  'large long': Long.MAX_VALUE,
  double: new Double(7),
  'negative zero': new Double(-0),
  decimal: Decimal128.fromString('1.5'),
  date: new Date(0),
  'date before 1970': new Date(-1),
  id: new ObjectId('0123456789abcdef01234567'),
  uuid: new UUID('01234567-89ab-4def-8123-456789abcdef'),
  bytes: new Binary(Buffer.from('bytes')),
  'old bytes': new Binary(Buffer.from('bytes'), 2),
  vector: Binary.fromFloat32Array(new Float32Array([1, 2])),
  pattern: /^a/i,
  'pattern of BSON': new BSONRegExp('^a', 'x'),
  symbol: new BSONSymbol('symbol'),
  timestamp: new Timestamp({ t: 2 ** 31 + 1, i: 5 }),
  smallest: new MinKey(),
  largest: new MaxKey(),
  null: null,
  true: true,
  nested: { list: [[new Binary(Buffer.from('x'))], { long: Long.fromNumber(1) }], дом: 1 },
};

const OPTIONS: readonly BSONSerializeOptions[] = [
  {},
  { promoteValues: false },
  { promoteLongs: false },
  { promoteBuffers: true },
  { promoteBuffers: true, promoteValues: false },
  { useBigInt64: true },
  { bsonRegExp: true },
  { bsonRegExp: true, promoteBuffers: true, promoteLongs: false },
  { enableUtf8Validation: false },
];

const settings: readonly (readonly [string, Settings])[] = OPTIONS.flatMap((options) => [
  [`a client with ${JSON.stringify(options)}`, { client: options }] as const,
  [`a database with ${JSON.stringify(options)}`, { db: options }] as const,
  [`a collection with ${JSON.stringify(options)}`, { collection: options }] as const,
]);

describe.each([
  ...settings,
  [
    'a collection against its database and client',
    {
      client: { promoteLongs: false, bsonRegExp: true },
      db: { promoteBuffers: true },
      collection: { promoteLongs: true },
    },
  ] as const,
])('%s reads values as its raw collection does', (_name, setting) => {
  const { raw, safe } = notes(setting);
  beforeAll(async () => {
    await raw.insertMany(Object.values(VALUES).map((body, _id) => ({ _id, title: 'title', body, parts: [] })));
  });

  it('by every read', async () => {
    const expected = await raw.find({}, { projection }).toArray();
    expect(expected).toHaveLength(Object.keys(VALUES).length);
    expect(await safe.find({}, { projection }).toArray()).toStrictEqual(expected);
    const looped = [];
    for await (const note of safe.find({}, { projection, batchSize: 4 })) looped.push(note);
    expect(looped).toStrictEqual(expected);
    expect(await safe.aggregate([{ $project: { _id: 1, title: 1, body: 1 } }]).toArray()).toStrictEqual(expected);
    for (const _id of Object.keys(expected).map(Number)) {
      expect(await safe.findOne({ _id }, { projection })).toStrictEqual(expected[_id]);
      expect(await safe.findOneAndUpdate({ _id }, { $set: { title: 'title' } }, { projection })).toStrictEqual(
        expected[_id],
      );
    }
  });
});

it('two ways at once to read 64-bit integers are refused before anything is sent', async () => {
  const { raw, sent } = notes({ collection: { useBigInt64: true, promoteLongs: false } });
  const both = new SafeCollection(raw, noteView);
  const refused = { code: 'option_value', path: 'useBigInt64' };
  await expect(both.findOne({}, { projection })).rejects.toMatchObject(refused);
  await expect(both.find({}, { projection }).toArray()).rejects.toMatchObject(refused);
  await expect(both.aggregate([{ $project: projection }]).toArray()).rejects.toMatchObject(refused);
  await expect(both.distinct('title', {})).rejects.toMatchObject(refused);
  await expect(both.findOneAndUpdate({ _id: 1 }, { $set: { title: 'x' } }, { projection })).rejects.toMatchObject(
    refused,
  );
  expect(sent).toEqual([]);
});

describe('bytes', () => {
  const { fill, safe } = notes();
  beforeAll(() => fill(200, (note) => ({ ...note, body: new Binary(Buffer.alloc(16, note._id)) })));

  it.each(['toArray', 'loop', 'batches', 'findOne', 'findOneAndUpdate'] as const)(
    'share their memory with nothing (%s)',
    async (read) => {
      const found: unknown[] = [];
      if (read === 'toArray') found.push(...(await safe.find({}, { projection }).toArray()));
      if (read === 'loop') for await (const note of safe.find({}, { projection, limit: 100 })) found.push(note);
      if (read === 'batches') for await (const note of safe.find({}, { projection, batchSize: 7 })) found.push(note);
      if (read === 'findOne') found.push(await safe.findOne({ _id: 1 }, { projection }));
      if (read === 'findOneAndUpdate')
        found.push(await safe.findOneAndUpdate({ _id: 1 }, { $set: { title: 'x' } }, { projection }));
      expect(found.length).toBeGreaterThan(0);
      for (const note of found) {
        const { buffer } = (note as { body: Binary }).body;
        expect(buffer.buffer.byteLength).toBe(buffer.length);
      }
    },
  );
});

describe('values that contain documents', () => {
  const { raw, safe } = notes();
  const carriers = [
    new Code('f()'),
    new Code('f()', { secret: 1 }),
    new DBRef('users', new ObjectId()),
    { $ref: 'users', $id: 1 },
    [{ deep: new DBRef('users', new ObjectId()) }],
  ];
  beforeAll(async () => {
    await raw.insertMany(carriers.map((body, _id) => ({ _id, title: 'title', body, parts: [] })));
  });

  it.each(carriers.map((_, index) => index))('is not allowed at a public path (%i)', async (_id) => {
    const drift = { code: 'schema_drift', path: 'body' };
    await expect(safe.findOne({ _id }, { projection })).rejects.toMatchObject(drift);
    await expect(safe.find({ _id }, { projection }).toArray()).rejects.toMatchObject(drift);
    await expect(safe.findOneAndUpdate({ _id }, { $set: { title: 'x' } }, { projection })).rejects.toMatchObject(drift);
    await expect(safe.aggregate([{ $match: { _id } }, { $project: { body: 1 } }]).toArray()).rejects.toMatchObject(
      drift,
    );
  });
});
