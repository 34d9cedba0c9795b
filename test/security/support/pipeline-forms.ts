import type { Kind } from './kinds.ts';

type Write = (kind: Kind) => string;

const END = `{ $project: { username: 1 } }`;
const JOIN = `from: 'teams', foreignField: 'number', as: 'crew'`;

/** Each place in which a stage names a path: the place, the row, the form and its text. */
export const STAGES: readonly (readonly ['stage' | 'join key', rule: string, name: string, write: Write])[] = [
  ['stage', 'sorted', '$sort', ({ path }) => `{ $sort: { '${path}': 1 } }, ${END}`],
  ['stage', 'projected by a stage', '$project', ({ path }) => `{ $project: { '${path}': 1 } }`],
  ['stage', 'removed by a stage', '$unset', ({ path }) => `{ $unset: '${path}' }, { $project: { age: 1 } }`],
  ['stage', 'read by a stage', '$project of another name', ({ path }) => `{ $project: { x: '$${path}' } }`],
  ['stage', 'read by a stage', '$addFields', ({ path }) => `{ $addFields: { x: '$${path}' } }, { $project: { x: 1 } }`],
  ['stage', 'read by a stage', '$set', ({ path }) => `{ $set: { x: ['$${path}'] } }, { $project: { x: 1 } }`],
  [
    'stage',
    'grouped',
    '$group, _id',
    ({ path }) => `{ $group: { _id: '$${path}', first: { $min: '$age' } } }, { $sort: { first: 1 } }`,
  ],
  ['stage', 'read by a stage', '$group, $max', ({ path }) => `{ $group: { _id: null, x: { $max: '$${path}' } } }`],
  ['stage', 'read by a stage', '$group, $push', ({ path }) => `{ $group: { _id: null, x: { $push: '$${path}' } } }`],
  ['stage', 'grouped', '$sortByCount', ({ path }) => `{ $sortByCount: '$${path}' }, { $count: 'n' }`],
  [
    'stage',
    'put into buckets',
    '$bucket',
    ({ path }) => `{ $bucket: { groupBy: '$${path}', boundaries: [0, 5], default: 'other' } }`,
  ],
  ['stage', 'grouped', '$bucketAuto', ({ path }) => `{ $bucketAuto: { groupBy: '$${path}', buckets: 2 } }`],
  [
    'stage',
    'read by a stage',
    '$facet',
    ({ path }) => `{ $facet: { all: [{ $project: { x: '$${path}' } }], n: [{ $count: 'n' }] } }`,
  ],
  [
    'stage',
    'read by a window',
    '$setWindowFields',
    ({ path }) =>
      `{ $setWindowFields: { sortBy: { age: 1 }, output: { x: { $max: '$${path}', window: { documents: ['unbounded', 'current'] } } } } }, { $project: { x: 1 } }`,
  ],
  [
    'stage',
    'sorted by a window',
    '$setWindowFields, sortBy',
    ({ path }) =>
      `{ $setWindowFields: { sortBy: { '${path}': 1 }, output: { x: { $rank: {} } } } }, { $project: { x: 1 } }`,
  ],
  [
    'stage',
    'grouped',
    '$setWindowFields, partitionBy',
    ({ path }) =>
      `{ $setWindowFields: { partitionBy: '$${path}', sortBy: { age: 1 }, output: { x: { $sum: '$age' } } } }, { $project: { x: 1 } }`,
  ],
  ['stage', 'unwound', '$unwind', ({ path }) => `{ $unwind: '$${path}' }, ${END}`],
  [
    'stage',
    'made the document',
    '$replaceRoot',
    ({ path }) => `{ $replaceRoot: { newRoot: { x: '$${path}' } } }, { $project: { x: 1 } }`,
  ],
  [
    'stage',
    'made the document',
    '$replaceWith',
    ({ path }) => `{ $replaceWith: { x: '$${path}' } }, { $project: { x: 1 } }`,
  ],
  [
    'stage',
    'compared in a later $match',
    '$match after $addFields',
    ({ path, value }) => `{ $addFields: { one: 1 } }, { $match: { '${path}': ${value} } }, ${END}`,
  ],
  [
    'stage',
    'read by $expr',
    '$match with $expr',
    ({ path, value }) => `{ $match: { $expr: { $eq: ['$${path}', ${value}] } } }, ${END}`,
  ],
  [
    'join key',
    'joined by a stage',
    '$lookup, localField',
    ({ path }) => `{ $lookup: { ${JOIN}, localField: '${path}' } }, { $project: { 'crew.title': 1 } }`,
  ],
  [
    'join key',
    'joined by a stage',
    '$lookup, foreignField',
    ({ path }) =>
      `{ $lookup: { from: 'accounts', localField: 'username', foreignField: '${path}', as: 'twin' } }, { $project: { 'twin.username': 1 } }`,
  ],
  [
    'stage',
    'projected in a join',
    '$lookup, pipeline',
    ({ path }) =>
      `{ $lookup: { from: 'accounts', localField: 'username', foreignField: 'username', as: 'twin', pipeline: [{ $project: { '${path}': 1 } }] } }, { $project: { twin: 1 } }`,
  ],
];

