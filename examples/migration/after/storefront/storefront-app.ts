import express, { type Express, type NextFunction, type Request, type Response } from 'express';

import { HttpError } from '../helpers/http-error.ts';
import type { Shop } from '../shop.ts';
import { accountRoutes } from './account-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { productRoutes } from './product-routes.ts';

/** What customers use. */
export function storefrontApp(shop: Shop): Express {
  const app = express();
  app.use(express.json());
  app.use(accountRoutes(shop), productRoutes(shop), orderRoutes(shop));
  app.use((_request: Request, response: Response) => {
    response.status(404).json({ error: 'not found' });
  });
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    const status = error instanceof HttpError ? error.status : 500;
    response.status(status).json({ error: error instanceof Error ? error.message : 'failed' });
  });
  return app;
}
