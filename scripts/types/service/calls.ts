import type { Dialect } from './dialects.ts';

/** A call on a collection of the service. */
export type ServiceCall = (id: string, dialect: Dialect) => string;

const findMany: ServiceCall = (id) =>
  `${id}.find({ owner_id: own_id, status: 'open' }, { projection: { ${id}_name: 1, ${id}_rank: 1, created_at: 1 } }).sort({ created_at: -1 }).limit(20).toArray()`;

/** The caller gives ten fields, the program all others. */
const insert: ServiceCall = (id, dialect) =>
  dialect.insert(
    id,
    `${id}_name: 'a', ${id}_kind: 'b', ${id}_rank: 1, ${id}_total: 2, ${id}_price: 3, ${id}_active: true, ${id}_tags: ['c'], ${id}_address: { street: 'd', city: 'e' }, status: 'draft'`,
    `owner_id: own_id, created_at: now, updated_at: now, deleted_at: null, ${id}_slug: 'f', ${id}_items: [], ${id}_token: 'g', ${id}_margin: 1, ${id}_reviewed_by: null, ${id}_flags: []`,
  );

/** Calls as a service makes them, two halves of ten: mostly reads, then updates, inserts, pipelines and counts. */
export const SERVICE_CALLS: readonly ServiceCall[] = [
  (id) => `${id}.findOne({ _id: own_id }, { projection: { ${id}_name: 1, ${id}_slug: 1, status: 1 } })`,
  findMany,
  (id, { op }) =>
    `${id}.find({ ${id}_rank: ${op('{ $gte: 1, $lt: 9 }')}, ${id}_kind: ${op("{ $in: ['a', 'b'] }")} }, { projection: { ${id}_name: 1, ${id}_total: 1, '${id}_address.city': 1 }, sort: { ${id}_rank: -1, created_at: 1 }, skip: 20, limit: 20 }).toArray()`,
  insert,
  (id) =>
    `${id}.updateOne({ _id: own_id }, { $set: { ${id}_name: 'a', ${id}_text: 'b', '${id}_address.city': 'c' }, $inc: { ${id}_rank: 1 } })`,
  (id, { update }) => update(id, '_id: own_id', `status: 'closed'`, `updated_at: now, ${id}_reviewed_by: own_id`),
  (id, { op }) => `${id}.countDocuments({ status: ${op("{ $ne: 'closed' }")}, ${id}_active: true })`,
  (id, { op }) => `${id}.aggregate([
    { $match: { status: 'open', ${id}_total: ${op('{ $gt: 0 }')} } },
    { $group: { _id: '$${id}_kind', total: { $sum: '$${id}_total' }, most: { $max: '$${id}_price' }, count: { $sum: 1 } } },
    { $sort: { total: -1 } },
    { $limit: 10 },
    { $project: { _id: 0, kind: '$_id', total: 1, most: 1, count: 1 } },
  ]).toArray()`,
  (id) => `${id}.deleteOne({ _id: own_id, status: 'draft' })`,
  (id, { findOne }) => findOne(id, `${id}_slug: 'a'`, 'deleted_at: null', `whole_${id}`),

  (id) => `${id}.findOne({ ${id}_slug: 'a' }, { projection: whole_${id} })`,
  (id) =>
    `${id}.findOne({ _id: own_id, owner_id: own_id }, { projection: { ${id}_name: 1, ${id}_address: 1, ${id}_items: 1, ${id}_tags: 1 } })`,
  (id) =>
    `${id}.find({ $or: [{ ${id}_name: /^a/ }, { '${id}_address.city': 'a' }], ${id}_tags: 'b' }, { projection: { ${id}_name: 1, ${id}_tags: 1 }, limit: 50 }).toArray()`,
  (id) =>
    `${id}.find({ '${id}_items.sku': 'a' }, { projection: { ${id}_slug: 1, '${id}_items.sku': 1, '${id}_items.count': 1 } }).sort({ updated_at: -1 }).toArray()`,
  (id) =>
    `${id}.findOneAndUpdate({ _id: own_id }, { $set: { status: 'open', ${id}_due: now } }, { projection: { status: 1, ${id}_due: 1 }, returnDocument: 'after' })`,
  (id) =>
    `${id}.updateOne({ _id: own_id, status: 'open' }, { $push: { ${id}_tags: 'a' }, $unset: { ${id}_due: '' }, $set: { ${id}_price: 2 } })`,
  (id, { op }) =>
    `${id}.updateMany({ ${id}_due: ${op('{ $lt: now }')}, status: 'open' }, { $set: { status: 'closed', ${id}_active: false } })`,
  (id) => `${id}.distinct('${id}_kind', { ${id}_active: true })`,
  (id, { op }) => `${id}.aggregate([
    { $match: { owner_id: own_id, created_at: ${op('{ $gte: now }')} } },
    { $unwind: '$${id}_items' },
    { $addFields: { worth: { $multiply: ['$${id}_items.count', '$${id}_items.price'] }, month: { $dateTrunc: { date: '$created_at', unit: 'month' } } } },
    { $group: { _id: { sku: '$${id}_items.sku', month: '$month' }, worth: { $sum: '$worth' }, sold: { $sum: '$${id}_items.count' } } },
    { $sort: { worth: -1 } },
    { $project: { _id: 0, sku: '$_id.sku', month: '$_id.month', worth: { $round: ['$worth', 2] }, sold: 1 } },
  ]).toArray()`,
  (id) => `${id}.countDocuments({ owner_id: own_id })`,
];

/** Calls whose first use on a collection has a limit of its own. */
export const FIRST_CALLS: readonly { readonly name: string; readonly limit: number; readonly write: ServiceCall }[] = [
  { name: 'a first find() with a sort', limit: 2_700, write: findMany },
  { name: 'a first insertOne() with a full trusted.set', limit: 7_800, write: insert },
];
