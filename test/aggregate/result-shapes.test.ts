import { describe, expect, it } from 'vitest';
import { op } from 'safe-collection';

import { arr, bool, date, lit, maybe, nul, num, obj, oid, or, str } from './support/descriptor.ts';
import { expectShape } from './support/expect-shape.ts';
import { testWorld } from './support/test-world.ts';

const world = await testWorld();
const { users, orders } = world;

/** Each computed type against what the server gives, in both directions. */
describe('the type of a pipeline is the shape of its results', () => {
  it.for<readonly [name: string, check: () => Promise<void>]>([
    // what a projection keeps
    ['a leaf', () => expectShape(orders.aggregate([{ $project: { product: 1 } }]), obj({ product: str }))],
    [
      '_id: 0 beside it',
      () => expectShape(orders.aggregate([{ $project: { product: 1, _id: 0 } }]), obj({ product: str })),
    ],
    ['an optional leaf', () => expectShape(orders.aggregate([{ $project: { note: 1 } }]), obj({ note: maybe(str) }))],
    [
      'a leaf below a branch',
      () =>
        expectShape(
          users.aggregate([{ $project: { 'profile.bio': 1 } }]),
          obj({ profile: maybe(obj({ bio: maybe(str) })) }),
        ),
    ],
    [
      'a branch',
      () =>
        expectShape(
          users.aggregate([{ $project: { profile: 1 } }]),
          obj({ profile: maybe(obj({ bio: maybe(str), avatar: str })) }),
        ),
    ],
    [
      'a branch that may be null',
      () =>
        expectShape(
          orders.aggregate([{ $project: { ship: 1 } }]),
          obj({ ship: maybe(obj({ city: str, zip: maybe(str) })) }),
        ),
    ],
    [
      'an array of documents',
      () => expectShape(orders.aggregate([{ $project: { items: 1 } }]), obj({ items: arr(obj({ sku: str, n: num })) })),
    ],
    [
      'a leaf of an array of documents',
      () =>
        expectShape(orders.aggregate([{ $project: { 'items.sku': true } }]), obj({ items: arr(obj({ sku: str })) })),
    ],
    [
      'an array of scalars',
      () =>
        expectShape(orders.aggregate([{ $project: { tags: 1, user_id: 1 } }]), obj({ tags: arr(str), user_id: oid })),
    ],
    // fields made of fields
    ['a renamed field', () => expectShape(orders.aggregate([{ $project: { what: '$product' } }]), obj({ what: str }))],
    [
      'a renamed optional field',
      () => expectShape(orders.aggregate([{ $project: { what: '$note' } }]), obj({ what: maybe(str) })),
    ],
    [
      'a path through an array',
      () => expectShape(orders.aggregate([{ $project: { skus: '$items.sku' } }]), obj({ skus: arr(str) })),
    ],
    [
      'a path through an optional branch',
      () => expectShape(users.aggregate([{ $project: { bio: '$profile.bio' } }]), obj({ bio: maybe(str) })),
    ],
    [
      'a constant text',
      () => expectShape(orders.aggregate([{ $project: { kind: 'order' } }]), obj({ kind: lit('order') })),
    ],
    ['a literal', () => expectShape(orders.aggregate([{ $project: { one: { $literal: 1 } } }]), obj({ one: lit(1) }))],
    [
      'a document of expressions',
      () =>
        expectShape(
          orders.aggregate([{ $project: { sum: { p: '$product', note: '$note' } } }]),
          obj({ sum: obj({ p: str, note: maybe(str) }) }),
        ),
    ],
    [
      'an array of expressions',
      () =>
        expectShape(
          orders.aggregate([{ $project: { both: ['$product', '$note'] } }]),
          obj({ both: arr(or(str, nul)) }),
        ),
    ],
    [
      '$$ROOT',
      () =>
        expectShape(
          orders.aggregate([{ $project: { product: 1 } }, { $project: { all: '$$ROOT' } }]),
          obj({ all: obj({ product: str }) }),
        ),
    ],
    // expression operators
    [
      '$multiply',
      () =>
        expectShape(
          orders.aggregate([{ $project: { total: { $multiply: ['$quantity', '$price'] } } }]),
          obj({ total: num }),
        ),
    ],
    [
      '$add of a missing number',
      () => expectShape(users.aggregate([{ $project: { next: { $add: ['$age', 1] } } }]), obj({ next: or(num, nul) })),
    ],
    [
      '$add to a date',
      () => expectShape(orders.aggregate([{ $project: { due: { $add: ['$order_date', 1000] } } }]), obj({ due: date })),
    ],
    [
      '$subtract of dates',
      () =>
        expectShape(
          orders.aggregate([{ $project: { ms: { $subtract: ['$order_date', '$order_date'] } } }]),
          obj({ ms: num }),
        ),
    ],
    [
      '$concat',
      () => expectShape(orders.aggregate([{ $project: { text: { $concat: ['$product', '!'] } } }]), obj({ text: str })),
    ],
    [
      '$concat of a missing text',
      () =>
        expectShape(
          orders.aggregate([{ $project: { text: { $concat: ['$product', '$note'] } } }]),
          obj({ text: or(str, nul) }),
        ),
    ],
    [
      '$toUpper of a missing text',
      () => expectShape(orders.aggregate([{ $project: { text: { $toUpper: '$note' } } }]), obj({ text: str })),
    ],
    [
      '$split',
      () =>
        expectShape(
          orders.aggregate([{ $project: { parts: { $split: ['$product', 'e'] } } }]),
          obj({ parts: arr(str) }),
        ),
    ],
    [
      '$dateToString',
      () =>
        expectShape(
          orders.aggregate([{ $project: { day: { $dateToString: { date: '$order_date', format: '%Y-%m-%d' } } } }]),
          obj({ day: str }),
        ),
    ],
    [
      '$dateTrunc',
      () =>
        expectShape(
          orders.aggregate([{ $project: { month: { $dateTrunc: { date: '$order_date', unit: 'month' } } } }]),
          obj({ month: date }),
        ),
    ],
    [
      '$month',
      () => expectShape(orders.aggregate([{ $project: { month: { $month: '$order_date' } } }]), obj({ month: num })),
    ],
    [
      '$dateToParts',
      () =>
        expectShape(
          orders.aggregate([{ $project: { at: { $dateToParts: { date: '$order_date' } } } }]),
          obj({ at: obj({ year: num, month: num, day: num, hour: num, minute: num, second: num, millisecond: num }) }),
        ),
    ],
    [
      '$cond',
      () =>
        expectShape(
          orders.aggregate([{ $project: { size: { $cond: [{ $gt: ['$quantity', 2] }, 'big', 'small'] } } }]),
          obj({ size: lit('big', 'small') }),
        ),
    ],
    [
      '$cond with names',
      () =>
        expectShape(
          orders.aggregate([
            { $project: { size: { $cond: { if: { $gt: ['$quantity', 2] }, then: '$quantity', else: '$product' } } } },
          ]),
          obj({ size: or(num, str) }),
        ),
    ],
    [
      '$ifNull',
      () => expectShape(orders.aggregate([{ $project: { note: { $ifNull: ['$note', '-'] } } }]), obj({ note: str })),
    ],
    [
      '$ifNull with null',
      () =>
        expectShape(
          orders.aggregate([{ $project: { note: { $ifNull: ['$note', null] } } }]),
          obj({ note: or(str, nul) }),
        ),
    ],
    [
      '$ifNull of a branch',
      () =>
        expectShape(
          users.aggregate([{ $project: { profile: { $ifNull: ['$profile', null] } } }]),
          obj({ profile: or(obj({ bio: maybe(str), avatar: str }), nul) }),
        ),
    ],
    [
      '$switch',
      () =>
        expectShape(
          orders.aggregate([
            {
              $project: {
                size: {
                  $switch: { branches: [{ case: { $gt: ['$quantity', 3] }, then: 'big' }], default: '$quantity' },
                },
              },
            },
          ]),
          obj({ size: or(lit('big'), num) }),
        ),
    ],
    [
      '$$REMOVE',
      () =>
        expectShape(
          orders.aggregate([
            { $project: { product: 1, note: { $cond: [{ $gt: ['$quantity', 2] }, '$product', '$$REMOVE'] } } },
          ]),
          obj({ product: str, note: maybe(str) }),
        ),
    ],
    ['$size', () => expectShape(orders.aggregate([{ $project: { n: { $size: '$items' } } }]), obj({ n: num }))],
    [
      '$arrayElemAt',
      () =>
        expectShape(
          orders.aggregate([{ $project: { product: 1, first: { $arrayElemAt: ['$tags', 0] } } }]),
          obj({ product: str, first: maybe(str) }),
        ),
    ],
    [
      '$first of documents',
      () =>
        expectShape(
          orders.aggregate([{ $project: { product: 1, item: { $first: '$items' } } }]),
          obj({ product: str, item: maybe(obj({ sku: str, n: num })) }),
        ),
    ],
    [
      '$map',
      () =>
        expectShape(
          orders.aggregate([
            {
              $project: {
                lines: { $map: { input: '$items', as: 'item', in: { $concat: ['$$item.sku', '/', '$product'] } } },
              },
            },
          ]),
          obj({ lines: arr(str) }),
        ),
    ],
    [
      '$map to documents',
      () =>
        expectShape(
          orders.aggregate([
            {
              $project: {
                lines: { $map: { input: '$items', in: { sku: '$$this.sku', twice: { $multiply: ['$$this.n', 2] } } } },
              },
            },
          ]),
          obj({ lines: arr(obj({ sku: str, twice: num })) }),
        ),
    ],
    [
      '$filter',
      () =>
        expectShape(
          orders.aggregate([{ $project: { lines: { $filter: { input: '$items', cond: { $gt: ['$$this.n', 1] } } } } }]),
          obj({ lines: arr(obj({ sku: str, n: num })) }),
        ),
    ],
    [
      '$reduce',
      () =>
        expectShape(
          orders.aggregate([
            {
              $project: { n: { $reduce: { input: '$items', initialValue: 0, in: { $add: ['$$value', '$$this.n'] } } } },
            },
          ]),
          obj({ n: num }),
        ),
    ],
    [
      '$let',
      () =>
        expectShape(
          orders.aggregate([
            { $project: { n: { $let: { vars: { q: '$quantity' }, in: { $multiply: ['$$q', '$$q'] } } } } },
          ]),
          obj({ n: num }),
        ),
    ],
    [
      '$sum of an array',
      () => expectShape(orders.aggregate([{ $project: { n: { $sum: '$items.n' } } }]), obj({ n: num })),
    ],
    [
      '$max of an array',
      () => expectShape(orders.aggregate([{ $project: { n: { $max: '$items.n' } } }]), obj({ n: or(num, nul) })),
    ],
    [
      '$mergeObjects',
      () =>
        expectShape(
          orders.aggregate([{ $project: { all: { $mergeObjects: [{ city: '-', n: '$quantity' }, '$ship'] } } }]),
          obj({ all: obj({ city: str, n: num, zip: maybe(str) }) }),
        ),
    ],
    [
      '$objectToArray',
      () =>
        expectShape(
          orders.aggregate([{ $project: { all: { $objectToArray: { p: '$product', q: '$quantity' } } } }]),
          obj({ all: arr(obj({ k: str, v: or(str, num) })) }),
        ),
    ],
    [
      '$getField',
      () => expectShape(orders.aggregate([{ $project: { p: { $getField: 'product' } } }]), obj({ p: str })),
    ],
    [
      '$in',
      () => expectShape(orders.aggregate([{ $project: { hot: { $in: ['hot', '$tags'] } } }]), obj({ hot: bool })),
    ],
    [
      '$toString',
      () => expectShape(orders.aggregate([{ $project: { user: { $toString: '$user_id' } } }]), obj({ user: str })),
    ],
    [
      '$convert',
      () =>
        expectShape(
          orders.aggregate([{ $project: { n: { $convert: { input: '$note', to: 'int', onError: -1, onNull: 0 } } } }]),
          obj({ n: num }),
        ),
    ],
    [
      '$slice',
      () => expectShape(orders.aggregate([{ $project: { tags: { $slice: ['$tags', 1] } } }]), obj({ tags: arr(str) })),
    ],
    [
      '$concatArrays',
      () =>
        expectShape(
          orders.aggregate([{ $project: { all: { $concatArrays: ['$tags', '$items.sku'] } } }]),
          obj({ all: arr(str) }),
        ),
    ],
    // stages that add and take away
    [
      '$addFields',
      () =>
        expectShape(
          orders.aggregate([
            { $addFields: { total: { $multiply: ['$quantity', '$price'] } } },
            { $project: { total: 1, product: 1 } },
          ]),
          obj({ total: num, product: str }),
        ),
    ],
    [
      '$set over a field',
      () =>
        expectShape(
          orders.aggregate([{ $set: { product: '$quantity' } }, { $project: { product: 1 } }]),
          obj({ product: num }),
        ),
    ],
    [
      '$unset',
      () =>
        expectShape(
          orders.aggregate([{ $unset: ['ship.zip', 'items.n'] }, { $project: { ship: 1, items: 1 } }]),
          obj({ ship: maybe(obj({ city: str })), items: arr(obj({ sku: str })) }),
        ),
    ],
    [
      '$project that leaves out',
      () =>
        expectShape(
          users.aggregate([{ $project: { 'profile.bio': 0, email: 0 } }, { $project: { profile: 1, username: 1 } }]),
          obj({ profile: maybe(obj({ avatar: str })), username: str }),
        ),
    ],
    [
      '$unwind',
      () =>
        expectShape(
          orders.aggregate([{ $unwind: '$items' }, { $project: { items: 1, sku: '$items.sku' } }]),
          obj({ items: obj({ sku: str, n: num }), sku: str }),
        ),
    ],
    [
      '$unwind of scalars',
      () =>
        expectShape(orders.aggregate([{ $unwind: { path: '$tags' } }, { $project: { tags: 1 } }]), obj({ tags: str })),
    ],
    [
      '$unwind that keeps empty ones',
      () =>
        expectShape(
          orders.aggregate([
            { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } },
            { $project: { product: 1, tags: 1, at: 1 } },
          ]),
          obj({ product: str, tags: maybe(str), at: or(num, nul) }),
        ),
    ],
    [
      '$replaceRoot',
      () =>
        expectShape(
          orders.aggregate([
            { $unwind: '$items' },
            { $replaceRoot: { newRoot: '$items' } },
            { $project: { sku: 1, n: 1 } },
          ]),
          obj({ sku: str, n: num }),
        ),
    ],
    [
      '$replaceWith',
      () =>
        expectShape(
          orders.aggregate([
            { $replaceWith: { $mergeObjects: [{ zip: '-' }, '$ship'] } },
            { $project: { zip: 1, city: 1 } },
          ]),
          obj({ zip: str, city: maybe(str) }),
        ),
    ],
    // stages that group
    [
      '$group',
      () =>
        expectShape(
          orders.aggregate([
            { $group: { _id: '$product', sold: { $sum: '$quantity' }, n: { $sum: 1 } } },
            { $project: { product: '$_id', sold: 1, n: 1 } },
          ]),
          obj({ product: str, sold: num, n: num }),
        ),
    ],
    [
      '$group by a document',
      () =>
        expectShape(
          orders.aggregate([
            { $group: { _id: { p: '$product', m: { $month: '$order_date' } } } },
            { $project: { _id: 1 } },
          ]),
          obj({ _id: obj({ p: str, m: num }) }),
        ),
    ],
    [
      '$group by what may be missing',
      () =>
        expectShape(
          orders.aggregate([{ $group: { _id: '$note' } }, { $project: { _id: 1 } }]),
          obj({ _id: or(str, nul) }),
        ),
    ],
    [
      '$group: averages and extremes',
      () =>
        expectShape(
          orders.aggregate([
            { $group: { _id: null, avg: { $avg: '$price' }, min: { $min: '$order_date' }, max: { $max: '$note' } } },
            { $project: { avg: 1, min: 1, max: 1 } },
          ]),
          obj({ avg: or(num, nul), min: date, max: or(str, nul) }),
        ),
    ],
    [
      '$group: $first and $push',
      () =>
        expectShape(
          orders.aggregate([
            {
              $group: {
                _id: '$product',
                one: { $first: '$note' },
                notes: { $push: '$note' },
                cities: { $addToSet: '$ship.city' },
              },
            },
            { $project: { one: 1, notes: 1, cities: 1 } },
          ]),
          obj({ one: or(str, nul), notes: arr(str), cities: arr(str) }),
        ),
    ],
    [
      '$group: $push of documents',
      () =>
        expectShape(
          orders.aggregate([
            { $group: { _id: '$product', lines: { $push: { q: '$quantity', note: '$note' } } } },
            { $project: { lines: 1 } },
          ]),
          obj({ lines: arr(obj({ q: num, note: maybe(str) })) }),
        ),
    ],
    [
      '$group: $top and $firstN',
      () =>
        expectShape(
          orders.aggregate([
            {
              $group: {
                _id: '$product',
                best: { $top: { sortBy: { price: -1 }, output: '$quantity' } },
                two: { $firstN: { input: '$price', n: 2 } },
              },
            },
            { $project: { best: 1, two: 1 } },
          ]),
          obj({ best: num, two: arr(num) }),
        ),
    ],
    [
      '$count',
      () =>
        expectShape(
          orders.aggregate([{ $match: { quantity: op({ $gt: 1 }) } }, { $count: 'n' }, { $project: { n: 1 } }]),
          obj({ n: num }),
        ),
    ],
    [
      '$sortByCount',
      () =>
        expectShape(
          orders.aggregate([{ $sortByCount: '$product' }, { $project: { _id: 1, count: 1 } }]),
          obj({ _id: str, count: num }),
        ),
    ],
    [
      '$bucket',
      () =>
        expectShape(
          orders.aggregate([
            { $bucket: { groupBy: '$quantity', boundaries: [0, 3], default: 'more', output: { n: { $sum: 1 } } } },
            { $project: { _id: 1, n: 1 } },
          ]),
          obj({ _id: lit(0, 3, 'more'), n: num }),
        ),
    ],
    [
      '$bucketAuto',
      () =>
        expectShape(
          orders.aggregate([{ $bucketAuto: { groupBy: '$price', buckets: 2 } }, { $project: { _id: 1, count: 1 } }]),
          obj({ _id: obj({ min: num, max: num }), count: num }),
        ),
    ],
    [
      '$facet',
      () =>
        expectShape(
          orders.aggregate([
            {
              $facet: {
                all: [{ $count: 'n' }],
                top: [{ $sort: { price: -1 } }, { $limit: 2 }, { $project: { product: 1 } }],
              },
            },
            { $project: { all: 1, top: 1 } },
          ]),
          obj({ all: arr(obj({ n: num })), top: arr(obj({ product: str })) }),
        ),
    ],
    [
      '$setWindowFields',
      () =>
        expectShape(
          orders.aggregate([
            {
              $setWindowFields: {
                partitionBy: '$product',
                sortBy: { order_date: 1 },
                output: {
                  running: { $sum: '$quantity', window: { documents: ['unbounded', 'current'] } },
                  rank: { $rank: {} },
                  before: { $shift: { output: '$quantity', by: -1 } },
                },
              },
            },
            { $project: { running: 1, rank: 1, before: 1 } },
          ]),
          obj({ running: num, rank: num, before: or(num, nul) }),
        ),
    ],
    [
      '$sample',
      () =>
        expectShape(orders.aggregate([{ $sample: { size: 3 } }, { $project: { product: 1 } }]), obj({ product: str })),
    ],
    [
      'a $match below a group',
      () =>
        expectShape(
          orders.aggregate([
            { $group: { _id: '$product', n: { $sum: 1 } } },
            { $match: { n: op({ $gte: 2 }) } },
            { $sort: { n: 1 } },
            { $project: { n: 1 } },
          ]),
          obj({ n: num }),
        ),
    ],
  ])('%s', async ([, check]) => {
    await check();
  });
});

it('a bucket of a branch that may be missing begins with null, as that of a leaf does', async () => {
  for (const groupBy of ['$profile', '$age'] as const) {
    const [first] = await users.aggregate([{ $bucketAuto: { groupBy, buckets: 2 } }]).toArray();
    expect(first?._id, groupBy).toHaveProperty('min', null);
  }
});