/** An expression at a field of a `$project`. */
const shown =
  (expression: Write): Write =>
  (kind) =>
    `{ $project: { x: ${expression(kind)} } }`;

/** Ways to read a path by an expression: the row, the form and its text. */
export const EXPRESSIONS: readonly (readonly [rule: string, name: string, write: Write])[] = [
  ['read by an expression', '$ifNull', shown(({ path }) => `{ $ifNull: ['$${path}', 'none'] }`)],
  ['read by an expression', '$cond', shown(({ path }) => `{ $cond: [{ $eq: ['$${path}', 'x'] }, 1, 2] }`)],
  [
    'read by an expression',
    '$switch',
    shown(({ path }) => `{ $switch: { branches: [{ case: { $gt: ['$${path}', 'zebra-'] }, then: 1 }], default: 2 } }`),
  ],
  ['read by an expression', '$eq', shown(({ path, value }) => `{ $eq: ['$${path}', ${value}] }`)],
  ['read by an expression', '$type', shown(({ path }) => `{ $type: '$${path}' }`)],
  ['read by an expression', '$isArray', shown(({ path }) => `{ $isArray: '$${path}' }`)],
  ['read by an expression', '$sum', shown(({ path }) => `{ $sum: '$${path}' }`)],
  ['read by an expression', '$max', shown(({ path }) => `{ $max: ['$${path}', 0] }`)],
  ['read by an expression', '$let', shown(({ path }) => `{ $let: { vars: { v: '$${path}' }, in: '$$v' } }`)],
  ['read by an expression', '$$ROOT', shown(({ path }) => `'$$ROOT.${path}'`)],
  ['read by an expression', '$$CURRENT', shown(({ path }) => `'$$CURRENT.${path}'`)],
  [
    'read by an expression',
    '$map',
    shown(({ path }) => `{ $map: { input: '$tags', as: 't', in: ['$$t', '$${path}'] } }`),
  ],
  [
    'read by an expression',
    '$filter',
    shown(({ path }) => `{ $filter: { input: '$tags', as: 't', cond: { $ne: ['$$t', '$${path}'] } } }`),
  ],
  ['read by an expression', '$in', shown(({ path }) => `{ $in: ['$${path}', ['a', 'b']] }`)],
  ['converted by an expression', '$toString', shown(({ path }) => `{ $toString: '$${path}' }`)],
  ['converted by an expression', '$toInt', shown(({ path }) => `{ $toInt: '$${path}' }`)],
  [
    'converted by an expression',
    '$convert',
    shown(({ path }) => `{ $convert: { input: '$${path}', to: 'int', onError: 'no' } }`),
  ],
  ['written as a literal', '$literal', shown(({ path }) => `{ $literal: '$${path}' }`)],
];
