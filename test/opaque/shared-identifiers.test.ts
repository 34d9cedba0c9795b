import { randomBytes } from 'node:crypto';

import { ObjectId } from 'mongodb';
import { createSafeDb, defineView, op, opaqueId } from 'safe-collection';
import { beforeEach, describe, expect, it } from 'vitest';

import { loose } from '../write/support/loose.ts';
import { testServer } from '../write/support/server.ts';

interface Part {
  _id: ObjectId;
  label: string;
}

/** `notes.part_id` is private. */
interface Order {
  _id: ObjectId;
  n: number;
  lines: { part_id: ObjectId; qty: number }[];
  extras: { part_id: ObjectId; qty: number }[];
  notes: { part: string; text: string; part_id: ObjectId }[];
  part_ids: ObjectId[];
  tags: (string | ObjectId)[];
}

const partView = defineView<Part>()({ name: 'part', public: { id: opaqueId('_id'), label: 1 } });
const orderView = defineView<Order>()({
  name: 'order',
  public: {
    n: 1,
    'lines.part': opaqueId('lines.part_id', partView),
    'lines.qty': 1,
    'extras.part': opaqueId('extras.part_id', partView),
    'extras.qty': 1,
    'notes.part': 1,
    'notes.text': 1,
    parts: opaqueId('part_ids', partView),
    tags: 1,
  },
  writable: { 'lines.qty': 1, 'extras.qty': 1, 'notes.text': 1, parts: 1, tags: 1 },
  arrays: { lines: 1, extras: 1, notes: 1, parts: 1, tags: 1 },
});

const server = testServer();
const BOLT = new ObjectId();
const KEY = randomBytes(32);
const shop = () => createSafeDb(server.db, { parts: partView, orders: orderView }, { sealKeys: [KEY] });
let bolt: string;

beforeEach(async () => {
  const { db } = server;
  await Promise.all([db.collection('parts').deleteMany({}), db.collection('orders').deleteMany({})]);
  await db.collection<Part>('parts').insertOne({ _id: BOLT, label: 'bolt' });
  const line = { part_id: BOLT, qty: 0 };
  const note = { part: 'x', text: 'old', part_id: BOLT };
  await db
    .collection('orders')
    .insertOne({ n: 1, lines: [line], extras: [line], notes: [note], part_ids: [BOLT], tags: [] });
  bolt = (await shop().parts.findOne({ label: 'bolt' }, { projection: ['id'] }))?.id as string;
  server.forget();
});

const update = async (set: object, arrayFilters: readonly object[]): Promise<unknown> =>
  await loose(shop().orders).updateOne({ n: 1 }, { $set: set }, { arrayFilters });

describe('an identifier of two arrays, one with an opaque id', () => {
  it.each([
    ['before', { 'lines.$[e].qty': 1, 'notes.$[e].text': 'hit' }],
    ['after', { 'notes.$[e].text': 'hit', 'lines.$[e].qty': 1 }],
  ])('does not compare a private field of the other array, %s it', async (_, set) => {
    await expect(update(set, [{ 'e.part': bolt }])).rejects.toMatchObject({ code: 'filter_path', path: 'e.part' });
    await expect(update(set, [{ $or: [{ 'e.part': 'x' }] }])).rejects.toMatchObject({ code: 'filter_path' });
    expect(server.sent).toEqual([]);
  });

  it.each([
    ['before', { 'parts.$[e]': null, 'tags.$[e]': 'x' }],
    ['after', { 'tags.$[e]': 'x', 'parts.$[e]': null }],
  ])('does not compare the stored id as a plain value, %s it', async (_, set) => {
    for (const condition of [op({ $gte: new ObjectId() }), BOLT, bolt])
      await expect(update(set, [{ e: condition }])).rejects.toMatchObject({ code: 'filter_path', path: 'e' });
    expect(server.sent).toEqual([]);
  });

  it('may compare the ids of both if they mean the same', async () => {
    await update({ 'lines.$[e].qty': 1, 'extras.$[e].qty': 2 }, [{ 'e.part': bolt }]);
    expect(await server.db.collection('orders').countDocuments({ 'lines.qty': 1, 'extras.qty': 2 })).toBe(1);
  });
});
