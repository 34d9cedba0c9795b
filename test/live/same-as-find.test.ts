import { afterAll, beforeAll, expect, it } from 'vitest';
import { Decimal128, Double, Int32, Long, ObjectId, type Document } from 'mongodb';
import { defineView, op, SafeCollection } from 'safe-collection';

import { testServer } from '../write/support/server.ts';

/*
 * A stream decides by expressions whether a document matches, a read by a query. Both have to say the same: for random filters and documents,
 * with missing, null and mixed values, arrays and subdocuments, the events are those that `exists()` predicts.
 */

interface Thing {
  _id: ObjectId;
  key: number;
  n: number;
  s: unknown;
  v: unknown;
  tags: unknown[];
  items: { x: unknown; y: unknown }[];
  in: { y: unknown };
}

const thingView = defineView<Thing>()({
  public: { key: 1, n: 1 },
  filterable: { s: 1, v: 1, tags: 1, 'items.x': 1, 'items.y': 1, 'in.y': 1 },
  arrays: { tags: 1, items: 1 },
} as never) as unknown as Loose;

type Loose = ReturnType<ReturnType<typeof defineView<{ _id: ObjectId; key: number; n: number; s: string }>>>;

const FILTERS = 120;
const CHANGES = 6;

const server = testServer();
const raw = () => server.db.collection('things');
const things = () => new SafeCollection(raw() as never, thingView);

let seed = Number(process.env['PROPERTY_SEED'] ?? 11);
const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const ID = new ObjectId();
const SCALARS = ['a', 'b', '', 'A', '$a', 0, 1, -1, 2.5, Number.NaN, null, true, false].concat([
  new Date(0),
  new Date(5),
  ID,
  Long.fromNumber(1),
  new Int32(2),
  new Double(0),
  Decimal128.fromString('1'),
] as never[]) as readonly unknown[];
const scalar = (): unknown => one(SCALARS);
const operand = (): unknown => one(SCALARS.filter((value) => !Number.isNaN(value)));
const list = (make: () => unknown): unknown[] => Array.from({ length: Math.floor(random() * 3) }, make);
const maybe = (fields: Document): Document => Object.fromEntries(Object.entries(fields).filter(() => random() < 0.8));

const document = (key: number, n: number): Document => ({
  key,
  n,
  ...maybe({
    s: scalar(),
    v: random() < 0.3 ? list(scalar) : scalar(),
    tags: random() < 0.9 ? list(scalar) : scalar(),
    items: random() < 0.9 ? list(() => maybe({ x: scalar(), y: scalar() })) : null,
    in: random() < 0.9 ? maybe({ y: scalar() }) : scalar(),
  }),
});

const pattern = (): RegExp => one([/^a/, /b/i, /^$/, /A|b/]);

function condition(isList: boolean): unknown {
  const operators: readonly (() => unknown)[] = [
    operand,
    () => op({ $eq: operand() as 'a' }),
    () => op({ $ne: operand() as 'a' }),
    () => op({ $gt: operand() as 'a' }),
    () => op({ $gte: operand() as 'a' }),
    () => op({ $lt: operand() as 'a', $ne: operand() as 'a' }),
    () => op({ $lte: operand() as 'a' }),
    () => op({ $in: [operand(), operand()] as 'a'[] }),
    () => op({ $nin: [operand(), operand()] as 'a'[] }),
    () => op({ $exists: random() < 0.5 }),
    () => op({ $type: one(['string', 'number', 'null', 'bool', 'array', 'date']) as 'string' }),
    () => op({ $not: op({ $gt: operand() as 'a' }) as never }),
    () => op({ $all: [operand(), operand()] as never }),
    () => op({ $size: Math.floor(random() * 3) as never }),
    pattern,
    ...(isList ? [() => op({ $elemMatch: op({ $gte: operand() as 'a' }) as never })] : []),
  ];
  return one(operators)();
}

function filter(depth = 0): Document {
  const leaf = (): Document =>
    one<() => Document>([
      () => ({ s: condition(false) }),
      () => ({ v: condition(false) }),
      () => ({ tags: condition(true) }),
      () => ({ 'in.y': condition(false) }),
      () => ({ items: op({ $elemMatch: { x: condition(false), y: condition(false) } as never }) }),
    ])();
  if (depth > 1 || random() < 0.5) return Object.assign(leaf(), random() < 0.3 ? leaf() : {});
  return { [one(['$and', '$or', '$nor'])]: [filter(depth + 1), filter(depth + 1)] };
}

beforeAll(async () => {
  await server.db.createCollection('things', { changeStreamPreAndPostImages: { enabled: true } });
});
afterAll(() => server.forget());

it(`${FILTERS} random filters make the events that exists() predicts`, async () => {
  const counts: Record<string, number> = { refused: 0 };
  for (let key = 0; key < FILTERS; key += 1) {
    const own = filter();
    const asked = { $and: [{ key }, own] } as never;
    const opened = await things()
      .watch(asked, { projection: ['key', 'n'] as never })
      .catch((error: { readonly code?: string }) => {
        // A filter that the guard refuses in a find too, or one that no expression can do.
        if (error.code?.startsWith('filter_') !== true) throw error;
        return undefined;
      });
    if (opened === undefined) {
      counts['refused'] = (counts['refused'] ?? 0) + 1;
      continue;
    }
    const _id = new ObjectId();
    const expected: string[] = [];
    let was = false;
    for (let n = 0; n <= CHANGES; n += 1) {
      if (n === CHANGES) await raw().deleteOne({ _id });
      else await raw().replaceOne({ _id }, document(key, n), { upsert: true });
      const is = await things().exists(asked);
      const event = is ? (was ? 'update' : 'enter') : was ? 'leave' : undefined;
      if (event !== undefined) expected.push(`${event} ${event === 'leave' ? n - 1 : n}`);
      was = is;
    }
    const events: string[] = [];
    while (events.length < expected.length) {
      const event = await opened.next();
      if (event === null || event.type === 'resync') throw new Error('There should be no such event.');
      events.push(`${event.type} ${(event.document as unknown as { n: number }).n}`);
      counts[event.type] = (counts[event.type] ?? 0) + 1;
    }
    await opened.close();
    expect(events, JSON.stringify(own)).toEqual(expected);
  }
  console.log(`same as find: ${JSON.stringify(counts)}`);
  expect(counts['refused']).toBeLessThan(FILTERS / 2);
  for (const type of ['enter', 'update', 'leave']) expect(counts[type]).toBeGreaterThan(10);
});
