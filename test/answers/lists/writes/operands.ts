import type { AnswerList } from '../../support/answer-list.ts';
import { BENCH_WORLD } from '../../support/bench.ts';
import { distinct, listed, words } from '../../support/tables.ts';

/** What each operator takes, at paths where it is allowed. */
const OPERANDS: readonly (readonly [operator: string, paths: string, operands: string])[] = [
  [
    '$set',
    'title nums grid deep flex ref refs same lines.$[].owner held.by free free.a in.free open m.2024',
    `null | 'x' | ['x'] | [['x']] | [[['x']]] | [[]] | [] | [null] | [[null]] | [['x'], 'y'] | {} | { a: 1 } | [{ a: 1 }] | [[{ a: 1 }]] | { 'a.b': 1 } | { $a: 1 } | { a: { _bsontype: 'Long' } } | { a: [{ 'b.c': 1 }] } | [[{ $b: 1 }]] | sealed(1) | [sealed(1), null] | [[sealed(1)]] | [ID] | ID | sealed(1, 'other') | 'aaaaaaaaaaaaaaaaaaaaaa' | '' | /x/ | new BSONRegExp('x') | new Binary(Buffer.from([1])) | new MinKey() | new MaxKey() | new Timestamp(1n) | { a: /x/ } | { '': 1 } | { a: op({ $b: 1 }) } | [op({ $b: 1 })] | undefined | { a: undefined }`,
  ],
  [
    '$unset',
    'title nums ref refs lines.$[].owner free.a known rows.$[].in.x',
    `'' | 1 | true | 0 | false | null | 'x' | {} | [] | 1n | new Int32(1)`,
  ],
  [
    '$inc',
    'n nums nums.$[] flex deep grid.$[].$[] ref free.a m.2024',
    `1 | 0 | -1.5 | 5n | new Long(1) | new Int32(1) | new Double(1) | new Double(NaN) | new Double(Infinity) | Decimal128.fromString('1') | Decimal128.fromString('NaN') | Decimal128.fromString('-Infinity') | NaN | Infinity | '1' | true | null | [1] | { a: 1 } | new Date(0)`,
  ],
  [
    '$min',
    'n title nums nums.$[] flex ref free.a',
    `1 | 'x' | null | true | new Date(0) | /x/ | new BSONRegExp('x') | [1] | {} | op({ $a: 1 }) | ID | new MinKey()`,
  ],
  ['$currentDate', 'title nums nums.$[] ref free.a flex', `true | false | 1 | null | { $type: 'date' } | 'x'`],
  [
    '$pop',
    'nums grid grid.$[] flex deep title refs known lines free.list free',
    `1 | -1 | 0 | 2 | '1' | true | null | 1n`,
  ],
  [
    '$push',
    'nums grid grid.$[] flex deep refs ref known free.list free known.$[].more box.list secretList',
    `'x' | null | [1] | [[1]] | [] | { a: 1 } | { k: 1 } | { m: 1 } | { $each: [1] } | { a: { $b: 1 } } | { $a: 1, k: 1 } | sealed(1) | ID | [sealed(1)] | op({ $each: [1, 'x', null] }) | op({ $each: [[1], []] }) | op({ $each: [] }) | op({ $each: 1 }) | op({ $each: { a: 1 } }) | op({ $each: null }) | op({ $each: [sealed(1), null] }) | op({ $each: [ID] }) | op({ $each: [op({ $a: 1 })] }) | op({ $each: [{ $a: 1 }] }) | op({ $each: [{ k: 1 }, { k: 2 }] }) | op({ $each: [{ q: 1 }] })
    op({ $slice: 1 }) | op({ $position: 1 }) | op({ $each: [1], $slice: 0 }) | op({ $each: [1], $slice: -2 }) | op({ $each: [1], $slice: 1.5 }) | op({ $each: [1], $slice: null }) | op({ $each: [1], $position: 0 }) | op({ $each: [1], $position: -1 }) | op({ $each: [1], $position: '0' }) | op({ $each: [1], $sort: 1 }) | op({ $each: [1], $sort: -1 }) | op({ $each: [1], $sort: 0 }) | op({ $each: [1], $sort: true }) | op({ $each: [1], $sort: {} }) | op({ $each: [1], $sort: [] }) | op({ $each: [1], $sort: null }) | op({ $each: [1], $sort: { k: 1 } }) | op({ $each: [], $sort: { k: -1 } }) | op({ $each: [], $sort: { k: 1, q: 1 } }) | op({ $each: [], $sort: { q: 1 } }) | op({ $each: [], $sort: { k: 2 } })
    op({ $each: [], $sort: { 'more.m': 1 } }) | op({ $each: [], $sort: { more: 1 } }) | op({ $each: [1], $sort: 1, $slice: 2, $position: 0 }) | op({ $each: [1], $wrong: 1 }) | op({ $position: 0, $each: [1] }) | op({ $gt: 1 })`,
  ],
  [
    '$addToSet',
    'nums grid flex refs known free.list title',
    `'x' | null | [1] | { k: 1 } | sealed(1) | ID | op({ $each: [1, 2] }) | op({ $each: [1], $slice: 1 }) | op({ $each: [1], $position: 1 }) | op({ $each: 'x' }) | op({ $each: [{ k: 1 }] }) | op({ $each: [sealed(1)] }) | op({ $in: [1] }) | { $each: [1] } | /x/`,
  ],
  [
    '$pull',
    'nums grid grid.$[] flex refs known known.$[].more free.list box.list secretList lines rows title kept.known',
    `1 | null | 'x' | [1] | [[1]] | { a: 1 } | {} | { k: 1 } | { m: 1 } | { x: op({ $gt: 1 }) } | { $in: [1] } | sealed(1) | ID | /x/ | op({ $in: [1, 2] }) | op({ $in: [sealed(1)] }) | op({ $in: [ID] }) | op({ $gt: 1 }) | op({ $ne: null }) | op({ $not: op({ $gt: 1 }) }) | op({ $elemMatch: { $gt: 1 } }) | op({ $elemMatch: { k: 1 } }) | op({ $exists: true }) | op({ $size: 1 }) | op({ $geoWithin: { $box: [[0, 0], [1, 1]] } }) | op({ $regex: 'x' }) | op({ $wrong: 1 }) | op({ $type: 'string' }) | { k: 1, secret: 1 } | { $or: [{ k: 1 }, { k: 9 }] } | { $text: { $search: 'x' } } | { k: { $ne: 1 } } | { 'more.m': 1 } | { more: op({ $size: 1 }) } | { owner: sealed(1) } | { owner_id: ID } | { t: 'end' }`,
  ],
  [
    '$pullAll',
    'nums grid refs known flex title free.list',
    `[1, 2] | [] | 1 | null | [[1, 1]] | [null] | [{ k: 9 }] | [{ k: 1, q: 1 }] | [sealed(1)] | [ID] | [{ $a: 1 }] | op({ $each: [1] }) | [op({ $a: 1 })] | { 0: 1 }`,
  ],
];

const calls = OPERANDS.flatMap(([operator, paths, operands]) =>
  listed(operands).flatMap((operand, number) =>
    words(paths)
      .filter((_, index) => (index + number) % 2 === 0)
      .map((path) => [`{ ${operator}: { '${path}': ${operand} } }`, number] as const),
  ),
);

export const OPERANDS_OF_UPDATES: AnswerList = {
  name: 'operands',
  world: BENCH_WORLD,
  calls: distinct(calls.map(([update]) => `return await B.updateOne({ title: 't1' }, ${update});`)),
};

export const TRUSTED_OPERANDS: AnswerList = {
  name: 'trusted-operands',
  world: BENCH_WORLD,
  calls: distinct(
    calls
      .filter((_, at) => at % 3 === 0)
      .map(([update], at) =>
        at % 2 === 0
          ? `return await B.updateOne({ title: 't1' }, trusted(${update}));`
          : `return await B.updateOne({ title: 't1' }, {}, { trusted: trusted({ update: ${update} }) });`,
      ),
  ),
};
