import type { FastifyInstance } from 'fastify';

import { readCount, readDate } from '../helpers/input.ts';
import { soldSince } from '../helpers/stock.ts';
import type { Shop } from '../shop.ts';
import { holderOf } from './key-hook.ts';

interface Range {
  readonly from?: string;
  readonly limit?: string;
}

export function reportRoutes(app: FastifyInstance, { db, reports, maintenance }: Shop): void {
  app.get<{ Querystring: Range }>('/reports/revenue', async (request) => {
    holderOf(request, 'reports');
    return await reports.revenueByMonth(readDate(request.query.from, new Date(0)));
  });

  app.get<{ Querystring: Range }>('/reports/top-products', async (request) => {
    holderOf(request, 'reports');
    return await reports.topProducts(readCount(request.query.limit, 10));
  });

  app.get('/reports/margins', async (request) => {
    holderOf(request, 'reports');
    return await reports.margins();
  });

  app.get<{ Querystring: Range }>('/reports/customers', async (request) => {
    holderOf(request, 'reports');
    const from = readDate(request.query.from, new Date(0));
    return { fresh: await reports.newCustomers(from), best: await reports.bestCustomers(readCount(request.query.limit, 10)) };
  });

  app.get('/reports/overview', async (request) => {
    holderOf(request, 'reports');
    const [orders, bands, catalogue, support] = await Promise.all([reports.statusCounts(), reports.priceBands(), reports.catalogue(), reports.supportLoad()]);
    return { orders, bands, catalogue, support };
  });

  app.get<{ Params: { sku: string } }>('/reports/ratings/:sku', async (request) => {
    holderOf(request, 'reports');
    return await reports.ratingsOf(request.params.sku);
  });

  app.get<{ Querystring: Range }>('/reports/sold', async (request) => {
    holderOf(request, 'reports');
    return Object.fromEntries(await soldSince(db, readDate(request.query.from, new Date(0))));
  });

  app.get<{ Querystring: Range }>('/reports/orders.csv', async (request, reply) => {
    holderOf(request, 'reports');
    return await reply.type('text/csv').send(await maintenance.exportOrders(readDate(request.query.from, new Date(0))));
  });

  app.get('/health', async (request) => {
    holderOf(request, 'reports');
    return await maintenance.health();
  });

  app.post<{ Body: { now?: string } }>('/maintenance', async (request) => {
    holderOf(request, 'reports');
    return await maintenance.run(readDate(request.body.now, new Date()));
  });
}
