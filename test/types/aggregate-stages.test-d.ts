// aggregate(): what each stage takes and makes, and what a stage that is refused says.
import type { Db, ObjectId } from 'mongodb';
import { createSafeDb, defineView, op, type Exposed } from 'safe-collection';

import { a, compiles, type } from './assert.ts';

interface User {
  _id: ObjectId;
  username: string;
  age?: number;
  api_key: string;
  profile?: { bio?: string; avatar: string; ssn: string };
}

interface Order {
  _id: ObjectId;
  user_id: ObjectId;
  product: string;
  quantity: number;
  order_date: Date;
  note?: string;
  tags: string[];
  items: { sku: string; n: number; cost: number }[];
  cost_center: string;
}

const userView = defineView<User>()({ public: { username: 1, age: 1, 'profile.bio': 1, 'profile.avatar': 1 } });
const orderView = defineView<Order>()({
  public: { user_id: 1, product: 1, quantity: 1, order_date: 1, note: 1, tags: 1, 'items.sku': 1, 'items.n': 1 },
  filterable: { note: 0 },
  sortable: { note: 0 },
  arrays: { tags: 1, items: 1 },
});
const { users, orders } = createSafeDb(a<Db>(), { users: userView, orders: orderView });
const end = { $project: { product: 1 } } as const;

/** The plain result of a pipeline. */
type Plain<T> = T extends Exposed<infer R> ? { [K in keyof R as K extends string ? K : never]: R[K] } : never;
declare function result<T>(cursor: { next(): Promise<T | null> }): Plain<T>;

// the last stage
type(result(orders.aggregate([{ $project: { product: 1, note: 1 } }]))).is<{ product: string; note?: string }>();
type(result(orders.aggregate([end, { $sort: { product: 1 } }, { $skip: 1 }, { $limit: 1 }, { $sample: { size: 1 } }]))).is<{ product: string }>();
// refused at {: a pipeline must end with a stage that says what comes out
orders.aggregate([end, { $match: { product: 'tea' } }]);
// refused at {: a pipeline must end with a stage that says what comes out
orders.aggregate([{ $project: { product: 0 } }]);
// refused at [: a pipeline must end with a stage that says what comes out
orders.aggregate([]);
// refused at a<: a pipeline must be a literal that ends with a stage written out, not built at run time
orders.aggregate(a<{ $project: { product: 1 } }[]>());
// refused at orders: the argument 'pipeline' is any
orders.aggregate(a<any>());
// refused: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $project: { cost_center: 1 } }]);
// refused: 'items.cost' does not exist at this point of the pipeline
orders.aggregate([{ $project: { 'items.cost': 1 } }]);
// refused: '_id' does not exist at this point of the pipeline
orders.aggregate([{ $project: { _id: 1, product: 1 } }]);
// refused at quantity: a $project that includes fields can't exclude others: drop 'quantity'
orders.aggregate([{ $project: { product: 1, quantity: 0 } }]);
// refused: 'product' takes the literal 1 or true, or an expression; a constant is { $literal: … }
orders.aggregate([{ $project: { product: 2 } }]);
// refused at product: 'never'
orders.aggregate([{ $project: { product: a<any>(), quantity: 1 } }]);
// refused at {: a pipeline must end with a stage that says what comes out
orders.aggregate([{ $project: { product: a<any>() } }]);
// refused at $project: a $project needs at least one field
orders.aggregate([{ $project: {} }]);

// stages that are none
// refused: '$out' is not a supported stage
orders.aggregate([{ $out: 'stolen' }, end]);
// refused: '$merge' is not a supported stage
orders.aggregate([{ $merge: 'stolen' }, end]);
// refused: '$unionWith' is not a supported stage
orders.aggregate([{ $unionWith: 'users' }, end]);
// refused: '$graphLookup' is not a supported stage
orders.aggregate([{ $graphLookup: {} }, end]);
// refused: '$redact' is not a supported stage
orders.aggregate([{ $redact: '$$KEEP' }, end]);
// refused: '$documents' is not a supported stage
orders.aggregate([{ $documents: [] }, end]);
// refused: '$unionWith' is not a supported stage
orders.aggregate([{ $facet: { x: [{ $unionWith: 'users' }] } }, { $project: { x: 1 } }]);
// refused at {: a stage must be an object with one key
orders.aggregate([{ $match: {}, $limit: 1 }, end]);

