import { randomBytes, randomUUID } from 'node:crypto';

import { MongoClient } from 'mongodb';
import { expect, inject, it, onTestFinished } from 'vitest';

import { serve } from '../../examples/http/serve.ts';
import { openTenantShop, prepareTenantShop } from '../../examples/tenants/open-tenant-shop.ts';
import { seedTenants } from '../../examples/tenants/seed-tenants.ts';
import { tenantOrderRoutes } from '../../examples/tenants/tenant-order-routes.ts';

/** What only the service may know: stored ids, tenants, private fields. */
const PRIVATE = /"_id"|customer_id|tenant_id|globex|cost_center|CC-7741|[0-9a-f]{24}/;

interface Order {
  readonly id: string;
  readonly customer: string;
  readonly product: string;
  readonly quantity: number;
}
interface Page {
  readonly items: readonly Order[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** A seeded database with the service on it, removed after the test. */
async function startTenants() {
  const client = await new MongoClient(inject('mongodbUri')).connect();
  onTestFinished(() => client.close());
  const db = client.db(`safe-collection-${randomUUID()}`);
  onTestFinished(async () => void (await db.dropDatabase()));
  await prepareTenantShop(db);
  const stored = await seedTenants(db);
  const service = await serve(tenantOrderRoutes(openTenantShop(db, [randomBytes(32)])), {
    passThrough: ['text/event-stream', 'text/html'],
  });
  onTestFinished(() => service[Symbol.asyncDispose]());
  const fetchAs = (tenant: string | undefined, path: string, init: RequestInit = {}) =>
    fetch(service.url + path, {
      ...init,
      headers: { ...(init.headers as object), ...(tenant === undefined ? {} : { 'x-tenant': tenant }) },
    });
  const ask = async (tenant: string | undefined, path: string, method = 'GET', body?: unknown) => {
    const json =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await fetchAs(tenant, path, { method, ...json });
    const text = await response.text();
    return { status: response.status, text, body: (text === '' ? null : JSON.parse(text)) as unknown };
  };
  const list = async (tenant: string, query = ''): Promise<Page> =>
    (await ask(tenant, `/api/orders${query}`)).body as Page;
  return { db, stored, ask, fetchAs, list };
}

it('lists the orders of the tenant in pages, newest first, with sealed ids', async () => {
  const { ask, list } = await startTenants();
  const first = await list('acme', '?limit=2');
  expect(first.items.map(({ product }) => product)).toEqual(['chair', 'desk']);
  const last = await list('acme', `?limit=2&after=${first.next}`);
  expect(last.items.map(({ product }) => product)).toEqual(['lamp']);
  expect(last.next).toBe(null);
  expect((await ask('acme', '/api/orders')).text).not.toMatch(PRIVATE);
  for (const { id, customer } of first.items) for (const text of [id, customer]) expect(text).toMatch(/^[\w-]{22}$/);
});

it('refuses the page of another tenant, and an edited cursor', async () => {
  const { ask, list } = await startTenants();
  const { next } = await list('acme', '?limit=2');
  for (const [tenant, cursor] of [
    ['globex', next],
    ['acme', `${next}A`],
  ] as const)
    expect(await ask(tenant, `/api/orders?limit=2&after=${cursor}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'token_invalid' } },
    });
});

it.each(['GET', 'PATCH', 'DELETE'])(
  '%s answers 404 for an id of another tenant, as for one that nobody made',
  async (method) => {
    const { ask, list, stored } = await startTenants();
    const [order] = (await list('acme')).items;
    const id = order?.id ?? '';
    const body = method === 'PATCH' ? { quantity: 9 } : undefined;
    const missing = { status: 404, body: { error: { code: 'not_found', message: 'There is no such document.' } } };
    const edited = `${id.slice(0, -1)}${id.endsWith('A') ? 'Q' : 'A'}`;
    const ids = [edited, 'x', 'A'.repeat(22), stored[0]?._id.toHexString(), order?.customer];
    expect(await ask('globex', `/api/orders/${id}`, method, body)).toMatchObject(missing);
    for (const other of ids) expect(await ask('acme', `/api/orders/${other}`, method, body)).toMatchObject(missing);
    expect((await list('acme')).items[0]).toEqual(order);
    expect((await ask('acme', `/api/orders/${id}`, method, body)).status).toBe(method === 'DELETE' ? 204 : 200);
  },
);

it('stores an order for a customer of the tenant, and for no other', async () => {
  const { ask, db, list } = await startTenants();
  const [own] = (await list('acme')).items;
  const [other] = (await list('globex')).items;
  const input = { customer: own?.customer, product: 'pen', quantity: 3 };
  const { status, body, text } = await ask('acme', '/api/orders', 'POST', input);
  expect([status, text]).toEqual([201, expect.not.stringMatching(PRIVATE)]);
  expect(body).toMatchObject({ ...input, id: expect.stringMatching(/^[\w-]{22}$/) as string });
  expect(await db.collection('tenant_orders').countDocuments({ tenant_id: 'acme', product: 'pen' })).toBe(1);
  const wrong = [
    { ...input, customer: other?.customer },
    { ...input, customer: own?.id },
    { ...input, customer: 'x' },
  ];
  for (const each of wrong) expect((await ask('acme', '/api/orders', 'POST', each)).status).toBe(404);
  expect(await db.collection('tenant_orders').countDocuments({ product: 'pen' })).toBe(1);
  const assigned = await ask('acme', '/api/orders', 'POST', { ...input, tenant_id: 'globex' });
  expect(assigned).toMatchObject({ status: 400, body: { error: { code: 'write_path' } } });
});

it('answers 401 without a session', async () => {
  const { ask } = await startTenants();
  expect(await ask(undefined, '/api/orders')).toMatchObject({ status: 401 });
});

it('sends the changes of the tenant as server-sent events, and continues after the last one', async () => {
  const { ask, fetchAs, list } = await startTenants();
  const [order] = (await list('acme')).items;
  const live = await fetchAs('acme', '/api/orders/live');
  expect(live.headers.get('content-type')).toContain('text/event-stream');
  const events = readerOf(live);
  expect(await events.read()).toBe(': open\n\n');
  const [foreign] = (await list('globex')).items;
  await ask('globex', `/api/orders/${foreign?.id}`, 'PATCH', { quantity: 7 });
  await ask('acme', `/api/orders/${order?.id}`, 'PATCH', { quantity: 8 });
  const update = await events.read();
  expect(update).toContain('event: update\n');
  expect(update).toContain(`data: {"id":"${order?.id}","product":"chair","quantity":8}\n`);
  expect(update).not.toMatch(PRIVATE);
  await events.cancel();

  await ask('acme', `/api/orders/${order?.id}`, 'DELETE');
  const token = /^id: (.+)$/m.exec(update)?.[1] ?? '';
  const again = await fetchAs('acme', '/api/orders/live', { headers: { 'last-event-id': token } });
  const later = readerOf(again);
  expect(await later.read()).toBe(': open\n\n');
  expect(await later.read()).toContain('event: leave\n');
  await later.cancel();
  const other = await fetchAs('globex', '/api/orders/live', { headers: { 'last-event-id': token } });
  expect(other.status).toBe(400);
});

it('has a page for the browser, without data', async () => {
  const { fetchAs } = await startTenants();
  const page = await fetchAs(undefined, '/orders/live');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toContain("new EventSource('/api/orders/live')");
});

/** Reads event by event: several may come in one chunk. */
function readerOf(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error('The response has no body.');
  let text = '';
  const read = async (): Promise<string> => {
    const end = text.indexOf('\n\n');
    if (end < 0) {
      const { value, done } = await reader.read();
      if (done) throw new Error('The stream has ended.');
      text += value;
      return await read();
    }
    const event = text.slice(0, end + 2);
    text = text.slice(end + 2);
    return event;
  };
  return { read, cancel: () => reader.cancel() };
}
