import type { FastifyInstance } from 'fastify';
import { trusted } from 'safe-collection';

import { JSON_BODY } from '../http/json-body.ts';
import { readId } from '../http/read-query.ts';
import type { Orders } from './open-orders.ts';
import { orderView } from './order-view.ts';

/** The expected request body. */
interface OrderLine {
  readonly product: string;
  readonly quantity: number;
}

/** The gateway sets the user of the order in a header; the shop sets the cost. */
export function placeOrderRoute(app: FastifyInstance, orders: Orders): void {
  app.post<{ Body: OrderLine }>('/api/order', { schema: JSON_BODY }, async ({ headers, body }, reply) => {
    const set = { user_id: readId(String(headers['x-user-id'])), cost_center: 'CC-7741', internal_notes: [] };
    const { document } = await orders.insertOne(body, { trusted: trusted({ set }), projection: orderView });
    return reply.code(201).send(document);
  });
}
