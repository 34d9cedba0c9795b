import { randomBytes } from 'node:crypto';

import type { Db } from 'mongodb';

import { serve } from '../http/serve.ts';
import { openTenantShop, prepareTenantShop } from '../tenants/open-tenant-shop.ts';
import { seedTenants } from '../tenants/seed-tenants.ts';
import { tenantOrderRoutes } from '../tenants/tenant-order-routes.ts';
import type { Paper } from './paper.ts';

interface Order {
  readonly id: string;
  readonly product: string;
}

/** Requests the service of two tenants: pages, an id of the other tenant, and a live page. */
export async function showTenants(db: Db, paper: Paper): Promise<void> {
  await prepareTenantShop(db);
  await seedTenants(db);
  await using service = await serve(tenantOrderRoutes(openTenantShop(db, [randomBytes(32)])), {
    passThrough: ['text/event-stream', 'text/html'],
  });
  const ask = (tenant: string, path: string, init: RequestInit = {}) =>
    fetch(service.url + path, { ...init, headers: { 'x-tenant': tenant, 'content-type': 'application/json' } });

  const first = (await (await ask('acme', '/api/orders?limit=2')).json()) as { items: Order[]; next: string };
  paper.print(
    `${paper.bold('GET /api/orders?limit=2')} as acme → ${first.items.map(({ product }) => product).join(', ')}`,
  );
  const rest = (await (await ask('acme', `/api/orders?limit=2&after=${first.next}`)).json()) as { items: Order[] };
  paper.print(`    after=${first.next.slice(0, 24)}… → ${rest.items.map(({ product }) => product).join(', ')}`);
  const id = first.items[0]?.id ?? '';
  const edited = `${id.slice(0, 5)}${id[5] === 'A' ? 'B' : 'A'}${id.slice(6)}`;
  for (const [tenant, asked, note] of [
    ['acme', id, 'its own'],
    ['globex', id, 'of another tenant'],
    ['acme', edited, 'with one character changed'],
  ] as const) {
    const { status } = await ask(tenant, `/api/orders/${asked}`);
    paper.print(`${paper.bold(`GET /api/orders/${asked}`)} as ${tenant} (${note}) → ${status}`);
  }

  const live = await ask('acme', '/api/orders/live');
  const events = live.body?.pipeThrough(new TextDecoderStream()).getReader();
  await events?.read();
  await ask('globex', `/api/orders/${id}`, { method: 'PATCH', body: '{"quantity":9}' });
  await ask('acme', `/api/orders/${id}`, { method: 'PATCH', body: '{"quantity":5}' });
  const text = await readEvent(events);
  paper.print(`${paper.bold('GET /api/orders/live')} as acme, after a PATCH by each tenant:`);
  for (const line of text.split('\n').filter((each) => /^(?:event|data):/.test(each))) paper.print(`    ${line}`);
  await events?.cancel();
  paper.print(`    The page for a browser is ${service.url}/orders/live\n`);
}

/** The next event of a stream, which may come in several chunks. */
async function readEvent(events: ReadableStreamDefaultReader<string> | undefined, before = ''): Promise<string> {
  const { value, done = true } = (await events?.read()) ?? {};
  if (done) throw new Error('The live page has ended.');
  const text = before + value;
  return /^event:[^]*\n\n/m.test(text) ? text : await readEvent(events, text);
}