// $match and $sort, in the head
compiles(() => orders.aggregate([{ $match: { product: 'tea', quantity: op({ $gt: 1 }), _id: a<ObjectId>() } }, { $sort: { order_date: -1 } }, end]));
// refused: 'cost_center' is not filterable in this view
orders.aggregate([{ $match: { cost_center: 'cc' } }, end]);
// refused: 'note' is not filterable in this view
orders.aggregate([{ $match: { note: 'x' } }, end]);
// refused at product: an operator on 'product' is written op({ … })
orders.aggregate([{ $match: { product: { $ne: 'tea' } } }, end]);
// refused: '$expr' is not allowed in a filter
orders.aggregate([{ $match: { $and: [{ $expr: true }] } }, end]);
// refused: 'cost_center' is not sortable in this view
orders.aggregate([{ $sort: { cost_center: 1 } }, end]);
// refused at order_date: a sort direction must be 1 or -1
orders.aggregate([{ $sort: { order_date: 2 } }, end]);
// $match and $sort, below the view
compiles(() => orders.aggregate([{ $group: { _id: '$product', n: { $sum: 1 } } }, { $match: { n: op({ $gt: 1 }), _id: 'tea' } }, { $sort: { n: -1 } }, { $project: { n: 1 } }]));
// refused: 'product' does not exist at this point of the pipeline
orders.aggregate([{ $group: { _id: '$product' } }, { $match: { product: 'tea' } }, { $project: { _id: 1 } }]);
// refused: 'product' does not exist at this point of the pipeline
orders.aggregate([{ $group: { _id: '$product' } }, { $sort: { product: 1 } }, { $project: { _id: 1 } }]);
// refused at n: an operator on 'n' is written op({ … })
orders.aggregate([{ $group: { _id: '$product', n: { $sum: 1 } } }, { $match: { n: { $gt: 1 } } }, { $project: { n: 1 } }]);
// refused: '$where' is not allowed in a filter
orders.aggregate([{ $addFields: { x: 1 } }, { $match: { $where: 'true' } }, end]);
// refused: 'items' is a branch: sort by a leaf below it
orders.aggregate([{ $addFields: { x: 1 } }, { $sort: { items: 1 } }, end]);

// $limit, $skip, $sample
compiles(() => orders.aggregate([{ $skip: 1 }, { $limit: a<number>() }, { $sample: { size: 3 } }, end]));
// refused at $limit: 'string' is not assignable
orders.aggregate([{ $limit: '1' }, end]);
// refused at $skip: 'string' is not assignable
orders.aggregate([{ $skip: '1' }, end]);
// refused at size: 'string' is not assignable
orders.aggregate([{ $sample: { size: '1' } }, end]);

// $addFields, $set, $unset
type(result(orders.aggregate([{ $addFields: { total: { $multiply: ['$quantity', 2] } } }, { $project: { total: 1 } }]))).is<{ total: number }>();
// refused at x: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $addFields: { x: '$cost_center' } }, end]);
// refused at product: 'items.cost' does not exist at this point of the pipeline
orders.aggregate([{ $set: { product: '$items.cost' } }, end]);
// refused: 'ship.city' is not a field name that a stage can make
orders.aggregate([{ $set: { 'ship.city': 1 } }, end]);
type(result(orders.aggregate([{ $unset: ['items.n'] }, { $project: { items: 1 } }]))).is<{ items: { sku: string }[] }>();
// refused at $unset: is not assignable to type
orders.aggregate([{ $unset: 5 }, end]);
// refused at x: 'never'
orders.aggregate([{ $addFields: { x: 1 } }, { $match: { x: a<any>() } }, end]);
// refused at x: must be a literal, not chosen by a condition
orders.aggregate([{ $addFields: { x: a<{ y: '$product' } | { z: '$cost_center' }>() } }, end]);
// refused at total: write one accumulator
orders.aggregate([{ $group: { _id: '$product', total: { $sum: '$quantity', $max: '$quantity' } } }]);
// refused at city: does not exist at this point of the pipeline
users.aggregate([{ $addFields: { profile: '$username' } }, { $project: { city: '$profile.avatar' } }]);
// refused at $unset: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $unset: 'cost_center' }, end]);
// refused at end: 'product' does not exist at this point of the pipeline
orders.aggregate([{ $unset: 'product' }, end]);

