import { randomBytes } from 'node:crypto';

import type { Db } from 'mongodb';
import { SafeCollection } from 'safe-collection';

import type { Order } from '../../examples/orders/order.ts';
import { orderView } from '../../examples/orders/order-view.ts';
import { LANES } from '../contenders/lanes.ts';
import type { Work } from '../measure/work.ts';

const SIZE = 20;
const PROJECTION = { product: 1, quantity: 1, order_date: 1 } as const;
const SORT = { order_date: 1 } as const;
const SORTED = { order_date: 1, _id: 1 } as const;

const SKIPPED = 'raw driver, skip and limit';

/** A page in the middle of the orders: with conditions written by hand on the raw driver, with `skip`, and with `paginate()`. */
export async function pageWorks(db: Db): Promise<readonly Work[]> {
  const raw = db.collection<Order>('orders');
  const safe = new SafeCollection(raw, orderView, { sealKeys: [randomBytes(32)] });
  const half = Math.floor((await raw.countDocuments()) / 2);
  const asked = { projection: { ...PROJECTION, _id: 0 }, sort: SORTED, limit: SIZE + 1 } as const;
  const last = (await raw.findOne({}, { sort: SORTED, skip: half - 1 })) as Order & { _id: unknown };
  const after = (await safe.paginate({}, { projection: PROJECTION, sort: SORT, limit: half })).next;
  const { order_date, _id } = last;
  const beyond = { $or: [{ order_date: { $gt: order_date } }, { order_date, _id: { $gt: _id } }] };
  const byHand = () => raw.find(beyond as never, asked).toArray();
  return [
    {
      name: `a page of ${SIZE} in the middle`,
      lanes: [
        { name: LANES.baseline, run: byHand },
        { name: LANES.again, run: byHand },
        { name: SKIPPED, run: () => raw.find({}, { ...asked, skip: half }).toArray() },
        {
          name: LANES.safe,
          run: () => safe.paginate({}, { projection: PROJECTION, sort: SORT, limit: SIZE, after }),
        },
      ],
    },
  ];
}
