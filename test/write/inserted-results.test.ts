import { Decimal128, Double, Int32, Long, ObjectId, UUID, type CollectionOptions } from 'mongodb';
import { defineView, SafeCollection } from 'safe-collection';
import { expect, it } from 'vitest';

import { loose } from './support/loose.ts';
import { testServer } from './support/server.ts';

const view = defineView<{ _id: number; v: string }>()({ public: { _id: 1, v: 1 }, writable: { _id: 1, v: 1 } });
const server = testServer();

const VALUES: readonly unknown[] = [
  5n,
  new Long(7),
  Long.MAX_VALUE,
  new Double(1),
  new Int32(3),
  /a\/b/i,
  'text',
  '\ud800x',
  new Date(5),
  Buffer.from('bytes'),
  new UUID(),
  Decimal128.fromString('1.5'),
  new ObjectId(),
  null,
];
const SETTINGS: readonly CollectionOptions[] = [
  {},
  { promoteValues: false },
  { promoteBuffers: true },
  { useBigInt64: true },
  { bsonRegExp: true },
];

it.each(SETTINGS)('the document of an insert is that of a read, with %o', async (settings) => {
  const raw = server.db.collection('items', settings);
  await raw.deleteMany({});
  const items = loose(new SafeCollection(raw as never, view));
  const projection = { v: 1, _id: 1 };
  const stored = async (_id: number) => await items.findOne({ _id }, { projection });
  for (const [_id, v] of VALUES.entries()) {
    const { document } = (await items.insertOne({ _id, v }, { projection })) as { document: unknown };
    expect(document, String(v)).toStrictEqual(await stored(_id));
  }
  const many = VALUES.map((v, index) => ({ _id: 100 + index, v }));
  const { documents } = (await items.insertMany(many, { projection })) as { documents: unknown };
  expect(documents).toStrictEqual(await Promise.all(many.map(async ({ _id }) => await stored(_id))));
});
