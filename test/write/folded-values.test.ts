import { inspect } from 'node:util';
import { Binary, BSONRegExp, Decimal128, Int32, Long, ObjectId } from 'mongodb';
import { beforeEach, describe, expect, it } from 'vitest';

import { callContext } from '../../src/errors/call-context.ts';
import { copyInput } from '../../src/input/copy-input.ts';
import { foldedValues } from '../../src/plan/update/folded-values.ts';
import { testServer } from './support/server.ts';

const server = testServer();
const raw = () => server.db.collection('folded');
const call = callContext('updateOne', 'folded');

beforeEach(async () => {
  await raw().deleteMany({});
});

const LOOSE = { locale: 'en', strength: 1 };
const ID = 'aaaaaaaaaaaaaaaaaaaaaaaa';
const HUGE = '9007199254740993';

/** Lists that the library reads exactly as the server does. */
const KNOWN: readonly (readonly unknown[])[] = [
  [],
  ['x'],
  ['x', 'x'],
  ['x', 'x', 'y'],
  ['x', 'X'],
  [null],
  [null, null],
  [null, 'x'],
  [/x/],
  [/x/, /x/],
  ['x', 'x', /x/],
  [1, 1, 1],
  [1, new Int32(1), Long.fromNumber(1), 1n],
  [0, -0],
  [0.5, 0.5],
  [1, 2],
  [NaN, NaN],
  [true, 1],
  [Long.fromString(HUGE), Long.fromString(HUGE)],
  [Decimal128.fromString('0.1'), 0.2],
  [new Date(1), new Date(1)],
  [new Date(1), new Date(2)],
  [new ObjectId(ID), new ObjectId(ID)],
  [new ObjectId(ID), new ObjectId()],
  [new Binary(Buffer.from('a')), new Binary(Buffer.from('a'))],
  [{ k: 1 }, { k: Long.fromNumber(1) }],
  [
    { k: 1, l: 2 },
    { l: 2, k: 1 },
  ],
  [{ k: ['x', 1] }, { k: ['x', Long.fromNumber(1)] }],
];

/** Lists of which it knows only that they may be equal. */
const UNKNOWN: readonly (readonly unknown[])[] = [
  [1, Decimal128.fromString('1')],
  [1, Decimal128.fromString('1.0')],
  [NaN, Decimal128.fromString('NaN')],
  [Infinity, Decimal128.fromString('Infinity')],
  [1, Decimal128.fromString('1.00000000000000000000000001')],
  [0.1, Decimal128.fromString('0.1')],
  [2 ** 53, Long.fromString(HUGE)],
];

/** Lists of strings of which a collation decides. */
const TEXTS: readonly (readonly unknown[])[] = [
  ['x', 'X'],
  ['x', 'y'],
  [{ k: 'x' }, { k: 'X' }],
  [{ k: ['x', 1] }, { k: ['X', Long.fromNumber(1)] }],
];

const named = (lists: readonly (readonly unknown[])[]) =>
  lists.map((list) => [inspect(list, { breakLength: Infinity }), list] as const);

async function isCopied(list: readonly unknown[], options: object = {}): Promise<boolean> {
  const patterns = list.map((value) => (value instanceof BSONRegExp ? new RegExp(value.pattern) : value));
  await raw().updateOne({ path: { $in: patterns } }, { $set: { made: true } }, { ...options, upsert: true });
  return 'path' in ((await raw().findOne({})) ?? {});
}

const folded = (list: readonly unknown[], isLoose: boolean) =>
  foldedValues(copyInput(list, 'the filter', call), isLoose, call);

describe('an upsert copies of $in what the library expects', () => {
  it.each(named(KNOWN))('of %s', async (_, list) => {
    const isOne = await isCopied(list);
    expect(folded(list, false)).toEqual({ values: isOne ? [copyInput(list[0], 'it', call)] : [], isSure: true });
    // Values that are equal without a collation are equal with each.
    if (isOne) expect(folded(list, true)).toEqual(folded(list, false));
  });

  it.each(named(UNKNOWN))('or may copy: %s', (_, list) => {
    expect(folded(list, false)).toMatchObject({ isSure: false, values: { length: 2 } });
  });

  it.each(named(TEXTS))('and with a collation it may copy %s', (_, list) => {
    expect(folded(list, false)).toEqual({ isSure: true, values: [] });
    expect(folded(list, true)).toMatchObject({ isSure: false, values: { length: 2 } });
  });
});

describe('the server', () => {
  it('decides so of equal numbers, and of strings with a collation', async () => {
    const copied = [];
    for (const list of UNKNOWN) {
      copied.push(await isCopied(list));
      await raw().deleteMany({});
    }
    expect(copied).toEqual([true, true, true, true, false, false, false]);
    expect(await isCopied(['x', 'X'], { collation: LOOSE })).toBe(true);
    await raw().deleteMany({});
    expect(await isCopied(['x', 'y'], { collation: LOOSE })).toBe(false);
  });

  it('takes no collation from the collection for it', async () => {
    const loose = await server.db.createCollection('loose', { collation: LOOSE });
    await loose.updateOne({ path: { $in: ['x', 'X'] } }, { $set: { made: true } }, { upsert: true });
    expect(await loose.findOne({})).not.toHaveProperty('path');
  });
});
