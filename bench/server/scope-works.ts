import { type Db, ObjectId } from 'mongodb';
import { createSafeDb } from 'safe-collection';

import type { Order } from '../../examples/orders/order.ts';
import { orderView } from '../../examples/orders/order-view.ts';
import { LANES } from '../contenders/lanes.ts';
import type { Work } from '../measure/work.ts';

const SCOPED = 'safe-collection, scoped()';
const PROJECTION = { product: 1, quantity: 1, order_date: 1 } as const;
const SORT = { order_date: -1 } as const;

const scopedView = orderView.extend({ name: 'order of a user', scope: { user_id: 1 } });

/** The orders of one user: with the user in each filter, and bound by a scope that is made for the call, as for a request. */
export function scopeWorks(db: Db): readonly Work[] {
  const raw = db.collection<Order>('orders');
  const open = createSafeDb(db, { orders: orderView });
  const bound = createSafeDb(db, { orders: scopedView });
  const user_id = new ObjectId('000000000000000000000001');
  const find = () => raw.find({ user_id }, { projection: { ...PROJECTION, _id: 0 }, sort: SORT }).toArray();
  return [
    {
      name: 'the orders of one user',
      lanes: [
        { name: LANES.baseline, run: find },
        { name: LANES.again, run: find },
        {
          name: LANES.safe,
          run: () => open.orders.find({ user_id }, { projection: PROJECTION, sort: SORT }).toArray(),
        },
        {
          name: SCOPED,
          run: () => bound.scoped({ user_id }).orders.find({}, { projection: PROJECTION, sort: SORT }).toArray(),
        },
      ],
    },
  ];
}
