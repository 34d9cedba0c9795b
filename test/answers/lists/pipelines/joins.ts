import { listed } from '../../support/tables.ts';

const USERS = `from: 'users', foreignField: 'id', as: 'u'`;

/** Operands of $lookup. */
const LOOKUPS = `
  { localField: 'buyer', ${USERS} } | { localField: 'buyer_id', ${USERS} } | { localField: 'ship.agent', ${USERS} } | { localField: 'items.ref', ${USERS} } | { localField: 'agent', ${USERS} } | { localField: 'cost', ${USERS} } | { localField: 'memo', ${USERS} } | { localField: 'nothing', ${USERS} } | { localField: 'ship', ${USERS} } | { localField: 'a..b', ${USERS} } | { localField: '', ${USERS} } | { localField: 1, ${USERS} } | { localField: 'settings', ${USERS} } | { localField: 'tags.0', ${USERS} } | { localField: '_id', ${USERS} } | { localField: 'id', ${USERS} }
  { from: 'labels', localField: 'tags', foreignField: '_id', as: 'u' } | { from: 'labels', localField: 'tags', foreignField: 'color', as: 'u' } | { from: 'labels', localField: 'items.label', foreignField: '_id', as: 'u' } | { from: 'labels', localField: 'code', foreignField: 'nothing', as: 'u' } | { from: 'products', localField: 'code', foreignField: 'label', as: 'u' } | { from: 'products', localField: 'liked', foreignField: '_id', as: 'u' } | { from: 'products', localField: 'amount', foreignField: 'stock', as: 'u' } | { from: 'products', localField: 'amount', foreignField: 'price', as: 'u' } | { from: 'products', localField: 'amount', foreignField: 'parts.size', as: 'u' }
  { from: 'users', localField: 'buyer', foreignField: '_id', as: 'u' } | { from: 'users', localField: 'buyer', foreignField: 'badge', as: 'u' } | { from: 'users', localField: 'buyer', foreignField: 'age', as: 'u' } | { from: 'users', localField: 'buyer', foreignField: 'team', as: 'u' } | { from: 'users', localField: 'buyer', foreignField: '', as: 'u' } | { from: 'users', localField: 'buyer', foreignField: 1, as: 'u' } | { from: 'users', localField: 'buyer', foreignField: 'team.lead', as: 'u' } | { from: 'users', localField: 'buyer', foreignField: 'friends', as: 'u' } | { from: 'orders', localField: 'buyer', foreignField: 'buyer', as: 'u' }
  { from: 'other', localField: 'buyer', foreignField: 'id', as: 'u' } | { from: 1, localField: 'buyer', foreignField: 'id', as: 'u' } | { from: { db: 'x', coll: 'users' }, localField: 'buyer', foreignField: 'id', as: 'u' } | { from: '__proto__', localField: 'buyer', foreignField: 'id', as: 'u' } | { from: 'users', localField: 'buyer', foreignField: 'id' } | { from: 'users', localField: 'buyer', as: 'u' } | { from: 'users', foreignField: 'id', as: 'u' } | { localField: 'buyer', foreignField: 'id', as: 'u' } | 1 | {} | { localField: 'buyer', ${USERS}, x: 1 } | { from: 'users', as: 'u', pipeline: [] } | []
  { from: 'users', localField: 'buyer', foreignField: 'id', as: 'code' } | { from: 'users', localField: 'buyer', foreignField: 'id', as: '_id' } | { from: 'users', localField: 'buyer', foreignField: 'id', as: 'cost' } | { from: 'users', localField: 'buyer', foreignField: 'id', as: 'liked' } | { from: 'users', localField: 'buyer', foreignField: 'id', as: 'agent' } | { from: 'users', localField: 'buyer', foreignField: 'id', as: 'buyer_id' } | { from: 'users', localField: 'buyer', foreignField: 'id', as: 'ship' } | { from: 'users', localField: 'buyer', foreignField: 'id', as: 'ship.x' } | { from: 'users', localField: 'buyer', foreignField: 'id', as: '' }
  { from: 'users', localField: 'buyer', foreignField: 'id', as: '$u' } | { from: 'users', localField: 'buyer', foreignField: 'id', as: 1 } | { from: 'users', localField: 'buyer', foreignField: 'id', as: 'stock' } | { from: 'users', localField: 'agent', foreignField: 'id', as: 'ship' } | { from: 'users', localField: 'agent', foreignField: 'id', as: 'cost' } | { from: 'users', localField: 'agent', foreignField: 'id', as: 'buyer_id' } | { from: 'users', localField: 'agent', foreignField: 'id', as: 'a.b' } | { from: 'users', localField: 'agent', foreignField: 'id', as: '_id' } | { from: 'users', localField: 'agent', foreignField: 'id', as: 2 } | { from: 'users', localField: 'agent', foreignField: 'id', as: 'note' }
  { localField: 'buyer', ${USERS}, pipeline: [] } | { localField: 'buyer', ${USERS}, pipeline: {} } | { localField: 'buyer', ${USERS}, pipeline: null } | { localField: 'buyer', ${USERS}, pipeline: [{ $match: { name: 'ada' } }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $match: { badge: 7 } }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $project: { name: 1 } }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $project: { secret: 1 } }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $project: { age: 1 } }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $out: 'x' }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $limit: 1 }, { $group: { _id: '$name' } }] }
  { localField: 'buyer', ${USERS}, pipeline: [{ $facet: { a: [{ $count: 'n' }] } }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $lookup: { from: 'products', localField: 'name', foreignField: 'maker', as: 'p' } }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $lookup: { from: 'products', localField: 'badge', foreignField: 'likes', as: 'p' } }, { $project: { name: 1, 'p.label': 1 } }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $sort: { name: 1 } }, { $unwind: '$team' }] } | { localField: 'buyer', ${USERS}, pipeline: [{ $match: { $expr: '$$x' } }] }
  { localField: 'buyer', ${USERS}, let: { a: '$amount' }, pipeline: [{ $match: { $expr: { $gt: ['$age', '$$a'] } } }] } | { localField: 'buyer', ${USERS}, let: { a: '$amount', b: { c: '$code' } }, pipeline: [{ $match: { $expr: { $ne: ['$name', '$$b.c'] } } }, { $project: { name: 1 } }] } | { localField: 'buyer', ${USERS}, let: {} } | { localField: 'buyer', ${USERS}, let: 1 } | { localField: 'buyer', ${USERS}, let: [] } | { localField: 'buyer', ${USERS}, let: { A: 1 } } | { localField: 'buyer', ${USERS}, let: { a: '$cost' } } | { localField: 'buyer', ${USERS}, let: { a: '$memo' } }
  { localField: 'buyer', ${USERS}, let: { a: '$note' } } | { localField: 'buyer', ${USERS}, let: { a: '$buyer' } } | { localField: 'buyer', ${USERS}, let: { a: { $getField: 'memo' } } } | { localField: 'buyer', ${USERS}, let: { a: '$ship.to' } } | { localField: 'buyer', ${USERS}, let: { a: '$$ROOT' } } | { localField: 'agent', ${USERS}, let: { a: '$amount' } } | { localField: 'agent', ${USERS}, let: {} } | { localField: 'buyer', ${USERS}, let: { a: '$amount' }, pipeline: [{ $project: { x: '$$a' } }] } | { localField: 'buyer', ${USERS}, let: { a: '$amount' }, pipeline: [{ $match: { age: '$$a' } }] } | { localField: 'code', ${USERS}, let: { a: '$amount' } }
  { localField: 'buyer', ${USERS}, let: { a: '$amount' }, pipeline: [{ $lookup: { from: 'products', localField: 'name', foreignField: 'maker', as: 'p', pipeline: [{ $match: { $expr: '$$a' } }] } }] } | { localField: 'buyer', ${USERS}, let: { a: '$amount' }, pipeline: [{ $facet: { f: [{ $match: { $expr: '$$a' } }, { $count: 'n' }] } }] } | { localField: 'buyer', ${USERS}, let: { a: '$amount' }, pipeline: [{ $lookup: { from: 'products', localField: 'name', foreignField: 'maker', as: 'p', let: { b: '$age', c: '$$a' } } }] }
`;

