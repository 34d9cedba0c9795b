import type { Route } from '../http/route.ts';
import type { Shop } from './open-shop.ts';

/** `/api/order/buyers/lamp`: the orders of a product, each with the user who placed it. */
export function orderBuyersRoute({ orders }: Shop): Route {
  return {
    path: '/api/order/buyers/:product',
    handle: ({ params }) =>
      orders
        .findPopulated(
          { product: params['product'] ?? '' },
          {
            projection: ['product', 'quantity'],
            sort: { order_date: 1 },
            limit: 20,
            populate: { buyer: { from: 'users', localField: 'user_id', foreignField: '_id', projection: { username: 1, 'profile.avatar': 1 }, justOne: true } },
          },
        )
        .toArray(),
  };
}
