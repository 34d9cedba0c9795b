import { randomBytes } from 'node:crypto';

import type { Db } from 'mongodb';
import { defineView, opaqueId, SafeCollection } from 'safe-collection';

import type { Order } from '../../examples/orders/order.ts';
import { orderView } from '../../examples/orders/order-view.ts';
import { LANES } from '../contenders/lanes.ts';
import type { Work } from '../measure/work.ts';

const COUNT = 1000;
const OPAQUE = 'safe-collection, opaque ids';

/** Two ids in each document: as they are stored, and sealed. */
const storedView = orderView.extend({ name: 'order with its id', public: { _id: 1 } });
const opaqueView = defineView<Order>()({
  name: 'order with opaque ids',
  public: { id: opaqueId('_id'), user: opaqueId('user_id'), product: 1, quantity: 1 },
});

/** Many orders with two ids each: the difference between the last rows is the cost of sealing. */
export function idWorks(db: Db): readonly Work[] {
  const raw = db.collection<Order>('orders');
  const sealKeys = [randomBytes(32)];
  const stored = new SafeCollection(raw, storedView, { sealKeys });
  const sealed = new SafeCollection(raw, opaqueView, { sealKeys });
  const projection = { _id: 1, user_id: 1, product: 1, quantity: 1 } as const;
  const find = () => raw.find({}, { projection, limit: COUNT }).toArray();
  return [
    {
      name: `${COUNT.toLocaleString('en')} orders with two ids`,
      lanes: [
        { name: LANES.baseline, run: find },
        { name: LANES.again, run: find },
        { name: LANES.safe, run: () => stored.find({}, { projection, limit: COUNT }).toArray() },
        { name: OPAQUE, run: () => sealed.find({}, { projection: opaqueView, limit: COUNT }).toArray() },
      ],
    },
  ];
}
