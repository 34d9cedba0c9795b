// Expressions in a pipeline: their types, and the message if a path, a variable or an operator is refused.
import type { Collection, ObjectId } from 'mongodb';
import { defineView, SafeCollection, subtree, type Exposed } from 'safe-collection';

import { a, type } from './assert.ts';

interface Order {
  _id: ObjectId;
  product: string;
  quantity: number;
  order_date: Date;
  note?: string;
  tags: string[];
  items: { sku: string; n: number; cost: number }[];
  settings: Record<string, unknown>;
  cost_center: string;
}

const view = defineView<Order>()({ public: { product: 1, quantity: 1, order_date: 1, note: 1, tags: 1, 'items.sku': 1, 'items.n': 1, settings: subtree }, arrays: { tags: 1, items: 1 } });
const orders = new SafeCollection(a<Collection<Order>>(), view);

type Plain<T> = T extends Exposed<infer R> ? { [K in keyof R as K extends string ? K : never]: R[K] } : never;
declare function result<T>(cursor: { next(): Promise<T | null> }): Plain<T>;

type(result(orders.aggregate([{ $project: { x: { $add: ['$quantity', 1] }, due: { $add: ['$order_date', 1000] }, ms: { $subtract: ['$order_date', '$order_date'] } } }]))).is<{ readonly x: number; readonly due: Date; readonly ms: number }>();
type(result(orders.aggregate([{ $project: { x: { $concat: ['$product', '$note'] }, up: { $toUpper: '$note' }, parts: { $split: ['$product', '-'] } } }]))).is<{ readonly x: string | null; readonly up: string; readonly parts: string[] }>();
type(result(orders.aggregate([{ $project: { x: { $ifNull: ['$note', '-'] }, y: { $cond: [{ $gt: ['$quantity', 1] }, 'big', 'small'] } } }]))).is<{ readonly x: string; readonly y: 'big' | 'small' }>();
type(result(orders.aggregate([{ $project: { x: { $map: { input: '$items', as: 'i', in: { sku: '$$i.sku', twice: { $multiply: ['$$i.n', 2] } } } } } }]))).is<{ readonly x: { readonly sku: string; readonly twice: number }[] }>();
type(result(orders.aggregate([{ $project: { x: { $filter: { input: '$tags', cond: { $eq: ['$$this', 'hot'] } } }, n: { $size: '$tags' }, first: { $first: '$tags' } } }]))).is<{ readonly x: string[]; readonly n: number; readonly first?: string }>();
type(result(orders.aggregate([{ $project: { x: { $dateTrunc: { date: '$order_date', unit: 'month' } }, y: { $dateToString: { date: '$order_date' } }, z: { $year: '$order_date' } } }]))).is<{ readonly x: Date; readonly y: string; readonly z: number }>();
type(result(orders.aggregate([{ $project: { x: { $let: { vars: { q: '$quantity' }, in: { $multiply: ['$$q', '$$q'] } } }, y: { $reduce: { input: '$items.n', initialValue: 0, in: { $add: ['$$value', '$$this'] } } } } }]))).is<{ readonly x: number; readonly y: number }>();
type(result(orders.aggregate([{ $project: { now: '$$NOW', all: '$$ROOT.product', gone: '$$REMOVE', text: { $literal: '$5' } } }]))).is<{ readonly now: Date; readonly all: string; readonly text: '$5' }>();
// Unknown only below a subtree.
type(result(orders.aggregate([{ $project: { x: '$settings.theme.color' } }]))).is<{ readonly x?: unknown }>();

// refused at x: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: '$cost_center' } }]);
// refused at $cost_center: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: { $concat: ['$product', '$cost_center'] } } }]);
// refused at $toUpper: 'items.cost' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: { a: [{ $toUpper: '$items.cost' }] } } }]);
// refused at x: '$$ROOT.cost_center' is not bound here
orders.aggregate([{ $project: { x: '$$ROOT.cost_center' } }]);
// refused at in: '$$i.cost' is not bound here
orders.aggregate([{ $project: { x: { $map: { input: '$items', as: 'i', in: '$$i.cost' } } } }]);
// refused at x: '$$CLUSTER_TIME' is not bound here
orders.aggregate([{ $project: { x: '$$CLUSTER_TIME' } }]);
// refused at x: '$$this' is not bound here
orders.aggregate([{ $project: { x: '$$this' } }]);
// refused at $getField: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: { $getField: 'cost_center' } } }]);
// refused: '$function' is not a supported expression operator
orders.aggregate([{ $project: { x: { $function: {} } } }]);
// refused: '$accumulator' is not a supported expression operator
orders.aggregate([{ $project: { x: { $accumulator: {} } } }]);
// refused: '$meta' is not a supported expression operator
orders.aggregate([{ $project: { x: { $meta: 'indexKey' } } }]);
// refused: '$rand' is not a supported expression operator
orders.aggregate([{ $project: { x: { $rand: {} } } }]);
// refused: '$setField' is not a supported expression operator
orders.aggregate([{ $project: { x: { $setField: { field: 'product', input: '$$ROOT', value: 1 } } } }]);
// refused at x: a string that is known only at run time could name a field: write { $literal: … }
orders.aggregate([{ $project: { x: a<string>() } }]);
// refused at x: 'never'
orders.aggregate([{ $project: { x: a<any>(), product: 1 } }]);
// refused at then: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: { $switch: { branches: [{ case: true, then: '$cost_center' }] } } } }]);
// refused at cond: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: { $filter: { input: '$tags', cond: '$cost_center' } } } }]);
// refused at $slice: $slice takes 2 to 3 operands
orders.aggregate([{ $project: { x: { $slice: ['$tags'] } } }]);
// refused at $slice: $slice takes 2 to 3 operands
orders.aggregate([{ $project: { x: { $slice: '$tags' } } }]);
// refused at $slice: $slice takes 2 to 3 operands
orders.aggregate([{ $project: { x: { $slice: ['$tags', 0, 1, 2] } } }]);
// refused at $cost_center: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: { $slice: ['$cost_center', 1] } } }]);
type(result(orders.aggregate([{ $project: { x: { $slice: ['$tags', 1] }, y: { $slice: ['$tags', 1, { $size: '$tags' }] } } }]))).is<{ readonly x: string[]; readonly y: string[] }>();
