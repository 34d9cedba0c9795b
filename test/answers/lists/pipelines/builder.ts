import { listed } from '../../support/tables.ts';

/** Steps of the pipeline builder. */
const STEPS = `
  .match({ code: 'tea' }).project({ code: 1 }) | .match({ code: 'tea' }) | .project({ code: 1 }).sort({ code: 1 }).limit(1) | .project({ code: 1 }).sort({ amount: 1 }) | .sort({ cost: 1 }).project({ code: 1 }) | .project({ cost: 1 }) | .skip(1).limit(1).project({ code: 1 }) | .limit(0) | .group({ _id: '$open', n: { $sum: '$amount' } }).sort({ _id: 1 }) | .group({}) | .count('n') | .count('$n') | .set({ x: '$code' }).unset('code').project({ x: 1 }) | .unset('code').project({ code: 1 })
  .addFields({ x: 1 }).project({ x: 1 }).skip(2) | .unwind('$tags').project({ tags: 1 }) | .unwind('$cost') | .bucket({ groupBy: '$amount', boundaries: [0, 9] }) | .bucketAuto({ groupBy: '$amount', buckets: 1 }) | .facet({ a: [{ $count: 'n' }] }) | .facet({ a: [{ $limit: 1 }] }) | .replaceWith({ a: '$code' }).project({ a: 1 }) | .replaceRoot({ newRoot: { a: '$code' } }).project({ a: 1 }) | .setWindowFields({ sortBy: { amount: 1 }, output: { x: { $rank: {} } } }).project({ x: 1 })
  .lookup({ from: 'users', localField: 'agent', foreignField: 'id', as: 'u' }).project({ 'u.name': 1 }) | .lookup({ from: 'users', localField: 'agent', foreignField: 'id', as: 'u' }).match({ cost: 5 }) | .match({ $expr: true }).match({ cost: 5 }) | .sortByCount('$open').project({ count: 1 }).sort({ count: 1 }) | .sample({ size: 1 }).count('n') | .sample({ size: 0 }) | .project({ code: 1 }).match({ code: 'tea' }) | .project({ code: 0 }).project({ amount: 1 }) | .project(undefined) | .match(() => 1) | .project({ code: 1 }).project({ amount: 1 })
`;

const BIG = [
  `[...Array(996).fill({ $limit: 1 }), { $count: 'n' }]`,
  `[...Array(997).fill({ $limit: 1 }), { $count: 'n' }]`,
  `[...Array(998).fill({ $skip: 0 }), { $count: 'n' }]`,
  `[...Array(996).fill({ $set: { x: 1 } }), { $count: 'n' }]`,
  `[...Array(999).fill({ $set: { x: 1 } }), { $count: 'n' }]`,
  `[...Array(400).fill(0).map((_, at) => ({ $lookup: { from: 'labels', localField: 'code', foreignField: '_id', as: 'l' + at } })), { $count: 'n' }]`,
  `[{ $set: { a: '$$ROOT' } }, { $set: { b: '$$ROOT' } }, { $set: { c: '$$ROOT' } }, { $project: { 'c.b.a.code': 1 } }]`,
  `[...[...'abcdefghijk'].map((name) => ({ $set: { [name]: '$$ROOT' } })), { $count: 'n' }]`,
  `[...Array(300).fill(0).map((_, at) => ({ $project: { ['x' + at]: { $objectToArray: '$$ROOT' } } })), { $count: 'n' }]`,
  `[...[...'abcdefg'].map((name) => ({ $set: { [name]: '$$ROOT' } })), ...Array(900).fill({ $project: { a: '$a', g: '$g', f: '$f' } }), { $count: 'n' }]`,
  `[{ $project: { x: Object.fromEntries(Array(9990).fill(0).map((_, at) => ['f' + at, '$code'])) } }]`,
  `[{ $project: { x: Object.fromEntries(Array(10001).fill(0).map((_, at) => ['f' + at, '$code'])) } }]`,
  `[{ $project: Object.fromEntries(Array(9999).fill(0).map((_, at) => ['f' + at, '$code'])) }, { $count: 'n' }]`,
  `[{ $project: Object.fromEntries(Array(10000).fill(0).map((_, at) => ['f' + at, '$code'])) }, { $count: 'n' }]`,
];

