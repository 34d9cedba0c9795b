import { inspect } from 'node:util';

import * as mongodb from 'mongodb';
import type { CollectionOptions, Db } from 'mongodb';
import { defineView, opaqueId, SafeCollection, subtree } from 'safe-collection';

import type { AnswerWorld } from './answer-list.ts';
import { DAMAGED } from './damaged.ts';
import { idOf } from './people.ts';

const { Binary, BSONRegExp, BSONSymbol, Code, DBRef, Decimal128, Double, Long, MaxKey, MinKey, Timestamp, UUID } =
  mongodb;

/** A value of each kind that can be stored, and values at the edges of their kinds. */
export const KINDS: readonly unknown[] = [
  'text',
  '',
  'quote " back \\ line \n tab \t bell \u0007 zero \u0000 \u001f \u007f \u2028',
  'é ü ❤ 𝄞 \ufffd',
  'x'.repeat(24),
  'x'.repeat(25),
  'y'.repeat(40),
  'y'.repeat(41),
  `${'z'.repeat(60)}"`,
  `${'z'.repeat(30)}é`,
  0,
  -1,
  7,
  10,
  99,
  100,
  12_345,
  2 ** 31 - 1,
  -(2 ** 31),
  2 ** 31,
  1.5,
  -0.25,
  1e21,
  1e-7,
  NaN,
  Infinity,
  -Infinity,
  new Double(-0),
  new Double(3),
  new Double(-(2 ** 31)),
  Long.fromString('9007199254740992'),
  Long.fromString('9007199254740993'),
  Long.fromString('-9007199254740992'),
  Long.fromString('-9007199254740993'),
  Long.fromString('-9223372036854775808'),
  Long.fromString('-1'),
  Long.fromString('4294967296'),
  true,
  false,
  null,
  new Date(0),
  new Date(1),
  new Date(Date.UTC(2024, 1, 29, 13, 5, 7, 89)),
  new Date(-1),
  new Date(-86_400_000 * 366),
  new Date(253_402_300_799_999),
  new Date(253_402_300_800_000),
  new Date(8.64e15),
  new Date(-8.64e15),
  idOf(77),
  new Binary(Buffer.from([1, 2, 255])),
  new Binary(Buffer.from([]), 5),
  new Binary(Buffer.from([9, 9]), 2),
  new Binary(Buffer.alloc(16, 4), 4),
  new UUID('11111111-2222-4333-8444-555555555555'),
  Decimal128.fromString('1.50'),
  Decimal128.fromString('NaN'),
  new Timestamp({ t: 5, i: 2 ** 32 - 1 }),
  new BSONRegExp('a.b', 'im'),
  new BSONRegExp('a', 'sux'),
  new BSONRegExp('('),
  new BSONSymbol('sym'),
  new MinKey(),
  new MaxKey(),
  new Code('f'),
  new Code('f', { a: 1 }),
  new DBRef('users', idOf(1)),
  { secret: 'private' },
  { $ref: 'x', other: 1 },
  { $ref: 'x', $id: null },
  { $ref: 'x', $id: 1, $db: 'y', z: 1 },
  { $ref: new BSONSymbol('x'), $id: 1 },
  { $id: 1, $x: 1 },
  { 2: 'two', b: 1, 1: 'one', '': 'empty', 'é"': 'key' },
  { toString: 1, constructor: { name: 'x' }, toJSON: 2 },
  [],
  ['a', null, 1],
  [['a']],
  [{ a: 1 }],
];

const storedKind = (value: unknown, number: number): object => ({
  _id: number,
  secret: 'private',
  v: value,
  list: [value, value],
  any: { x: value, y: [value, { z: value }] },
  doc: { v: value, secret: value },
  docs: [{ v: value }, { w: 1 }],
  branch: value,
});

/** Documents with opaque ids, with keys in other orders, and with drift in each place. */
const MORE: readonly object[] = [
  { _id: 500, ref_id: idOf(1), ref_ids: [idOf(2), idOf(3)], doc: { ref_id: idOf(4) }, docs: [{ ref_id: idOf(5) }, {}] },
  { _id: 501, ref_id: null, ref_ids: [null, idOf(2)], doc: { ref_id: null }, docs: null },
  { _id: 502, ref_id: 'text' },
  { _id: 503, ref_ids: [1] },
  { _id: 504, ref_ids: idOf(1) },
  { _id: 505, doc: { ref_id: [idOf(1)] } },
  { w: 2, docs: [{ v: 1 }], doc: { v: 2 }, any: 1, list: [1], v: 'last', _id: 506 },
  { _id: 507, docs: [[{ v: 1 }]] },
  { _id: 508, docs: { v: 1 } },
  { _id: 509, doc: [{ v: 1 }] },
  { _id: 510, docs: ['text', null, { v: 1 }, 5] },
  { _id: 511, grid: [[1, 2], [], [null]] },
  { _id: 512, grid: [1] },
  { _id: 513, grid: [[[1]]] },
  { _id: 514, flex: 'one' },
  { _id: 515, flex: ['one', 'two'] },
  { _id: 516, flex: [['one']] },
  { _id: 517, grid: null },
  { _id: 518, list: null },
  { _id: 519, list: 'one' },
];

const kindView = (defineView as () => (spec: object) => object)()({
  name: 'kind',
  public: {
    _id: 1,
    ref: opaqueId(
      'ref_id',
      (defineView as () => (spec: object) => object)()({ name: 'o', public: { id: opaqueId('_id') } }) as never,
    ),
    v: 1,
    list: 1,
    flex: 1,
    grid: 1,
    any: subtree,
    'doc.v': 1,
    'docs.v': 1,
    'branch.v': 1,
  },
  filterable: { v: 1 },
  arrays: { list: 1, flex: [0, 1], grid: 2, docs: 1 },
});

const SEAL = { sealKeys: [Buffer.alloc(32, 5)] };

/** Documents with every kind of value at every kind of place. */
export const KINDS_WORLD: AnswerWorld = {
  async store(db) {
    const kinds = db.collection('kinds');
    await kinds.deleteMany({});
    await kinds.insertMany([...KINDS.map(storedKind), ...MORE] as never, { ignoreUndefined: false });
  },
  names: (db) => {
    const open = (options: CollectionOptions): unknown => openKinds(db, options);
    return {
      K: open({}),
      open,
      show: (value: unknown) =>
        inspect(value, { depth: 12, breakLength: Infinity, compact: true, maxStringLength: 60 }),
      ...DAMAGED,
      ...mongodb.BSON,
    };
  },
};

function openKinds(db: Db, options: CollectionOptions): unknown {
  return new SafeCollection(db.collection('kinds', options) as never, kindView as never, SEAL as never);
}
