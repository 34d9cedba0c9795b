import type { Db, ObjectId } from 'mongodb';

import type { Order } from './order.ts';

/** The driver calls that the routes replace, only for the demo, which shows their results. */
export function rawOrderCalls(db: Db) {
  const orders = db.collection<Order>('orders');
  return {
    byId: (_id: ObjectId) => orders.findOne({ _id }),
    list: (product: string) => orders.find({ product }).sort({ order_date: -1 }).limit(20).toArray(),
  };
}