/** Stages around joins, and options of the call. */
const WHOLE = `
  [{ $lookup: { localField: 'buyer', ${USERS} } }, { $project: { 'u.name': 1, 'u.id': 1, 'u.team': 1 } }] | [{ $lookup: { localField: 'buyer', ${USERS} } }, { $project: { 'u.age': 1 } }] | [{ $lookup: { localField: 'buyer', ${USERS} } }, { $project: { 'u.secret': 1 } }] | [{ $lookup: { localField: 'buyer', ${USERS} } }, { $project: { n: { $size: '$u' } } }] | [{ $lookup: { localField: 'buyer', ${USERS} } }, { $unwind: '$u' }, { $project: { x: '$u.name', u: 1 } }] | [{ $lookup: { localField: 'buyer', ${USERS} } }, { $match: { 'u.name': 'ada' } }, { $project: { code: 1 } }]
  [{ $match: { $expr: true } }, { $lookup: { localField: 'agent', ${USERS} } }, { $project: { u: 1 } }] | [{ $match: { $expr: true } }, { $lookup: { localField: 'buyer', ${USERS} } }, { $project: { u: 1 } }] | [{ $unwind: '$items' }, { $lookup: { localField: 'items.ref', ${USERS} } }, { $project: { 'u.name': 1 } }] | [{ $set: { c: { $toUpper: '$code' } } }, { $lookup: { from: 'labels', localField: 'c', foreignField: '_id', as: 'l' } }, { $project: { l: 1 } }] | [{ $unset: 'code' }, { $lookup: { from: 'products', localField: 'code', foreignField: 'label', as: 'p' } }, { $project: { p: 1 } }]
  [{ $set: { c: '$memo' } }, { $lookup: { from: 'labels', localField: 'c', foreignField: '_id', as: 'l' } }, { $project: { l: 1 } }] | [{ $set: { c: '$ship' } }, { $lookup: { from: 'labels', localField: 'c', foreignField: '_id', as: 'l' } }, { $project: { l: 1 } }] | [{ $set: { c: 1 } }, { $lookup: { from: 'labels', localField: 'code', foreignField: '_id', as: 'c' } }, { $project: { c: 1 } }] | [{ $set: { c: 1 } }, { $lookup: { from: 'labels', localField: 'code', foreignField: '_id', as: '_id' } }, { $project: { c: 1 } }]
  [{ $match: { cost: 5 } }, { $lookup: { localField: 'agent', ${USERS} } }, { $lookup: { from: 'products', localField: 'liked', foreignField: '_id', as: 'p' } }, { $project: { 'u.name': 1, 'p.label': 1, code: 1 } }] | [{ $lookup: { localField: 'agent', ${USERS} } }, { $match: { cost: 5 } }, { $project: { code: 1 } }] | [{ $lookup: { localField: 'agent', ${USERS} } }, { $match: { code: 'tea' } }, { $project: { code: 1 } }] | [{ $lookup: { localField: 'agent', ${USERS} } }, { $match: { 'u.name': 'bob' } }, { $project: { code: 1, 'u.name': 1 } }]
  [{ $lookup: { localField: 'agent', ${USERS} } }, { $lookup: { localField: 'agent', ${USERS} } }, { $project: { u: 1 } }] | [{ $lookup: { localField: 'agent', ${USERS} } }, { $limit: 1 }, { $lookup: { from: 'products', localField: 'liked', foreignField: '_id', as: 'p' } }, { $project: { p: 1 } }] | [{ $lookup: { localField: 'agent', ${USERS} } }, { $limit: 1 }, { $lookup: { from: 'labels', localField: 'tags', foreignField: '_id', as: 'p' } }, { $project: { p: 1, u: 1 } }] | [{ $lookup: { localField: 'agent', ${USERS} } }, { $project: { code: 1, u: 1 } }]
  [{ $lookup: { localField: 'agent', ${USERS} } }, { $project: { code: 1 } }] | [{ $lookup: { localField: 'buyer', ${USERS} } }, { $group: { _id: '$u.name' } }] | [{ $lookup: { localField: 'buyer', ${USERS} } }, { $set: { u: { extra: '$code' } } }, { $project: { u: 1 } }] | [{ $lookup: { localField: 'buyer', ${USERS} } }, { $project: { x: { $arrayElemAt: ['$u.name', 0] } } }] | [{ $lookup: { localField: 'buyer', ${USERS}, pipeline: [{ $project: { name: 1 } }] } }, { $project: { x: { $arrayElemAt: ['$u', 0] } } }] | [{ $limit: 1 }, { $lookup: { localField: 'buyer', ${USERS} } }, { $replaceWith: { $mergeObjects: { a: '$u.name' } } }, { $project: { a: 1 } }]
`;

