import { listed } from '../../support/tables.ts';

/** Accumulators of a group. */
const ACCUMULATORS = `
  { $sum: '$amount' } | { $sum: 1 } | { $sum: '$ship' } | { $sum: '$cost' } | { $sum: ['$amount'] } | { $sum: '$buyer' } | { $avg: '$price' } | { $avg: { $add: ['$amount', 1] } } | { $stdDevPop: '$amount' } | { $stdDevSamp: '$amount' } | { $count: {} } | { $count: 1 } | { $count: { a: 1 } } | { $count: [] } | { $min: '$amount' } | { $min: '$ship.to' } | { $min: '$buyer' } | { $max: '$code' } | { $max: '$settings' } | { $max: '$ship.agent' }
  { $first: '$code' } | { $first: '$ship.to' } | { $first: '$buyer' } | { $first: '$ship' } | { $first: { a: '$buyer' } } | { $last: '$ship.to' } | { $last: '$id' } | { $last: '$items' } | { $push: '$tags' } | { $push: '$buyer' } | { $push: { c: '$code', b: '$buyer' } } | { $push: '$$ROOT.settings' } | { $push: ['$buyer'] } | { $push: { $toUpper: '$buyer' } } | { $addToSet: '$open' } | { $addToSet: '$buyer' } | { $addToSet: '$cost' } | { $push: '$rows' } | { $push: '$settings' }
  { $mergeObjects: '$ship.to' } | { $mergeObjects: '$settings' } | { $mergeObjects: '$code' } | { $mergeObjects: '$ship' } | { $mergeObjects: { a: '$code', b: '$note' } } | { $mergeObjects: ['$ship.to'] } | { $mergeObjects: { $ifNull: ['$extra', { more: 1 }] } } | { $mergeObjects: '$scores' }
  { $firstN: { input: '$code', n: 2 } } | { $firstN: { input: '$buyer', n: 2 } } | { $firstN: { input: '$ship.to', n: 3 } } | { $lastN: { input: '$amount', n: 1 } } | { $lastN: { input: '$ship', n: 1 } } | { $minN: { input: '$amount', n: 2 } } | { $minN: { input: '$buyer', n: 1 } } | { $maxN: { input: '$price', n: 1 } } | { $maxN: { input: '$ship.agent', n: 1 } } | { $maxN: { input: { a: '$amount' }, n: 9 } }
  { $firstN: { input: '$code' } } | { $firstN: { n: 1 } } | { $firstN: { input: '$code', n: 0 } } | { $firstN: { input: '$code', n: 1.5 } } | { $firstN: { input: '$code', n: '$amount' } } | { $firstN: { input: '$code', n: -1 } } | { $firstN: { input: '$code', n: 1, x: 1 } } | { $firstN: '$code' } | { $maxN: { input: '$cost', n: 1 } } | { $minN: [] } | { $lastN: { input: '$code', n: 2 ** 53 } } | { $lastN: { input: '$code', n: null } }
  { $top: { sortBy: { amount: 1 }, output: '$code' } } | { $top: { sortBy: { amount: -1, code: 1 }, output: ['$code', '$amount'] } } | { $top: { sortBy: { amount: 1 }, output: '$buyer' } } | { $top: { sortBy: { amount: 1 }, output: '$ship.to' } } | { $top: { sortBy: { cost: 1 }, output: '$code' } } | { $top: { sortBy: { note: 1 }, output: '$code' } } | { $top: { sortBy: { buyer: 1 }, output: '$code' } } | { $top: { sortBy: {}, output: '$code' } } | { $top: { output: '$code' } } | { $top: { sortBy: { amount: 1 } } } | { $top: { sortBy: { amount: 1 }, output: '$cost' } }
  { $top: { sortBy: { amount: 1 }, output: '$code', n: 1 } } | { $top: 1 } | { $bottom: { sortBy: { 'ship.city': 1 }, output: { c: '$code', b: '$ship.agent' } } } | { $bottom: { sortBy: { amount: 1 }, output: '$items' } } | { $bottom: { sortBy: 1, output: '$code' } } | { $topN: { sortBy: { amount: 1 }, output: '$code', n: 2 } } | { $topN: { sortBy: { amount: 1 }, output: '$buyer', n: 2 } } | { $topN: { sortBy: { amount: 1 }, output: '$code' } } | { $topN: { sortBy: { amount: 1 }, output: '$code', n: 0 } } | { $topN: { output: '$code', n: 1 } } | { $topN: { sortBy: { amount: 1 }, n: 1 } }
  { $bottomN: { sortBy: { at: 1 }, output: '$ship.to', n: 9 } } | { $bottomN: { sortBy: { at: 1 }, output: '$code', n: '2' } } | { $bottomN: { sortBy: { ship: 1 }, output: '$code', n: 1 } } | { $accumulator: { init: 'x' } } | { $rank: {} } | { $shift: { output: '$code', by: 1 } } | { $add: [1] } | { $concatArrays: '$tags' } | { $sum: op({ $eq: 1 }) } | { $sum: '$amount', x: 1 } | { $first: '$$CURRENT' } | { $first: '$$x' } | { $push: '$$REMOVE' }
`;

