import fastify, { type FastifyInstance } from 'fastify';

import { HttpError } from '../helpers/http-error.ts';
import type { Shop } from '../shop.ts';
import { requireKey } from './key-hook.ts';
import { orderRoutes } from './order-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { productRoutes } from './product-routes.ts';
import { reportRoutes } from './report-routes.ts';

/** What the staff and other programs use. */
export function backOfficeApp(shop: Shop): FastifyInstance {
  const app = fastify();
  app.setErrorHandler(async (error, _request, reply) => {
    const status = error instanceof HttpError ? error.status : 500;
    await reply.code(status).send({ error: error instanceof Error ? error.message : 'failed' });
  });
  requireKey(app, shop);
  orderRoutes(app, shop);
  productRoutes(app, shop);
  peopleRoutes(app, shop);
  reportRoutes(app, shop);
  return app;
}
