import type { Route } from '../http/route.ts';
import type { Shop } from './open-shop.ts';

/** `/api/user/orders/ada`: who it is, what was bought and how much of it, in one round trip. */
export function userOrdersRoute({ users }: Shop): Route {
  return {
    path: '/api/user/orders/:username',
    handle: ({ params }) =>
      users
        .pipeline()
        .match({ username: params['username'] ?? '' })
        .lookup({ from: 'orders', localField: '_id', foreignField: 'user_id', as: 'orders', pipeline: [{ $sort: { order_date: 1 } }] })
        .project({
          username: 1,
          'orders.product': 1,
          'orders.quantity': 1,
          'orders.order_date': 1,
          count: { $size: '$orders' },
          pieces: { $sum: '$orders.quantity' },
        })
        .next(),
  };
}