/** Functions over a window, sorted by the amount. */
const WINDOWS = `
  { $sum: '$amount' } | { $sum: 1, window: { documents: ['unbounded', 'current'] } } | { $sum: '$amount', window: { documents: [-1, 0] } } | { $avg: '$price', window: { range: [-2, 2] } } | { $stdDevPop: '$amount', window: {} } | { $stdDevSamp: '$amount' } | { $count: {} } | { $count: {}, window: { documents: [0, 'unbounded'] } } | { $count: 1 } | { $count: { a: 1 } } | { $min: '$amount', window: { documents: [-1, 1] } } | { $max: '$ship.to' } | { $max: '$buyer' } | { $min: '$ship.agent' }
  { $first: '$code', window: { documents: [-1, 0] } } | { $first: '$ship.to' } | { $first: '$buyer' } | { $last: '$ship' } | { $last: '$ship.agent', window: { documents: [0, 1] } } | { $push: '$code' } | { $push: '$buyer' } | { $push: { a: '$code' }, window: { documents: ['current', 'current'] } } | { $addToSet: '$open' } | { $addToSet: '$buyer', window: { documents: ['current', 'current'] } } | { $rank: {} } | { $rank: 1 } | { $denseRank: {} } | { $denseRank: { a: 1 } } | { $documentNumber: {} } | { $documentNumber: null } | { $documentNumber: [] }
  { $covariancePop: ['$amount', '$price'] } | { $covarianceSamp: ['$amount', '$price'], window: { documents: [-1, 0] } } | { $covariancePop: ['$buyer', 1] } | { $covariancePop: '$cost' } | { $linearFill: '$ship.days' } | { $linearFill: '$amount' } | { $linearFill: '$cost' } | { $locf: '$note' } | { $locf: '$ship.to' } | { $locf: '$buyer' } | { $locf: '$cost' }
  { $shift: { output: '$code', by: 1 } } | { $shift: { output: '$code', by: -1, default: 'none' } } | { $shift: { output: '$ship.to', by: 1, default: null } } | { $shift: { output: '$buyer', by: 1 } } | { $shift: { output: '$buyer', by: 1, default: 'x' } } | { $shift: { output: '$code', by: 1, default: '$amount' } } | { $shift: { output: '$code', by: 1, default: {} } } | { $shift: { output: '$code', by: 1, default: [1] } } | { $shift: { output: '$code', by: 1.5 } } | { $shift: { output: '$code', by: '1' } } | { $shift: { output: '$code', by: 0, default: 7 } } | { $shift: { output: '$code' } }
  { $shift: { by: 1 } } | { $shift: { output: '$code', by: 1, x: 1 } } | { $shift: 1 } | { $shift: { output: '$cost', by: 1 } } | { $shift: { output: ['$code'], by: 2 ** 53 } } | { $derivative: { input: '$price' }, window: { documents: [-1, 0] } } | { $derivative: { input: '$price', unit: 'day' }, window: { documents: [-1, 0] } } | { $derivative: {} } | { $derivative: { input: '$cost' } } | { $derivative: { input: '$price', by: 1 } } | { $derivative: '$price' } | { $integral: { input: '$price' } } | { $integral: { input: '$price', unit: 'hour' } } | { $integral: { unit: 'hour' } } | { $integral: { input: '$price', x: 1 } }
  { $expMovingAvg: { input: '$price', N: 2 } } | { $expMovingAvg: { input: '$price', alpha: 0.5 } } | { $expMovingAvg: { N: 2 } } | { $expMovingAvg: { input: '$price', n: 2 } } | { $expMovingAvg: { input: '$buyer', N: 2 } } | { $top: { sortBy: { amount: 1 }, output: '$code' } } | { $mergeObjects: '$ship.to' } | { $firstN: { input: '$code', n: 1 } } | { $unknown: 1 } | {} | 1 | null | [] | { window: {} } | { window: { documents: [0, 1] } } | { $sum: 1, $avg: 1 } | { $sum: 1, window: 1 } | { $sum: 1, window: [] } | { $sum: 1, window: null } | { $sum: 1, window: { documents: [0] } }
  { $sum: 1, window: { documents: [0, 1, 2] } } | { $sum: 1, window: { documents: 1 } } | { $sum: 1, window: { documents: [0, 'x'] } } | { $sum: 1, window: { documents: ['$amount', 0] } } | { $sum: 1, window: { range: [null, 0] } } | { $sum: 1, window: { range: [0, 1], unit: 'day' } } | { $sum: 1, window: { range: [0, 1], unit: '$code' } } | { $sum: 1, window: { range: [0, 1], unit: 1 } } | { $sum: 1, window: { unit: ['day'] } } | { $sum: 1, window: { rows: [0, 1] } } | { window: { documents: [-1, 'current'] }, $sum: '$amount' } | { $sum: 1, window: {}, x: 1 } | { $sum: 1, window: { documents: {} } }
`;

