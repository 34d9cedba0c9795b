import type { FastifyInstance } from 'fastify';

import type { Order, OrderStatus } from '../documents.ts';
import { auditTrail } from '../helpers/audit.ts';
import { notFound } from '../helpers/http-error.ts';
import { readCount, readDate, readText } from '../helpers/input.ts';
import type { Shop } from '../shop.ts';
import { holderOf } from './key-hook.ts';
import { op, type SafeFilter } from 'safe-collection';
import { safeDb } from '../collections.ts';
import type { orderView } from '../views.ts';

interface OrderQuery {
  readonly status?: OrderStatus;
  readonly from?: string;
  readonly sku?: string;
  readonly limit?: string;
  readonly page?: string;
}

export function orderRoutes(app: FastifyInstance, { db, orders, checkout, users, reports }: Shop): void {
  app.get<{ Querystring: OrderQuery }>('/orders', async (request) => {
    holderOf(request, 'orders');
    const { status, from, sku } = request.query;
    const filter: SafeFilter<typeof orderView> = { placed_at: op({ $gte: readDate(from, new Date(0)) }) };
    if (status !== undefined) filter.status = status;
    if (sku !== undefined) filter['items.sku'] = sku;
    const limit = readCount(request.query.limit, 20);
    const skip = (readCount(request.query.page, 1, 1_000) - 1) * limit;
    const found = await orders.list(filter, { sort: { placed_at: -1 }, limit, skip });
    const names = await users.usernamesOf(found.map(({ user_id }) => user_id));
    return {
      total: await orders.count(filter),
      orders: found.map((order) => ({ number: order.number, status: order.status, total: order.totals.total, buyer: names.get(order.user_id.toHexString()) })),
    };
  });

  app.get<{ Params: { number: string } }>('/orders/:number', async (request) => {
    holderOf(request, 'orders');
    const order = await orders.findByNumber(request.params.number);
    if (order === null) throw notFound('order');
    return { order, trail: await auditTrail(db, 'order', order.number) };
  });

  app.get<{ Params: { status: OrderStatus } }>('/orders/by-status/:status', async (request) => {
    holderOf(request, 'orders');
    return await reports.ordersWithBuyers(request.params.status);
  });

  app.post<{ Params: { number: string }; Body: { tracking: string } }>('/orders/:number/ship', async (request) => {
    const by = holderOf(request, 'orders');
    return await checkout.ship(request.params.number, readText(request.body.tracking, 'tracking'), by);
  });

  app.post<{ Params: { number: string } }>('/orders/:number/cancel', async (request) => {
    const by = holderOf(request, 'orders');
    const { number, status, totals } = await checkout.cancel(request.params.number, by);
    return { number, status, refund: totals.total };
  });

  app.post<{ Params: { number: string }; Body: { note: string } }>('/orders/:number/notes', async (request, reply) => {
    holderOf(request, 'orders');
    if (!(await orders.addNote(request.params.number, readText(request.body.note, 'note')))) throw notFound('order');
    return await reply.code(201).send({ ok: true });
  });

  app.patch<{ Params: { number: string }; Body: Partial<Order['shipping_address']> }>('/orders/:number/address', async (request) => {
    holderOf(request, 'orders');
    const { street, city, zip } = request.body;
    const changes: { 'shipping_address.street'?: string; 'shipping_address.city'?: string; 'shipping_address.zip'?: string } = {};
    if (street !== undefined) changes['shipping_address.street'] = street;
    if (city !== undefined) changes['shipping_address.city'] = city;
    if (zip !== undefined) changes['shipping_address.zip'] = zip;
    const { matchedCount } = await safeDb(db).orders.updateOne({ number: request.params.number, status: op({ $in: ['pending', 'paid'] }) }, { $set: changes });
    if (matchedCount === 0) throw notFound('open order');
    return { changed: Object.keys(changes).length };
  });

  app.get('/orders/latest', async (request) => {
    holderOf(request, 'orders');
    const order = await orders.latest();
    return order === undefined ? { order: null } : { order };
  });
}
