import type { Db } from 'mongodb';
import { createSafeDb } from 'safe-collection';

import { orderView } from '../orders/order-view.ts';
import { userView } from '../users/user-view.ts';

export type Shop = ReturnType<typeof openShop>;

/** Both collections. Each may join the other through its view. */
export function openShop(db: Db) {
  return createSafeDb(db, { users: userView, orders: orderView });
}
