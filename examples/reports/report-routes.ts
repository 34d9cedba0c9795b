import type { Routes } from '../http/serve.ts';
import type { Shop } from './open-shop.ts';
import { orderBuyersRoute } from './order-buyers-route.ts';
import { salesRoute } from './sales-route.ts';
import { userOrdersRoute } from './user-orders-route.ts';

export function reportRoutes(shop: Shop): Routes {
  return (app) => {
    userOrdersRoute(app, shop);
    salesRoute(app, shop);
    orderBuyersRoute(app, shop);
  };
}