// $group and its accumulators
type(result(orders.aggregate([{ $group: { _id: { p: '$product', m: { $month: '$order_date' } }, sold: { $sum: '$quantity' }, first: { $min: '$order_date' }, notes: { $push: '$note' }, mean: { $avg: '$quantity' } } }, { $project: { _id: 1, sold: 1, first: 1, notes: 1, mean: 1 } }]))).is<{
  _id: { p: string; m: number };
  sold: number;
  first: Date;
  notes: string[];
  mean: number | null;
}>();
// refused at _id: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $group: { _id: '$cost_center' } }, { $project: { _id: 1 } }]);
// refused at $sum: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $group: { _id: null, x: { $sum: '$cost_center' } } }, { $project: { x: 1 } }]);
// refused: '$accumulator' is not an accumulator that is allowed here
orders.aggregate([{ $group: { _id: null, x: { $accumulator: {} } } }, { $project: { x: 1 } }]);
// refused at $group: $group needs _id: the group key, or null
orders.aggregate([{ $group: { n: { $sum: 1 } } }, { $project: { x: { $literal: 1 } } }]);

// $count, $sortByCount, $bucket, $bucketAuto
type(result(orders.aggregate([{ $count: 'n' }, { $project: { n: 1 } }]))).is<{ n: number }>();
// refused at $count: $count takes the name of a field
orders.aggregate([{ $count: '_id' }, { $project: { x: { $literal: 1 } } }]);
type(result(orders.aggregate([{ $sortByCount: '$note' }, { $project: { _id: 1, count: 1 } }]))).is<{ _id: string | null; count: number }>();
// refused at $sortByCount: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $sortByCount: '$cost_center' }, { $project: { count: 1 } }]);
type(result(orders.aggregate([{ $bucket: { groupBy: '$quantity', boundaries: [0, 5], default: 'more' } }, { $project: { _id: 1, count: 1 } }]))).is<{ _id: 0 | 5 | 'more'; count: number }>();
// refused at groupBy: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $bucket: { groupBy: '$cost_center', boundaries: [0, 5] } }, { $project: { count: 1 } }]);
// refused: 'hint' is not an operand of this stage
orders.aggregate([{ $bucketAuto: { groupBy: '$quantity', buckets: 2, hint: 1 } }, { $project: { count: 1 } }]);

// $facet
type(result(orders.aggregate([{ $facet: { all: [{ $count: 'n' }], top: [{ $sort: { quantity: -1 } }, { $project: { product: 1 } }] } }, { $project: { all: 1, top: 1 } }]))).is<{
  all: { n: number }[];
  top: { product: string }[];
}>();
// refused at x: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $facet: { f: [{ $addFields: { x: '$cost_center' } }] } }, { $project: { f: 1 } }]);

// $unwind, $replaceRoot, $replaceWith
type(result(orders.aggregate([{ $unwind: '$tags' }, { $project: { tags: 1 } }]))).is<{ tags: string }>();
type(result(orders.aggregate([{ $unwind: { path: '$items', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } }, { $project: { items: 1, at: 1 } }]))).is<{ items?: { sku: string; n: number }; at: number | null }>();
// refused at $unwind: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $unwind: '$cost_center' }, end]);
// refused at $unwind: $unwind takes a field path: '$tags'
orders.aggregate([{ $unwind: 'tags' }, end]);
type(result(orders.aggregate([{ $unwind: '$items' }, { $replaceRoot: { newRoot: '$items' } }, { $project: { sku: 1 } }]))).is<{ sku: string }>();
// refused: 'product' does not exist at this point of the pipeline
orders.aggregate([{ $replaceWith: { sku: '$product' } }, { $project: { product: 1 } }]);
// refused at newRoot: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $replaceRoot: { newRoot: '$cost_center' } }, { $project: { x: { $literal: 1 } } }]);

