import { Binary, BSONRegExp, Decimal128, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp, UUID } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSafeDb, defineView, op, SafeCollection, trusted } from 'safe-collection';

import { testServer } from '../write/support/server.ts';

interface Row {
  owner: unknown;
  name: string;
}

const rowView = defineView<Row & { owner: string }>()({ public: { name: 1 }, scope: { owner: 1 } });
const plainView = defineView<Row>()({ public: { name: 1 } });
const server = testServer();

interface Loose {
  scoped(values: unknown): Loose;
  insertOne(document: unknown, options?: unknown): Promise<unknown>;
  countDocuments(): Promise<number>;
}

const rows = (): Loose => new SafeCollection(server.db.collection<Row & { owner: string }>('rows'), rowView) as never;
const whole = (): Loose => createSafeDb(server.db, { rows: rowView }) as never;
beforeEach(() => server.forget());

/** Values that could match rows of several scopes, of none, or that change between two reads. */
const REFUSED: Readonly<Record<string, unknown>> = {
  null: null,
  'a plain operator': { $ne: null },
  'an operator of op()': op({ $in: ['a', 'b'] }),
  'a trusted value': trusted({ owner: 'a' }),
  'a list': ['a', 'b'],
  'a document': { id: 'a' },
  'a regular expression': /./,
  'a BSON regular expression': new BSONRegExp('.'),
  NaN: Number.NaN,
  'a boxed string': Object('a') as unknown,
  'an object that prints as a value': { toString: () => 'a' },
  'an object with toBSON': { toBSON: () => 'a' },
  'the smallest key': new MinKey(),
  'the largest key': new MaxKey(),
  'a timestamp': new Timestamp(1n),
  'a proxy of an id': new Proxy(new ObjectId(), {}),
  'an invalid date': new Date(Number.NaN),
};

describe.each(Object.entries(REFUSED))('a scope of %s is refused', (_, owner) => {
  it.each([
    ['by a collection', rows],
    ['by a SafeDb', whole],
  ])('%s', (__, made) => {
    expect(() => made().scoped({ owner })).toThrowError(
      expect.objectContaining({ code: expect.stringMatching(/^(scope_value|input_invalid)$/) }),
    );
    expect(server.sent).toEqual([]);
  });
});

it.each<readonly [string, unknown, string]>([
  ['nothing', undefined, 'input_invalid'],
  ['a string', 'a', 'input_invalid'],
  ['an empty object', {}, 'scope_missing'],
  ['undefined at the field', { owner: undefined }, 'input_invalid'],
  ['another field too', { owner: 'a', other: 'b' }, 'scope_value'],
  ['an accessor', Object.defineProperty({}, 'owner', { get: () => 'a', enumerable: true }), 'input_invalid'],
  ['an inherited value', Object.create({ owner: 'a' }), 'input_invalid'],
])('the values can not be %s', (_, values, code) => {
  expect(() => rows().scoped(values)).toThrowError(expect.objectContaining({ code }));
  expect(() => whole().scoped(values)).toThrowError(expect.objectContaining({ code }));
});

it('a collection is bound once, and only where the view has a scope', () => {
  const refused = expect.objectContaining({ code: 'argument_invalid' });
  expect(() => rows().scoped({ owner: 'a' }).scoped({ owner: 'b' })).toThrowError(refused);
  const plain = new SafeCollection(server.db.collection<Row>('rows'), plainView) as unknown as Loose;
  expect(() => plain.scoped({ owner: 'a' })).toThrowError(refused);
  const { scoped } = SafeCollection.prototype as unknown as Loose;
  expect(() => scoped.call({}, { owner: 'a' })).toThrow();
});

it('a value that is changed afterwards changes nothing', async () => {
  const owner = new Date(5);
  const own = rows().scoped({ owner });
  await own.insertOne(trusted({ name: 'x' }));
  owner.setTime(6);
  expect(await own.countDocuments()).toBe(1);
  expect(await server.db.collection('rows').countDocuments({ owner: new Date(5) })).toBe(1);
});

describe('each kind of value matches its own rows', () => {
  it.each<readonly [string, unknown, unknown]>([
    ['a string', 'one', 'two'],
    ['an empty string', '', 'x'],
    ['a number', 11, 12],
    ['zero', 0, 1],
    ['false', false, true],
    ['a bigint', 12n, 13n],
    ['a Long', Long.fromNumber(21), Long.fromNumber(22)],
    ['an Int32', new Int32(31), new Int32(32)],
    ['a Decimal128', Decimal128.fromString('4.1'), Decimal128.fromString('4.2')],
    ['an ObjectId', new ObjectId(), new ObjectId()],
    ['a UUID', new UUID(), new UUID()],
    ['bytes', new Binary(Buffer.from('a')), new Binary(Buffer.from('b'))],
    ['a date', new Date(1), new Date(2)],
  ])('%s', async (_, one, other) => {
    await server.db.collection('rows').deleteMany({});
    await rows()
      .scoped({ owner: one })
      .insertOne(trusted({ name: 'x' }));
    expect(await rows().scoped({ owner: one }).countDocuments()).toBe(1);
    expect(await rows().scoped({ owner: other }).countDocuments()).toBe(0);
  });
});