/** Views of other forms. */
const VIEWS = `
  plain: [{ $match: { amount: { $gt: 1 } } }, { $project: { code: 1, _id: 1 } }] | plain: [{ $project: { code: 1 } }, { $match: { code: { $ne: 'tea' } } }, { $count: 'n' }] | plain: [{ $project: { code: 1 } }] | plain: [{ $project: { _id: 1 } }] | plain: [{ $project: { _id: 0, code: 1 } }] | plain: [{ $project: { code: 1, '_id.x': 1 } }] | plain: [{ $unset: '_id' }, { $project: { _id: 1 } }] | plain: [{ $unset: ['_id', 'tags'] }, { $project: { code: 1 } }] | plain: [{ $project: { _id: 0 } }, { $project: { _id: 1 } }] | plain: [{ $project: { _id: 0 } }, { $project: { code: 1 } }] | plain: [{ $project: { _id: 0 } }]
  plain: [{ $count: 'n' }] | plain: [{ $set: { x: '$_id' } }, { $project: { x: 1 } }] | plain: [{ $set: { _id: 1 } }, { $project: { _id: 1 } }] | plain: [{ $project: { id: '$_id', code: '$code' } }] | plain: [{ $sort: { _id: -1 } }, { $project: { code: 1 } }] | plain: [{ $match: { amount: { $gt: '$price' } } }, { $project: { code: 1 } }] | plain: [{ $facet: { a: [{ $match: { code: { $in: ['tea'] } } }, { $count: 'n' }] } }]
  parts: [{ $project: { '_id.a': 1 } }] | parts: [{ $project: { _id: 1 } }] | parts: [{ $project: { _id: 1, x: 1 } }] | parts: [{ $project: { _id: { a: 1 } } }] | parts: [{ $project: { x: 1 } }] | parts: [{ $project: { _id: 0, x: 1 } }] | parts: [{ $match: { '_id.a': 1 } }, { $project: { x: 1 } }] | parts: [{ $match: { '_id.b': 'x' } }, { $project: { x: 1 } }] | parts: [{ $set: { _id: { c: '$x' } } }, { $project: { _id: 1 } }] | parts: [{ $unset: '_id.a' }, { $project: { _id: 1 } }] | parts: [{ $project: { _id: { a: 1, c: '$x' } } }] | parts: [{ $project: { y: '$_id' } }] | parts: [{ $project: { '_id.a': 0 } }, { $project: { '_id.b': 1 } }]
  parts: [{ $match: { $expr: { $eq: ['$_id.b', 'x'] } } }, { $project: { x: 1 } }] | parts: [{ $match: { $expr: { $eq: ['$_id', 'x'] } } }, { $project: { x: 1 } }] | parts: [{ $project: { x: 1 } }, { $sort: { '_id.a': 1 } }] | parts: [{ $group: { _id: '$_id' } }, { $project: { '_id.a': 1 } }, { $sort: { '_id.a': 1 } }] | F: [{ $project: { code: 1, ship: 1 } }] | F: [{ $project: { ship: 1 } }, { $project: { 'ship.city': 1 } }] | F: [{ $unset: 'ship' }, { $project: { code: 1 } }] | F: [{ $project: { x: { $add: [1] } } }] | F: [{ $project: { x: 'y' } }] | F: [{ $set: { x: 1 } }, { $project: { x: 1 } }]
  F: [{ $project: { code: '$code' } }] | F: [{ $project: { code: 1 } }, { $project: { x: '$code' } }] | F: [{ $project: { code: 1, amount: 1 } }, { $project: { code: 1 } }] | F: [{ $project: { amount: 1, code: 1 } }] | F: [{ $match: { 'ship.city': 'Oslo' } }, { $project: { code: 1 } }] | F: [{ $set: { y: 1 } }, { $match: { 'ship.city': 'Oslo' } }, { $project: { code: 1 } }] | F: [{ $set: { y: 1 } }, { $match: { 'ship.city': 'Oslo', settings: op({ $exists: true }) } }, { $count: 'n' }] | F: [{ $set: { ship: { y: '$ship' } } }, { $project: { 'ship.y.city': 1 } }] | F: [{ $set: { code: '$ship' } }, { $project: { 'code.city': 1 } }]
  F: [{ $set: { code: '$ship', ship: '$code' } }, { $project: { code: 1, ship: 1 } }] | F: [{ $set: { a: { b: '$items' } } }, { $project: { 'a.b.name': 1 } }] | F: [{ $set: { a: '$rows' } }, { $unwind: '$a' }, { $unwind: '$a' }, { $project: { 'a.n': 1 } }] | F: [{ $group: { _id: null, x: { $push: '$$ROOT' } } }, { $project: { 'x.code': 1 } }] | F: [{ $group: { _id: null, x: { $push: '$items' } } }, { $project: { 'x.name': 1 } }] | F: [{ $replaceWith: '$$ROOT' }, { $project: { code: 1 } }] | F: [{ $match: { code: 'tea' } }, { $replaceWith: '$ship' }, { $project: { city: 1 } }] | F: [{ $match: { code: 'tea' } }, { $replaceWith: '$ship' }, { $sort: { days: 1 } }, { $project: { city: 1 } }]
  F: [{ $replaceWith: { $mergeObjects: ['$ship', { code: '$code' }] } }, { $project: { city: 1, code: 1 } }] | F: [{ $replaceWith: { $ifNull: ['$ship', { city: 'none' }] } }, { $project: { city: 1 } }] | F: [{ $replaceWith: { $arrayElemAt: ['$items', 0] } }, { $project: { name: 1 } }] | F: [{ $match: { code: 'tea' } }, { $replaceWith: { $first: '$items' } }, { $project: { name: 1, marks: 1 } }] | F: [{ $project: { ship: 1, note: 1 } }, { $match: { $expr: { $gt: ['$ship', null] } } }, { $count: 'n' }] | F: [{ $set: { x: { y: '$note' } } }, { $match: { $expr: '$x' } }, { $count: 'n' }] | F: [{ $set: { x: { y: '$note' } } }, { $match: { 'x.y': 1 } }, { $count: 'n' }]
  F: [{ $set: { x: { $ifNull: ['$note', '$code'] } } }, { $sort: { x: 1 } }, { $project: { x: 1 } }] | F: [{ $set: { x: { $concat: ['$note', '$code'] } } }, { $sort: { x: 1 } }, { $project: { x: 1 } }] | F: [{ $set: { x: { $mergeObjects: [{ a: '$note' }, { a: '$code' }] } } }, { $sort: { 'x.a': 1 } }, { $project: { x: 1 } }] | F: [{ $set: { x: [{ a: '$note' }, { a: '$code' }] } }, { $sort: { 'x.a': 1 } }, { $project: { x: 1 } }] | F: [{ $set: { x: ['$note', '$code'] } }, { $match: { x: 'n' } }, { $count: 'n' }] | F: [{ $unwind: '$rows' }, { $project: { 'rows.0.n': 1 } }] | F: [{ $set: { q: { 0: 1 } } }, { $project: { q: 1 } }]
  F: [{ $lookup: { from: 'users', localField: 'note', foreignField: 'id', as: 'u' } }, { $project: { u: 1 } }] | F: [{ $lookup: { from: 'labels', localField: 'tags', foreignField: '_id', as: 'u', let: { t: '$code' }, pipeline: [{ $match: { $expr: { $ne: ['$_id', '$$t'] } } }] } }, { $project: { u: 1 } }] | F: [{ $lookup: { from: 'labels', localField: 'tags', foreignField: '_id', as: 'u', let: { t: '$ship' }, pipeline: [{ $match: { $expr: '$$t.city' } }] } }, { $project: { u: 1 } }] | F: [{ $lookup: { from: 'labels', localField: 'tags', foreignField: '_id', as: 'u', let: { t: '$items' }, pipeline: [{ $match: { $expr: '$$t.secret' } }] } }, { $project: { u: 1 } }]
`;

