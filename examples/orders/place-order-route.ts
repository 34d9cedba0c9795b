import { trusted } from 'safe-collection';

import { readId } from '../http/read-query.ts';
import type { Request, Route } from '../http/route.ts';
import type { Orders } from './open-orders.ts';
import { orderView } from './order-view.ts';

/** What a client that keeps to the rules sends. */
interface OrderLine {
  readonly product: string;
  readonly quantity: number;
}

export function placeOrderRoute(orders: Orders): Route {
  return { method: 'POST', status: 201, path: '/api/order', handle: (request) => placeOrder(orders, request) };
}

/** Whose order it is says the gateway, in a header that it sets itself; what it costs says the shop. */
async function placeOrder(orders: Orders, { headers, body }: Request) {
  const set = { user_id: readId(String(headers['x-user-id'])), cost_center: 'CC-7741', internal_notes: [] };
  const { document } = await orders.insertOne(body as OrderLine, { trusted: trusted({ set }), projection: orderView });
  return document;
}
