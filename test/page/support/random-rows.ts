import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
  type Document,
} from 'mongodb';

import type { Dice } from '../../write/support/random-update.ts';

/** Values of every type that may be stored at a leaf, some of them equal in a sort although their types differ. */
const VALUES: readonly (() => unknown)[] = [
  () => undefined, // the field is missing
  () => null,
  () => 0,
  () => new Double(-0),
  () => 1,
  () => new Double(1),
  () => Long.fromNumber(1),
  () => Decimal128.fromString('1.0'),
  () => new Double(1.5),
  () => Long.fromString('9007199254740993'),
  () => new Double(9_007_199_254_740_992),
  () => Decimal128.fromString('-1E+6000'),
  () => Decimal128.fromString('Infinity'),
  () => Decimal128.fromString('NaN'),
  () => new Double(Number.NaN),
  () => new Double(-Infinity),
  () => new Double(Infinity),
  () => new Int32(-7),
  () => '',
  () => 'a',
  () => 'A',
  () => 'á',
  () => 'b\u0000c',
  () => new BSONSymbol('a'),
  () => '10',
  () => '9',
  () => new Binary(Buffer.from([1, 2])),
  () => new Binary(Buffer.from([9])),
  () => new Binary(Buffer.from([1, 2]), 5),
  () => new UUID('00112233-4455-6677-8899-aabbccddeeff'),
  () => new ObjectId('00000000000000000000000a'),
  () => new ObjectId('ffffffffffffffffffffffff'),
  () => false,
  () => true,
  () => new Date(0),
  () => new Date(-8.64e15),
  () => new Date(8.64e15),
  () => new Timestamp({ t: 1, i: 2 }),
  () => new Timestamp({ t: 4_294_967_295, i: 4_294_967_295 }),
  () => new BSONRegExp('a', 'i'),
  () => new BSONRegExp('b', ''),
  () => new MinKey(),
  () => new MaxKey(),
];

/** Ids of several types. Those of documents have keys that a JavaScript object would put in another order. */
const IDS: readonly ((number: number) => unknown)[] = [
  () => new ObjectId(),
  (number) => number,
  (number) => new Double(number + 0.5),
  (number) => Long.fromNumber(number + 1_000),
  (number) => new Date(number),
  (number) => new UUID(Buffer.alloc(16, number)),
  (number) =>
    new Map<string, unknown>([
      ['b', number % 3],
      ['1', number],
    ]),
];
const TEXT_IDS = [(number: number) => `id-${number}`, (number: number) => `ID-${number}`] as const;

export interface RowsMade {
  readonly rows: readonly Document[];
  /** Whether an `_id` can be text or a document, and values symbols, which `paginate()` refuses with a collation. */
  readonly hasTextIds: boolean;
}

/** Up to 60 rows. Few different values make ties, and many make mixed types. */
export function randomRows(dice: Dice): RowsMade {
  const hasTextIds = dice.roll(2) === 0;
  const ids = hasTextIds ? [...IDS, ...TEXT_IDS] : IDS.slice(0, -1);
  const values = hasTextIds ? VALUES : VALUES.filter((each) => !(each() instanceof BSONSymbol));
  const pool = values
    .map((value) => ({ value, rank: dice.roll(1_000) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value)
    .slice(0, 1 + dice.roll(dice.roll(2) === 0 ? 3 : values.length));
  const value = (): unknown => dice.pick(pool)();
  const rows = Array.from({ length: dice.roll(60) }, (_, number): Document => {
    const row: Document = { _id: dice.pick(ids)(number), tenant: dice.pick(['acme', 'globex']), shown: number };
    put(row, 'a', value());
    put(row, 'b', value());
    if (dice.roll(5) > 0) put((row['deep'] = {}), 'c', value());
    else put(row, 'deep', dice.pick([null, 5, undefined]));
    if (dice.roll(5) > 0) put((row['map'] = {}), 'x', value());
    return row;
  });
  return { rows, hasTextIds };
}

function put(holder: Document, key: string, value: unknown): void {
  if (value !== undefined) holder[key] = value;
}