// $setWindowFields
type(result(orders.aggregate([{ $setWindowFields: { partitionBy: '$product', sortBy: { order_date: 1 }, output: { rank: { $rank: {} }, run: { $sum: '$quantity', window: { documents: ['unbounded', 'current'] } }, last: { $shift: { output: '$quantity', by: -1 } } } } }, { $project: { rank: 1, run: 1, last: 1 } }]))).is<{
  rank: number;
  run: number;
  last: number | null;
}>();
// refused: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $setWindowFields: { sortBy: { cost_center: 1 }, output: { rank: { $rank: {} } } } }, { $project: { rank: 1 } }]);
// refused at partitionBy: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $setWindowFields: { partitionBy: '$cost_center', output: { rank: { $rank: {} } } } }, { $project: { rank: 1 } }]);
// refused: '$function' is not an accumulator that is allowed here
orders.aggregate([{ $setWindowFields: { output: { x: { $function: {} } } } }, { $project: { x: 1 } }]);

// $lookup
const BUYERS = { from: 'users', localField: 'user_id', foreignField: '_id', as: 'buyers' } as const;
type(result(orders.aggregate([{ $lookup: BUYERS }, { $project: { product: 1, buyers: 1 } }]))).is<{
  product: string;
  buyers: { username: string; age?: number; profile?: { bio?: string; avatar: string } }[];
}>();
type(result(users.aggregate([{ $lookup: { from: 'orders', localField: '_id', foreignField: 'user_id', as: 'bought', pipeline: [{ $match: { product: 'tea' } }, { $project: { quantity: 1 } }] } }, { $project: { bought: 1 } }]))).is<{ bought: { quantity: number }[] }>();
// refused at from: 'secrets' is not a view of this SafeDb
orders.aggregate([{ $lookup: { from: 'secrets', localField: 'user_id', foreignField: '_id', as: 'x' } }, { $project: { x: 1 } }]);
// refused at localField: 'cost_center' is not joinable in this view and does not exist at this point of the pipeline
orders.aggregate([{ $lookup: { from: 'users', localField: 'cost_center', foreignField: '_id', as: 'x' } }, { $project: { x: 1 } }]);
// refused at foreignField: 'api_key' is not joinable in the other view
orders.aggregate([{ $lookup: { from: 'users', localField: 'user_id', foreignField: 'api_key', as: 'x' } }, { $project: { x: 1 } }]);
// refused at as: 'product' already exists: join under another name
orders.aggregate([{ $lookup: { from: 'users', localField: 'user_id', foreignField: '_id', as: 'product' } }, end]);
// `joinable` starts from the filterable paths
const JOIN_BY = { from: 'users', localField: 'user_id', as: 'x' } as const;
const byKeys = createSafeDb(a<Db>(), {
  users: defineView<User>()({ public: { username: 1, age: 1 }, filterable: { age: 0, api_key: 1, username: 0, 'profile.ssn': 1 }, joinable: { username: 1, 'profile.ssn': 0 } }),
  orders: orderView,
});
compiles(() => byKeys.orders.aggregate([{ $lookup: { ...JOIN_BY, foreignField: 'api_key' } }, { $project: { x: 1 } }]));
compiles(() => byKeys.orders.aggregate([{ $lookup: { ...JOIN_BY, foreignField: 'username' } }, { $project: { x: 1 } }]));
compiles(() => byKeys.users.findPopulated({}, { projection: ['username'], populate: { same: { from: 'users', localField: 'api_key', foreignField: '_id', projection: ['username'] } } }));
// refused at foreignField: 'age' is not joinable in the other view
byKeys.orders.aggregate([{ $lookup: { ...JOIN_BY, foreignField: 'age' } }, { $project: { x: 1 } }]);
// refused at foreignField: 'profile.ssn' is not joinable in the other view
byKeys.orders.aggregate([{ $lookup: { ...JOIN_BY, foreignField: 'profile.ssn' } }, { $project: { x: 1 } }]);
// refused at localField: 'note' is not joinable in this view
orders.aggregate([{ $lookup: { from: 'users', localField: 'note', foreignField: '_id', as: 'x' } }, { $project: { x: 1 } }]);
// refused at localField: 'age' is not joinable in this view
byKeys.users.findPopulated({}, { projection: ['username'], populate: { same: { from: 'users', localField: 'age', foreignField: '_id', projection: ['username'] } } });
// refused: 'vars' is not an operand of $lookup
orders.aggregate([{ $lookup: { from: 'users', localField: 'user_id', foreignField: '_id', as: 'x', vars: {} } }, { $project: { x: 1 } }]);
// refused: 'buyers.api_key' does not exist at this point of the pipeline
orders.aggregate([{ $lookup: BUYERS }, { $project: { 'buyers.api_key': 1 } }]);
// refused: 'api_key' is not filterable in this view
orders.aggregate([{ $lookup: { from: 'users', localField: 'user_id', foreignField: '_id', as: 'x', pipeline: [{ $match: { api_key: 'k' } }] } }, { $project: { x: 1 } }]);

