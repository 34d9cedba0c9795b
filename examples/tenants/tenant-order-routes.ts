import type { FastifyRequest } from 'fastify';
import { trusted } from 'safe-collection';

import { found } from '../http/found.ts';
import { JSON_BODY } from '../http/json-body.ts';
import { readText } from '../http/read-query.ts';
import type { Routes } from '../http/serve.ts';
import { livePageRoute } from './live-page-route.ts';
import { liveOrdersRoute } from './live-orders-route.ts';
import type { TenantShop } from './open-tenant-shop.ts';
import { tenantOf } from './tenant-of.ts';
import { tenantOrderView } from './tenant-views.ts';

interface ById {
  readonly Params: { readonly id: string };
}

interface NewOrder {
  readonly customer: string;
  readonly product: string;
  readonly quantity: number;
}

/** The orders of the tenant who asks. An id of another tenant finds nothing, like one that nobody made: both get 404. */
export function tenantOrderRoutes(shop: TenantShop): Routes {
  const own = (request: FastifyRequest) => shop.scoped({ tenant_id: tenantOf(request) });
  return (app) => {
    app.get<{ Querystring: { readonly after?: unknown; readonly limit?: unknown } }>('/api/orders', (request) => {
      const { after, limit } = request.query;
      return own(request).tenant_orders.paginate(
        {},
        {
          projection: tenantOrderView,
          sort: { ordered_at: -1 },
          limit: Number(readText(limit, '20')),
          after: after === undefined ? undefined : readText(after, ''),
        },
      );
    });
    app.get<ById>('/api/orders/:id', async (request) =>
      found(await own(request).tenant_orders.findOne({ id: request.params.id }, { projection: tenantOrderView })),
    );
    app.post<{ Body: NewOrder }>('/api/orders', { schema: JSON_BODY }, async (request, reply) => {
      const { customers, tenant_orders: orders } = own(request);
      // A reference is not bound to the scope: the customer could be another tenant's.
      found(await customers.findOne({ id: readText(request.body.customer, '') }, { projection: ['id'] }));
      const set = { cost_center: 'CC-7741' };
      const { document } = await orders.insertOne(request.body, {
        trusted: trusted({ set }),
        projection: tenantOrderView,
      });
      return reply.code(201).send(document);
    });
    app.patch<ById & { Body: { readonly quantity: number } }>(
      '/api/orders/:id',
      { schema: JSON_BODY },
      async (request) =>
        found(
          await own(request).tenant_orders.findOneAndUpdate(
            { id: request.params.id },
            { $set: request.body },
            { projection: tenantOrderView, returnDocument: 'after' },
          ),
        ),
    );
    app.delete<ById>('/api/orders/:id', async (request, reply) => {
      const filter = { id: request.params.id };
      found(await own(request).tenant_orders.findOneAndDelete(filter, { projection: ['id'] }));
      return reply.code(204).send();
    });
    liveOrdersRoute(app, own);
    livePageRoute(app);
  };
}
