import { listed } from '../../support/tables.ts';

/** Values of each shape. */
const VALUES = listed(`
  '$code' | '$note' | '$ship.to' | '$settings' | '$ship' | '$tags' | '$grid' | '$items' | '$rows.inner' | null | { a: 1 } | { zip: '$note' } | { a: { b: '$code' } } | ['$ship.to', { c: 1 }] | '$nothing'
`);

/** What may follow a field `x` of some shape. */
const AFTER = listed(`
  { $match: { x: 'tea' } }, { $count: 'n' } | { $sort: { x: 1, code: 1 } }, { $project: { code: 1 } } | { $project: { y: '$x.zip' } } | { $project: { y: '$x.a.b' } } | { $project: { 'x.zip': 1 } } | { $unwind: '$x' }, { $project: { x: 1 } } | { $lookup: { from: 'labels', localField: 'x', foreignField: '_id', as: 'l', pipeline: [{ $project: { color: 1 } }] } }, { $project: { 'l.color': 1 } } | { $group: { _id: null, y: { $push: '$x' } } } | { $group: { _id: null, y: { $mergeObjects: '$x' } } }
  { $unset: 'x.zip' }, { $project: { x: 1 } } | { $project: { y: { $objectToArray: '$x' } } } | { $project: { y: { $ifNull: ['$x', '$x'] } } } | { $project: { y: { $sortArray: { input: '$x', sortBy: { zip: 1 } } } } } | { $replaceWith: '$x' }, { $project: { zip: 1 } } | { $project: { y: { $getField: { field: 'zip', input: '$x' } } } } | { $match: { $expr: { $gt: ['$x', 1] } } }, { $count: 'n' } | { $set: { x: { q: 1 } } }, { $project: { x: 1 } } | { $set: { x: { zip: '$code' } } }, { $project: { x: { zip: 1 } } } | { $project: { x: { q: '$code' } } }
`);

const pipelines = [
  ...VALUES.flatMap((one) =>
    VALUES.flatMap((other) => [
      `[{ $project: { x: { $cond: ['$open', ${one}, ${other}] } } }, { $project: { x: 1 } }]`,
      `[{ $project: { x: { $reduce: { input: [1, 2], initialValue: ${one}, in: ${other} } } } }]`,
    ]),
  ),
  ...VALUES.flatMap((value) => AFTER.map((after) => `[{ $set: { x: ${value} } }, ${after}]`)),
  ...VALUES.map((value) => `[{ $project: { x: { $mergeObjects: [${value}, { a: 1 }] } } }, { $sort: { 'x.a': 1 } }]`),
  ...VALUES.map(
    (value) => `[{ $project: { x: { $mergeObjects: [{ a: 1 }, ${value}] } } }, { $project: { y: '$x.a' } }]`,
  ),
];

const filled = (count: number, stage: string): string => `Array.from({ length: ${count} }, () => (${stage}))`;

/** Pipelines at the limits of what is checked. */
const SIZES = [
  ...[995, 996, 997, 998, 999, 1000].flatMap((count) => [
    `[...${filled(count, '{ $skip: 0 }')}, { $count: 'n' }]`,
    `[{ $sample: { size: 3 } }, ...${filled(count, '{ $skip: 0 }')}, { $count: 'n' }]`,
    `[{ $lookup: { from: 'labels', localField: 'tags', foreignField: '_id', as: 'l', pipeline: ${filled(count - 6, '{ $skip: 0 }')} } }, { $count: 'n' }]`,
  ]),
  ...[9996, 9997, 9998, 9999].flatMap((count) => [
    `[{ $project: { x: FIELDS(${count}) } }, { $count: 'n' }]`,
    `[{ $project: { x: FIELDS(${count}) } }, { $set: { y: 1 } }, { $count: 'n' }]`,
  ]),
  ...[48, 49, 50, 51, 52].map(
    (count) => `[{ $project: FIELDS(4000) }, ...${filled(count * 5, '{ $set: { f1: 1 } }')}, { $count: 'n' }]`,
  ),
  `[{ $project: FIELDS(3000) }, { $set: { x: '$$ROOT' } }, { $set: { x: '$$ROOT' } }, { $count: 'n' }]`,
  `[{ $project: FIELDS(3000) }, { $set: { x: '$$ROOT' } }, { $set: { y: '$x' } }, { $set: { y: 1, x: 1 } }, { $set: { x: '$$ROOT' } }, { $count: 'n' }]`,
  `[{ $project: FIELDS(3000) }, { $set: { x: '$$ROOT' } }, { $unset: 'x' }, { $set: { y: '$$ROOT' } }, { $unset: 'y.f1' }, { $set: { z: FIELDS(3990) } }, { $count: 'n' }]`,
  `[{ $project: FIELDS(3000) }, { $project: { x: ['$$ROOT', '$$ROOT'] } }, { $count: 'n' }]`,
];