const ONE = `[{ $lookup: { localField: 'buyer', ${USERS} } }, { $project: { 'u.name': 1 } }]`;
const INNER = `[{ $lookup: { localField: 'buyer', ${USERS}, pipeline: [{ $lookup: { from: 'products', localField: 'name', foreignField: 'maker', as: 'p' } }] } }, { $project: { 'u.p.label': 1 } }]`;
const ID_JOIN = `[{ $lookup: { from: 'products', localField: 'liked', foreignField: '_id', as: 'p' } }, { $project: { 'p.label': 1 } }]`;
const OWN_ID = `[{ $lookup: { from: 'users', localField: '_id', foreignField: 'badge', as: 'p' } }, { $project: { 'p.name': 1 } }]`;

const OPTIONS = `
  { trusted: trusted({ filter: { cost: 5 } }) } | { trusted: trusted({ filter: { cost: 5 }, joins: { users: {} } }) } | { trusted: trusted({ joins: { users: { badge: 7 } } }) } | { trusted: trusted({ joins: { users: { badge: 7 }, products: {} } }) } | { trusted: trusted({ joins: { other: {} } }) } | { trusted: trusted({ joins: 1 }) } | { trusted: trusted({ filter: { cost: 5 }, joins: { users: { secret: op({ $exists: true }) } } }) } | { trusted: trusted({ joins: {} }) } | { trusted: { joins: { users: {} } } } | { trusted: trusted({ other: 1 }) }
  { collation: { locale: 'en' } } | { collation: { locale: 'simple' } } | { collation: 1 } | { maxTimeMS: 5000 } | { batchSize: 1 } | { allowDiskUse: true } | { comment: 'c' } | { let: {} } | { hint: 'x' } | { limit: 1 } | { projection: ['code'] } | { explain: true } | {} | undefined | null | 1 | { trusted: trusted({ filter: { $where: '1' } }) } | { trusted: trusted({ filter: op({}) }) } | { collation: { locale: 'en', strength: 1 } } | { readConcern: { level: 'local' } }
`;

