import type { Route } from '../http/route.ts';
import type { Shop } from './open-shop.ts';
import { orderBuyersRoute } from './order-buyers-route.ts';
import { salesRoute } from './sales-route.ts';
import { userOrdersRoute } from './user-orders-route.ts';

export function reportRoutes(shop: Shop): Route[] {
  return [
    userOrdersRoute(shop),
    salesRoute(shop),
    orderBuyersRoute(shop),
  ];
}
