import type { Db } from 'mongodb';
import { type CollectionOf, SafeCollection } from 'safe-collection';

import type { Order } from '../../examples/orders/order.ts';
import { orderView } from '../../examples/orders/order-view.ts';
import { LANES } from '../contenders/lanes.ts';
import type { Work } from '../measure/work.ts';

/** View-first aggregation compared with the same pipeline on the raw driver. */
export function orderWorks(db: Db): readonly Work[] {
  const raw = db.collection<Order>('orders');
  const safe: CollectionOf<typeof orderView> = new SafeCollection(raw, orderView);
  const newest = () =>
    raw
      .aggregate([
        { $sort: { order_date: -1 } },
        { $limit: 50 },
        { $project: { product: 1, quantity: 1, order_date: 1, _id: 0 } },
      ])
      .toArray();
  const byProduct = () =>
    raw
      .aggregate([
        { $group: { _id: '$product', sold: { $sum: '$quantity' } } },
        { $project: { product: '$_id', sold: 1, _id: 0 } },
      ])
      .toArray();
  return [
    {
      name: 'sort + limit 50 on an indexed path',
      lanes: [
        { name: LANES.baseline, run: newest },
        { name: LANES.again, run: newest },
        {
          name: LANES.safe,
          run: () =>
            safe
              .aggregate([
                { $sort: { order_date: -1 } },
                { $limit: 50 },
                { $project: { product: 1, quantity: 1, order_date: 1, _id: 0 } },
              ])
              .toArray(),
        },
      ],
    },
    {
      name: 'group by product',
      lanes: [
        { name: LANES.baseline, run: byProduct },
        { name: LANES.again, run: byProduct },
        {
          name: LANES.safe,
          run: () =>
            safe
              .aggregate([
                { $group: { _id: '$product', sold: { $sum: '$quantity' } } },
                { $project: { product: '$_id', sold: 1, _id: 0 } },
              ])
              .toArray(),
        },
      ],
    },
  ];
}
