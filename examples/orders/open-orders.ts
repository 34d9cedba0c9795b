import type { Db } from 'mongodb';
import { type CollectionOf, SafeCollection } from 'safe-collection';

import type { Order } from './order.ts';
import { orderView } from './order-view.ts';

export type Orders = CollectionOf<typeof orderView>;

/** The only place of this service that has the raw database. The returned collection gives access to no other document or field. */
export function openOrders(db: Db): Orders {
  return new SafeCollection(db.collection<Order>('orders'), orderView);
}
