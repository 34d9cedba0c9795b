import { op, type SafeFilter, type SafeSort } from 'safe-collection';

import { found } from '../http/found.ts';
import { readId, readSort, readText } from '../http/read-query.ts';
import type { Routes } from '../http/serve.ts';
import type { Orders } from './open-orders.ts';
import { orderView } from './order-view.ts';
import { placeOrderRoute } from './place-order-route.ts';

interface Search {
  readonly product?: string;
  readonly min?: string;
  readonly sort?: unknown;
  readonly fields?: unknown;
  readonly limit?: unknown;
}

export function orderRoutes(orders: Orders): Routes {
  return (app) => {
    app.get<{ Params: { readonly id: string } }>('/api/order/:id', async ({ params }) =>
      found(await orders.findOne({ _id: readId(params.id) }, { projection: orderView })),
    );
    app.get<{ Querystring: Search }>('/api/order', ({ query }) => listOrders(orders, query));
    placeOrderRoute(app, orders);
  };
}

/** `/api/order?product=lamp&min=2&sort=-order_date&fields=product,quantity&limit=10` */
function listOrders(orders: Orders, { product, min, ...query }: Search) {
  const filter: SafeFilter<typeof orderView> = {
    ...(product === undefined ? {} : { product }),
    ...(min === undefined ? {} : { quantity: op({ $gte: Number(min) }) }),
  };
  // The guard, not this cast, decides what may be sorted by: ?sort=cost_center would reveal its values by the order.
  const sort = readSort(readText(query.sort, '-order_date')) as SafeSort<typeof orderView>;
  const projection = orderView.selectFields(readText(query.fields, 'product,quantity,order_date').split(','));
  return orders.find(filter, { projection, sort, limit: Number(readText(query.limit, '20')) }).toArray();
}
