import { listed } from '../../support/tables.ts';

/** What pipelines make of values of other kinds than the view declares. */
const DRIFT = `
  [{ $project: { code: 1, amount: 1 } }] | [{ $project: { x: '$code' } }] | [{ $project: { tags: 1 } }] | [{ $project: { ship: 1 } }] | [{ $project: { items: 1 } }] | [{ $project: { rows: 1 } }] | [{ $project: { flex: 1 } }] | [{ $project: { grid: 1 } }] | [{ $project: { note: 1 } }] | [{ $project: { settings: 1 } }] | [{ $project: { x: '$ship.city' } }] | [{ $project: { x: '$ship.notes' } }] | [{ $project: { x: '$rows.n' } }] | [{ $project: { x: '$tags' } }] | [{ $project: { x: ['$code', 1] } }]
  [{ $project: { x: { $ifNull: ['$code', { secret: 'x' }] } } }] | [{ $project: { x: { $ifNull: ['$code', '$settings'] } } }] | [{ $project: { x: { $ifNull: ['$settings', '$code'] } } }] | [{ $project: { x: { $objectToArray: { a: '$code' } } } }] | [{ $project: { x: { $type: '$code' } } }] | [{ $project: { x: { $gt: ['$code', 'a'] } } }] | [{ $project: { x: { $size: '$tags' } } }] | [{ $project: { x: { $isArray: '$flex' } } }] | [{ $project: { x: { $sum: '$grid' } } }] | [{ $project: { x: { $first: '$tags' } } }]
  [{ $unwind: '$tags' }, { $project: { tags: 1 } }] | [{ $unwind: '$flex' }, { $project: { flex: 1 } }] | [{ $unwind: '$rows' }, { $project: { rows: 1 } }] | [{ $unwind: '$rows' }, { $unwind: '$rows' }, { $project: { rows: 1 } }] | [{ $unwind: '$items' }, { $project: { items: 1 } }] | [{ $unwind: '$grid' }, { $project: { grid: 1 } }] | [{ $unwind: '$ship.notes' }, { $project: { 'ship.notes': 1 } }] | [{ $unwind: '$settings' }, { $project: { settings: 1 } }] | [{ $unwind: { path: '$tags', preserveNullAndEmptyArrays: true } }, { $project: { tags: 1 } }] | [{ $unwind: '$code' }, { $project: { code: 1 } }]
  [{ $group: { _id: null, x: { $push: '$code' } } }] | [{ $group: { _id: null, x: { $first: '$code' } } }] | [{ $group: { _id: null, x: { $max: '$code' } } }] | [{ $group: { _id: null, x: { $sum: '$code' } } }] | [{ $group: { _id: null, x: { $mergeObjects: '$ship.to' } } }] | [{ $group: { _id: null, x: { $push: '$ship' } } }] | [{ $group: { _id: '$code', n: { $sum: 1 } } }, { $project: { n: 1 } }] | [{ $sortByCount: '$code' }, { $project: { count: 1 } }] | [{ $sort: { code: 1 } }, { $project: { amount: 1 } }] | [{ $set: { y: 1 } }, { $sort: { code: 1, amount: 1 } }, { $project: { amount: 1 } }]
  [{ $replaceWith: { a: '$code' } }, { $project: { a: 1 } }] | [{ $set: { ship: { city: '$code' } } }, { $project: { 'ship.city': 1 } }] | [{ $set: { code: { $toString: '$amount' } } }, { $project: { code: 1 } }] | [{ $set: { ship: { x: 1 } } }, { $project: { 'ship.x': 1 } }] | [{ $project: { ship: { x: '$amount' } } }] | [{ $project: { items: { x: '$amount' } } }] | [{ $project: { rows: { x: '$amount' } } }] | [{ $facet: { a: [{ $project: { code: 1 } }] } }] | [{ $facet: { a: [{ $project: { amount: 1 } }], b: [{ $sort: { code: 1, amount: 1 } }, { $project: { amount: 1 } }] } }]
  [{ $setWindowFields: { sortBy: { amount: 1 }, output: { x: { $first: '$code', window: { documents: [-1, 0] } } } } }, { $project: { x: 1 } }] | [{ $setWindowFields: { sortBy: { code: 1 }, output: { x: { $count: {} } } } }, { $project: { x: 1 } }] | [{ $setWindowFields: { sortBy: { amount: 1 }, output: { x: { $shift: { output: '$ship', by: 1 } } } } }, { $project: { x: 1 } }] | [{ $match: { $expr: { $gt: ['$code', 'a'] } } }, { $project: { amount: 1 } }] | [{ $match: { code: 'x' } }, { $project: { amount: 1 } }] | [{ $project: { a: { b: { c: '$code' } } } }] | [{ $project: { a: { b: ['$ship.city'] } } }] | [{ $project: { x: { $map: { input: '$rows', in: '$$this.n' } } } }] | [{ $project: { x: '$$ROOT' } }]
  [{ $project: { x: { $reduce: { input: ['$code'], initialValue: { secret: 'x' }, in: '$$this' } } } }] | [{ $project: { x: { $zip: { inputs: [['$code'], [{ secret: 'x' }]] } } } }] | [{ $project: { x: { $convert: { input: '$code', to: 'int', onError: '$code' } } } }] | [{ $project: { x: { $convert: { input: '$amount', to: 'int', onNull: '$code' } } } }] | [{ $project: { x: { $setUnion: ['$tags', [{ secret: 1 }]] } } }] | [{ $project: { x: { $mergeObjects: ['$ship', { y: '$code' }] } } }] | [{ $project: { x: { $getField: 'code' } } }] | [{ $project: { x: { $cond: [true, '$code', { secret: 'x' }] } } }]
`;

/** In the documents from one on, since one drifted document ends a read. */
const FROM = [1, 2, 3, 4, 5, 6];

const UNORDERED = /_id: '|sortByCount/;

/** Each pipeline over some of the drifted documents. */
export const DRIFTING: readonly string[] = listed(DRIFT).flatMap((stages, index) => {
  const rest = stages.slice(1);
  return FROM.filter((number) => (number + index) % 3 === 0 || number === 6).map((number) => {
    const read = `await DF.aggregate([{ $match: { amount: ${number} } }, ${rest}).toArray()`;
    return UNORDERED.test(stages) ? `return sorted(${read});` : `return ${read};`;
  });
});

/** All of them, if nothing that drifted comes out; and ids of another kind. */
export const DRIFTED_WHOLE: readonly string[] = [
  ...listed(DRIFT)
    .filter((stages) => !/code: 1|x: '/.test(stages))
    .map((stages) => {
      const read = `await DF.aggregate(${stages}).toArray()`;
      return UNORDERED.test(stages) ? `return sorted(${read});` : `return ${read};`;
    }),
  ...listed(`
    [{ $project: { buyer: 1 } }] | [{ $project: { x: '$buyer' } }] | [{ $project: { x: { y: '$buyer' } } }] | [{ $group: { _id: '$buyer' } }] | [{ $set: { buyer: 1 } }, { $project: { buyer: 1 } }] | [{ $project: { id: 1 } }] | [{ $group: { _id: null, x: { $push: '$buyer' } } }] | [{ $project: { 'ship.agent': 1 } }] | [{ $project: { x: '$ship.agent' } }] | [{ $project: { items: 1 } }] | [{ $project: { 'items.ref': 1 } }]
  `).flatMap((stages) =>
    [2, 4].map(
      (number) => `return await D.aggregate([{ $match: { amount: ${number} } }, ${stages.slice(1)}).toArray();`,
    ),
  ),
];