/** Other parts of the stage. */
const AROUND = `
  { output: { x: { $sum: 1 } } } | { partitionBy: '$open', output: { x: { $sum: '$amount' } } } | { partitionBy: '$buyer', output: { x: { $sum: '$amount' } } } | { partitionBy: { o: '$open' }, sortBy: { code: 1 }, output: { x: { $documentNumber: {} } } } | { partitionBy: '$cost', output: { x: { $sum: 1 } } } | { partitionBy: ['$buyer'], output: { x: { $sum: 1 } } } | { partitionBy: null, output: { x: { $sum: 1 } } } | { sortBy: { cost: 1 }, output: { x: { $sum: 1 } } } | { sortBy: { note: 1 }, output: { x: { $sum: 1 } } }
  { sortBy: {}, output: { x: { $sum: 1 } } } | { sortBy: 1, output: { x: { $sum: 1 } } } | { output: {} } | { output: 1 } | { output: [] } | { output: null } | {} | 1 | { sortBy: { amount: 1 } } | { output: { x: { $sum: 1 } }, x: 1 } | { output: { 'a.b': { $sum: 1 } } } | { output: { $a: { $sum: 1 } } } | { output: { '': { $sum: 1 } } } | { output: { x: { $sum: 1 }, code: { $push: '$code' }, amount: { $first: '$ship' } } } | { output: { x: { $first: '$buyer' }, buyer: { $sum: 1 } } } | { output: { x: 1, y: { $sum: 1 } } }
  { sortBy: { x: 1 }, output: { x: { $sum: 1 } } } | { sortBy: { ship: 1 }, output: { x: { $sum: 1 } } } | { sortBy: { amount: 1, code: -1 }, output: { x: { $rank: {} }, code: { $first: '$code', window: { documents: [0, 0] } } } }
`;

const END = `{ $project: { x: 1, code: 1 } }]).toArray();`;

/** Accumulators, windows, and what follows them. */
export const ACCUMULATING: readonly string[] = [
  ...listed(ACCUMULATORS).map((made) => `return await O.aggregate([{ $group: { _id: null, x: ${made} } }]).toArray();`),
  ...listed(WINDOWS).map(
    (made) =>
      `return await O.aggregate([{ $setWindowFields: { sortBy: { amount: 1 }, output: { x: ${made} } } }, ${END}`,
  ),
  ...listed(AROUND).map((operand) => `return await O.aggregate([{ $setWindowFields: ${operand} }, ${END}`),
  ...listed(ACCUMULATORS)
    .filter((_, index) => index % 3 === 0)
    .map(
      (made) =>
        `return await O.aggregate([{ $bucket: { groupBy: '$amount', boundaries: [0, 9], output: { x: ${made} } } }]).toArray();`,
    ),
  ...listed(ACCUMULATORS)
    .filter((_, index) => index % 7 === 1)
    .map(
      (made) =>
        `return await O.aggregate([{ $bucketAuto: { groupBy: '$amount', buckets: 1, output: { x: ${made} } } }, { $project: { x: 1 } }]).toArray();`,
    ),
];
