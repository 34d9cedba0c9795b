/** A module with a pipeline of ten stages: a typical report with a join, a group and dates. */
export function tenStages(): string {
  return withPipelines([SHORT, LONG]);
}

/** The same module with a pipeline of only one stage. */
export function shortPipeline(): string {
  return withPipelines([SHORT]);
}

/** The same module with a second pipeline of ten stages, all different from those of the first. */
export function twentyStages(): string {
  return withPipelines([SHORT, LONG, OTHER]);
}

const SHORT = `orders.aggregate([{ $project: { product: 1 } }])`;

const LONG = `orders.aggregate([
  { $match: { quantity: op({ $gte: 1 }), order_date: op({ $gte: new Date(0) }) } },
  { $sort: { order_date: -1 } },
  { $limit: 1000 },
  { $lookup: { from: 'users', localField: 'user_id', foreignField: '_id', as: 'buyers' } },
  { $unwind: '$buyers' },
  { $addFields: { total: { $multiply: ['$quantity', '$price'] }, month: { $dateTrunc: { date: '$order_date', unit: 'month' } } } },
  { $group: { _id: { product: '$product', month: '$month' }, sold: { $sum: '$quantity' }, revenue: { $sum: '$total' }, cities: { $addToSet: '$ship.city' }, first: { $min: '$order_date' } } },
  { $match: { sold: op({ $gt: 3 }) } },
  { $sort: { revenue: -1, '_id.product': 1 } },
  { $project: { product: '$_id.product', month: '$_id.month', sold: 1, revenue: { $round: ['$revenue', 2] }, cities: { $size: '$cities' }, first: 1 } },
])`;

const OTHER = `orders.aggregate([
  { $match: { product: 'tea', 'ship.city': 'Oslo' } },
  { $skip: 5 },
  { $unwind: { path: '$items', includeArrayIndex: 'at' } },
  { $set: { line: { $concat: ['$items.sku', '/', '$product'] }, big: { $cond: [{ $gt: ['$items.n', 5] }, 'yes', 'no'] } } },
  { $setWindowFields: { partitionBy: '$product', sortBy: { order_date: 1 }, output: { rank: { $rank: {} }, running: { $sum: '$quantity' } } } },
  { $unset: ['tags', 'ship.zip'] },
  { $replaceWith: { $mergeObjects: ['$ship', { line: '$line', big: '$big', rank: '$rank', note: { $ifNull: ['$note', '-'] } }] } },
  { $sortByCount: '$line' },
  { $facet: { top: [{ $limit: 3 }], all: [{ $count: 'n' }] } },
  { $project: { top: 1, n: { $first: '$all.n' } } },
])`;

function withPipelines(pipelines: readonly string[]): string {
  return `import type { Db, ObjectId } from 'mongodb';
import { createSafeDb, defineView, op } from 'safe-collection';
interface User { _id: ObjectId; username: string; email: string; age?: number; joined_at: Date; password_hash: string; profile?: { bio?: string; avatar: string; ssn: string }; addresses: { city: string; street: string }[] }
interface Order { _id: ObjectId; user_id: ObjectId; product: string; quantity: number; price: number; order_date: Date; note?: string; tags: string[]; ship: { city: string; zip?: string; driver: string } | null; items: { sku: string; n: number; cost: number }[]; cost_center?: string }
const users = defineView<User>()({ public: { username: 1, email: 1, age: 1, joined_at: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 }, arrays: { addresses: 1 } });
const view = defineView<Order>()({ public: { user_id: 1, product: 1, quantity: 1, price: 1, order_date: 1, note: 1, tags: 1, 'ship.city': 1, 'ship.zip': 1, 'items.sku': 1, 'items.n': 1 }, arrays: { tags: 1, items: 1 } });
const { orders } = createSafeDb({} as Db, { users, orders: view });
export const first = op({ $gt: 1 });
${pipelines.map((pipeline, index) => `export const r${index} = await ${pipeline}.toArray();`).join('\n')}
`;
}