/** Operands that are expressions too, with a path that is private. */
const OPERANDS = listed(`
  { $filter: { input: '$tags', cond: true, limit: '$cost' } } | { $filter: { input: '$tags', cond: true, limit: '$amount' } } | { $filter: { input: '$tags', cond: true, limit: { $add: [1, 1] } } } | { $filter: { input: '$cost', cond: true } } | { $filter: { input: '$tags', cond: '$cost' } } | { $filter: { input: '$tags', as: 't', cond: { $eq: ['$$t', 'hot'] }, limit: 1 } } | { $filter: { input: '$tags', as: 't', cond: { $eq: ['$$this', 'hot'] } } } | { $map: { input: '$cost', in: 1 } } | { $map: { input: '$tags', in: '$cost' } }
  { $map: { input: '$tags', as: 't', in: '$$this' } } | { $let: { vars: { a: '$cost' }, in: 1 } } | { $let: { vars: { a: 1 }, in: '$cost' } } | { $let: { vars: { a: 1, b: '$$a' }, in: '$$b' } } | { $reduce: { input: '$cost', initialValue: 1, in: 1 } } | { $reduce: { input: '$tags', initialValue: '$cost', in: 1 } } | { $reduce: { input: '$tags', initialValue: 1, in: '$cost' } } | { $zip: { inputs: ['$tags'], defaults: ['$cost'] } } | { $sortArray: { input: '$cost', sortBy: 1 } } | { $firstN: { input: '$tags', n: '$cost' } }
  { $getField: { field: 'cost', input: '$$ROOT' } } | { $getField: 'cost' } | { $switch: { branches: [{ case: '$cost', then: 1 }] } } | { $switch: { branches: [{ case: true, then: '$cost' }] } } | { $switch: { branches: [{ case: true, then: 1 }], default: '$cost' } } | { $cond: ['$cost', 1, 2] } | { $cond: [1, '$cost', 2] } | { $cond: [1, 2, '$cost'] } | { $cond: { if: '$cost', then: 1, else: 2 } } | { $convert: { input: '$amount', to: 'int', onNull: '$cost' } } | { $convert: { input: '$amount', to: '$cost' } } | { $regexFind: { input: '$code', regex: '$cost' } }
  { $regexFind: { input: '$code', regex: 'a', options: '$cost' } } | { $dateToParts: { date: '$at', timezone: '$cost' } } | { $dateToParts: { date: '$at', iso8601: '$cost' } } | { $mergeObjects: ['$ship', '$cost'] } | { $objectToArray: '$cost' } | { a: { b: ['$cost'] } } | ['$cost'] | { $literal: '$cost' } | { $in: ['$cost', '$tags'] } | { $slice: ['$tags', '$cost'] } | { $ifNull: ['$cost', 1] } | { $ifNull: [null, '$cost'] }
`);

export const PRIVATE_OPERANDS: readonly string[] = OPERANDS.map(
  (expression) => `return await F.aggregate([{ $project: { x: ${expression} } }]).toArray();`,
);

/** The shape of a value that may come from two places. */
export const MERGES: readonly string[] = pipelines.map((stages) => `return await F.aggregate(${stages}).toArray();`);

/** Pipelines of many stages and fields. */
export const SIZED: readonly string[] = SIZES.map(
  (stages) =>
    `const FIELDS = (count) => Object.fromEntries(Array.from({ length: count }, (_, at) => ['f' + at, '$code'])); return (await O.aggregate(${stages}).toArray()).length;`,
);