/** Joins, and calls with options. */
export const JOINS: readonly string[] = [
  ...listed(LOOKUPS).map(
    (lookup) => `return await O.aggregate([{ $lookup: ${lookup} }, { $project: { u: 1 } }]).toArray();`,
  ),
  ...listed(LOOKUPS)
    .filter((_, index) => index % 3 === 0)
    .map(
      (lookup) =>
        `return await O.aggregate([{ $unwind: '$at' }, { $lookup: ${lookup} }, { $project: { u: 1 } }]).toArray();`,
    ),
  ...listed(WHOLE).map((stages) =>
    stages.includes('$group')
      ? `return sorted(await O.aggregate(${stages}).toArray());`
      : `return await O.aggregate(${stages}).toArray();`,
  ),
  ...listed(OPTIONS).map((options) => `return await O.aggregate(${ONE}, ${options}).toArray();`),
  ...listed(OPTIONS)
    .filter((_, index) => index < 13)
    .flatMap((options) => [
      `return await O.aggregate(${INNER}, ${options}).toArray();`,
      `return await O.aggregate(${ID_JOIN}, ${options}).toArray();`,
      `return await O.aggregate(${OWN_ID}, ${options}).toArray();`,
      `return await O.aggregate([{ $match: { _id: ID } }, { $project: { code: 1 } }], ${options}).toArray();`,
      `return await O.pipeline(${options}).match({ code: 'tea' }).lookup({ localField: 'buyer', ${USERS} }).project({ u: 1 }).toArray();`,
    ]),
  ...['labels', 'users'].map(
    (from) =>
      `return await parts.aggregate([{ $lookup: { from: '${from}', localField: 'x', foreignField: '_id', as: 'l' } }, { $project: { l: 1 } }]).toArray();`,
  ),
  `return await lone.aggregate([{ $lookup: { from: 'labels', localField: 'code', foreignField: '_id', as: 'l' } }, { $project: { l: 1 } }]).toArray();`,
  `return await O.aggregate({}).toArray();`,
  `return await O.aggregate('x').toArray();`,
  `return await O.aggregate().toArray();`,
  `return await O.aggregate(new Array(1)).toArray();`,
];
