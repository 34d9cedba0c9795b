import type { FastifyInstance } from 'fastify';

import { found } from '../http/found.ts';
import type { Shop } from './open-shop.ts';

/** `/api/user/orders/ada`: the user with the bought products and quantities, in one round trip. */
export function userOrdersRoute(app: FastifyInstance, { users }: Shop): void {
  app.get<{ Params: { readonly username: string } }>('/api/user/orders/:username', async ({ params: { username } }) =>
    found(
      await users
        .pipeline()
        .match({ username })
        .lookup({
          from: 'orders',
          localField: '_id',
          foreignField: 'user_id',
          as: 'orders',
          pipeline: [{ $sort: { order_date: 1 } }],
        })
        .project({
          username: 1,
          'orders.product': 1,
          'orders.quantity': 1,
          'orders.order_date': 1,
          count: { $size: '$orders' },
          pieces: { $sum: '$orders.quantity' },
        })
        .next(),
    ),
  );
}
