import { Readable } from 'node:stream';

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendable, type CollectionOf, type SafeChangeStream } from 'safe-collection';

import type { tenantOrderView } from './tenant-views.ts';

/** The collections of the tenant who asks. */
type Own = (request: FastifyRequest) => { readonly tenant_orders: CollectionOf<typeof tenantOrderView> };

/**
 * `/api/orders/live`: the changes of the tenant's orders as server-sent events. A browser that reconnects sends the id of the last event, which is
 * a sealed token, and gets what it missed.
 */
export function liveOrdersRoute(app: FastifyInstance, own: Own): void {
  app.get('/api/orders/live', async (request, reply) => {
    const last = request.headers['last-event-id'];
    const projection = ['id', 'product', 'quantity'] as const;
    const changes = await own(request).tenant_orders.watch(
      {},
      typeof last === 'string' ? { projection, resumeAfter: last } : { projection },
    );
    request.raw.once('close', () => void changes.close());
    return reply.type('text/event-stream').send(Readable.from(linesOf(changes)));
  });
}

/** The events as text. This content type is passed through by the response guard, so each document is checked here. */
async function* linesOf(changes: SafeChangeStream<object>): AsyncGenerator<string> {
  yield ': open\n\n';
  for await (const event of changes) {
    const data = event.type === 'resync' ? {} : sendable(event.document);
    yield `id: ${event.token ?? ''}\nevent: ${event.type}\ndata: ${JSON.stringify(data)}\n\n`;
  }
}
