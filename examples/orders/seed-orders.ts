import { type Db, ObjectId } from 'mongodb';

import type { Order } from './order.ts';

/** Sample orders of one user, with fields that only the shop should see. */
export async function seedOrders(db: Db, user_id: ObjectId): Promise<readonly Order[]> {
  const orders = [
    order({ user_id, product: 'lamp', quantity: 1, order_date: new Date('2026-09-02T10:00:00Z') }),
    order({ user_id, product: 'desk', quantity: 2, order_date: new Date('2026-10-17T16:30:00Z') }),
    order({ user_id, product: 'lamp', quantity: 4, order_date: new Date('2026-11-05T08:15:00Z') }),
  ];
  await db.collection<Order>('orders').insertMany(orders);
  return orders;
}

function order(given: Pick<Order, 'user_id' | 'product' | 'quantity' | 'order_date'>): Order {
  return {
    _id: new ObjectId(),
    ...given,
    cost_center: 'CC-7741 (margin 61 %)',
    internal_notes: ['flagged: two chargebacks', 'offer no discount'],
  };
}