// pipeline(): each step is checked against the previous one, and reads exist only after a projection
type(result(orders.pipeline().match({ product: 'tea' }).group({ _id: '$product', n: { $sum: '$quantity' } }).project({ product: '$_id', n: 1 }).cursor())).is<{ product: string; n: number }>();
// refused: 'cost_center' is not filterable in this view
orders.pipeline().match({ cost_center: 'cc' });
// refused at $cost_center: 'cost_center' does not exist at this point of the pipeline
orders.pipeline().unwind('$cost_center');
// refused: 'product' does not exist at this point of the pipeline
orders.pipeline().count('n').project({ product: 1 });
// refused: 'toArray' does not exist
orders.pipeline().limit(1).toArray();
// refused: 'toArray' does not exist
orders.pipeline().project({ product: 0 }).toArray();
// refused: 'next' does not exist
orders.pipeline().project({ product: 1 }).match({ product: 'tea' }).next();
// refused: 'out' does not exist
orders.pipeline().out('stolen');
// refused: 'hint' does not exist
orders.pipeline({ hint: 'x' });

// findPopulated()
const BUYER = { from: 'users', localField: 'user_id', foreignField: '_id', projection: ['username'] } as const;
type(result(orders.findPopulated({ product: 'tea' }, { projection: ['product'], populate: { buyer: { ...BUYER, justOne: true }, all: BUYER } }))).is<{
  product: string;
  all: { username: string }[];
  buyer?: { username: string };
}>();
// refused: 'cost_center' is not public in this view
orders.findPopulated({}, { projection: ['cost_center'], populate: { buyer: BUYER } });
// refused: 'cost_center' is not filterable in this view
orders.findPopulated({ cost_center: 'x' }, { projection: ['product'], populate: { buyer: BUYER } });
// refused: 'api_key' is not public in this view
orders.findPopulated({}, { projection: ['product'], populate: { buyer: { from: 'users', localField: 'user_id', foreignField: '_id', projection: { api_key: 1 } } } });
// refused at from: 'secrets' is not a view of this SafeDb
orders.findPopulated({}, { projection: ['product'], populate: { buyer: { from: 'secrets', localField: 'user_id', foreignField: '_id', projection: { api_key: 1 } } } });
// refused at foreignField: 'api_key' is not joinable in the other view
orders.findPopulated({}, { projection: ['product'], populate: { buyer: { from: 'users', localField: 'user_id', foreignField: 'api_key', projection: { username: 1 } } } });
// refused at product: 'product' already exists: join under another name
orders.findPopulated({}, { projection: ['product'], populate: { product: BUYER } });
// refused at let: 'let' is not a part of populate
orders.findPopulated({}, { projection: ['product'], populate: { buyer: { from: 'users', localField: 'user_id', foreignField: '_id', projection: { username: 1 }, let: {} } } });
// refused at justOne: 'justOne' takes the literal true or false
orders.findPopulated({}, { projection: ['product'], populate: { buyer: { from: 'users', localField: 'user_id', foreignField: '_id', projection: { username: 1 }, justOne: a<boolean>() } } });
// The paths of sortBy are there at that point.
compiles(() => orders.aggregate([{ $group: { _id: '$product', top: { $top: { sortBy: { quantity: -1 }, output: '$note' } } } }]));
// refused at $top: 'cost_center' (in sortBy) does not exist at this point of the pipeline
orders.aggregate([{ $group: { _id: '$product', top: { $top: { sortBy: { cost_center: -1 }, output: '$note' } } } }]);
// refused at $bottomN: 'nothing' (in sortBy) does not exist at this point of the pipeline
orders.aggregate([{ $group: { _id: '$product', low: { $bottomN: { n: 2, sortBy: { quantity: 1, nothing: 1 }, output: '$note' } } } }]);
