import type { FastifyInstance } from 'fastify';

import type { Shop } from './open-shop.ts';

/** `/api/order/buyers/lamp`: the orders of a product, each with the user who placed it. */
export function orderBuyersRoute(app: FastifyInstance, { orders }: Shop): void {
  app.get<{ Params: { readonly product: string } }>('/api/order/buyers/:product', ({ params: { product } }) =>
    orders
      .findPopulated(
        { product },
        {
          projection: ['product', 'quantity'],
          sort: { order_date: 1 },
          limit: 20,
          populate: {
            buyer: {
              from: 'users',
              localField: 'user_id',
              foreignField: '_id',
              projection: { username: 1, 'profile.avatar': 1 },
              justOne: true,
            },
          },
        },
      )
      .toArray(),
  );
}
