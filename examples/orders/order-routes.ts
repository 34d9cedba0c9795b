import { op, type SafeFilter, type SafeSort } from 'safe-collection';

import { readId, readSort, readText } from '../http/read-query.ts';
import type { Request, Route } from '../http/route.ts';
import type { Orders } from './open-orders.ts';
import { orderView } from './order-view.ts';
import { placeOrderRoute } from './place-order-route.ts';

export function orderRoutes(orders: Orders): Route[] {
  return [
    {
      path: '/api/order/:id',
      handle: ({ params }) => orders.findOne({ _id: readId(params['id']) }, { projection: orderView }),
    },
    { path: '/api/order', handle: (request) => listOrders(orders, request) },
    placeOrderRoute(orders),
  ];
}

/** `/api/order?product=lamp&min=2&sort=-order_date&fields=product,quantity&limit=10` */
function listOrders(orders: Orders, { query }: Request) {
  const { product, min } = query as Record<string, string | undefined>;
  const filter: SafeFilter<typeof orderView> = {
    ...(product === undefined ? {} : { product }),
    ...(min === undefined ? {} : { quantity: op({ $gte: Number(min) }) }),
  };
  // Not this cast but the guard decides what may be sorted by: ?sort=cost_center would tell its values by the order.
  const sort = readSort(readText(query['sort'], '-order_date')) as SafeSort<typeof orderView>;
  const projection = orderView.selectFields(readText(query['fields'], 'product,quantity,order_date').split(','));
  return orders.find(filter, { projection, sort, limit: Number(readText(query['limit'], '20')) }).toArray();
}