const SEALED = [
  `const [{ buyer }] = await O.find({ code: 'tea' }, { projection: ['buyer'] }).toArray();`,
  `const [{ id }] = await O.find({ code: 'tea' }, { projection: ['id'] }).toArray();`,
] as const;

/** Steps, limits, other views, and ids that a client sends back. */
export const BUILDING: readonly string[] = [
  ...listed(STEPS).map((steps) => `return await O.pipeline()${steps}.toArray();`),
  ...listed(VIEWS).map((each) => {
    const at = each.indexOf(':');
    return `return await ${each.slice(0, at)}.aggregate(${each.slice(at + 2)}).toArray();`;
  }),
  ...BIG.map((stages) => `return (await O.aggregate(${stages}).toArray()).length;`),
  ...BIG.slice(0, 6).map((stages) => `return (await F.aggregate(${stages}).toArray()).length;`),
  ...listed(`
    [{ $match: { buyer } }, { $project: { code: 1 } }] | [{ $project: { buyer: 1, code: 1 } }, { $match: { buyer } }, { $project: { code: 1 } }] | [{ $project: { x: '$buyer' } }, { $match: { x: buyer } }, { $project: { x: 1 } }] | [{ $project: { x: { y: '$buyer' } } }, { $match: { 'x.y': buyer } }, { $count: 'n' }] | [{ $group: { _id: '$buyer' } }, { $match: { _id: buyer } }] | [{ $match: { 'ship.agent': buyer } }, { $count: 'n' }] | [{ $set: { y: 1 } }, { $match: { 'items.ref': op({ $ne: buyer }) } }, { $count: 'n' }]
    [{ $group: { _id: null, b: { $push: '$buyer' } } }, { $match: { b: buyer } }, { $project: { b: 1 } }] | [{ $set: { y: 1 } }, { $match: { buyer: op({ $in: [buyer, null] }) } }, { $count: 'n' }] | [{ $set: { y: 1 } }, { $match: { 'ship.agent': op({ $exists: true }) } }, { $count: 'n' }] | [{ $set: { y: 1 } }, { $match: { buyer: op({ $gt: buyer }) } }, { $count: 'n' }] | [{ $set: { y: 1 } }, { $match: { id: buyer } }, { $count: 'n' }] | [{ $set: { buyer: 'z' } }, { $match: { buyer } }, { $count: 'n' }] | [{ $set: { buyer: 'z' } }, { $match: { buyer: 'z' } }, { $count: 'n' }]
  `).map((stages) => `${SEALED[0]} return await O.aggregate(${stages}).toArray();`),
  `${SEALED[1]} return await O.aggregate([{ $match: { id } }, { $project: { code: 1 } }]).toArray();`,
  `${SEALED[1]} return await O.aggregate([{ $match: { buyer: id } }, { $project: { code: 1 } }]).toArray();`,
  `const from = O.pipeline().match({ code: 'tea' }).project({ code: 1 }); return [Object.keys(from), await from.next(), await from.toArray()];`,
  `const from = O.pipeline().match({ code: 'tea' }); return [Object.keys(from), Object.isFrozen(from)];`,
  `const from = O.pipeline().project({ code: 1 }); const got = []; for await (const each of from) got.push(each); return got;`,
  `const got = []; await O.pipeline().project({ code: 1 }).forEach((each) => { got.push(each); }); return got;`,
  `const cursor = O.pipeline().project({ code: 1 }).cursor(); return await cursor.next();`,
  `const from = O.pipeline(); from.match({ code: 'tea' }); return await from.project({ code: 1 }).toArray();`,
];
