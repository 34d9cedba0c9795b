import type { FastifyInstance } from 'fastify';
import { op } from 'safe-collection';

import { readText } from '../http/read-query.ts';
import type { Shop } from './open-shop.ts';

/** `/api/report/sales?from=2026-09-01`: pieces sold by product and month. */
export function salesRoute(app: FastifyInstance, { orders }: Shop): void {
  app.get<{ Querystring: { readonly from?: unknown } }>('/api/report/sales', ({ query }) =>
    orders
      .aggregate([
        { $match: { order_date: op({ $gte: new Date(readText(query.from, '1970-01-01')) }) } },
        {
          $group: {
            _id: { product: '$product', month: { $dateToString: { date: '$order_date', format: '%Y-%m' } } },
            pieces: { $sum: '$quantity' },
            orders: { $sum: 1 },
          },
        },
        { $sort: { '_id.month': 1, '_id.product': 1 } },
        { $project: { product: '$_id.product', month: '$_id.month', pieces: 1, orders: 1 } },
      ])
      .toArray(),
  );
}
