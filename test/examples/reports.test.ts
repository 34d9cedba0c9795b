import { expect, it, onTestFinished } from 'vitest';

import { serve } from '../../examples/http/serve.ts';
import { openShop } from '../../examples/reports/open-shop.ts';
import { reportRoutes } from '../../examples/reports/report-routes.ts';
import { startServices } from './services.ts';

/** Words that are only in the private values and names of users and orders. */
const PRIVATE =
  /"_id"|user_id|cost_center|CC-7741|internal_notes|chargeback|discount|password|api_key|sk_live|ssn|access_code|token|email/;

async function startReports() {
  const { db } = await startServices();
  const service = await serve(reportRoutes(openShop(db)));
  onTestFinished(() => service[Symbol.asyncDispose]());
  return {
    db,
    get: async (path: string) => {
      const response = await fetch(service.url + path);
      const text = await response.text();
      return { status: response.status, text, body: JSON.parse(text) as unknown };
    },
  };
}

it('answers the orders of a user with their sums', async () => {
  const { get } = await startReports();
  const { status, body, text } = await get('/api/user/orders/ada');
  expect(status).toBe(200);
  expect(body).toEqual({
    username: 'ada',
    orders: [
      { product: 'lamp', quantity: 1, order_date: '2026-09-02T10:00:00.000Z' },
      { product: 'desk', quantity: 2, order_date: '2026-10-17T16:30:00.000Z' },
      { product: 'lamp', quantity: 4, order_date: '2026-11-05T08:15:00.000Z' },
    ],
    count: 3,
    pieces: 7,
  });
  expect(text).not.toMatch(PRIVATE);
});

it('returns no orders for a user without orders, and 404 for an unknown user', async () => {
  const { get } = await startReports();
  expect((await get('/api/user/orders/alan')).body).toEqual({ username: 'alan', orders: [], count: 0, pieces: 0 });
  expect((await get('/api/user/orders/nobody')).status).toBe(404);
});

it('reports sales by product and month', async () => {
  const { get } = await startReports();
  const { body, text } = await get('/api/report/sales');
  expect(body).toEqual([
    { product: 'lamp', month: '2026-09', pieces: 1, orders: 1 },
    { product: 'desk', month: '2026-10', pieces: 2, orders: 1 },
    { product: 'lamp', month: '2026-11', pieces: 4, orders: 1 },
  ]);
  expect(text).not.toMatch(PRIVATE);
  expect((await get('/api/report/sales?from=2026-10-01')).body).toHaveLength(2);
  expect(await get('/api/report/sales?from[$ne]=1')).toMatchObject({
    status: 400,
    body: { error: { code: 'bad_query' } },
  });
});

it('answers the orders of a product with their buyers', async () => {
  const { get } = await startReports();
  const { body, text } = await get('/api/order/buyers/lamp');
  const buyer = { username: 'ada', profile: { avatar: '/img/ada.png' } };
  expect(body).toEqual([
    { product: 'lamp', quantity: 1, buyer },
    { product: 'lamp', quantity: 4, buyer },
  ]);
  expect(text).not.toMatch(PRIVATE);
});

it('does not answer a field that is added to the database afterwards', async () => {
  const { get, db } = await startReports();
  const paths = ['/api/user/orders/ada', '/api/report/sales', '/api/order/buyers/lamp'];
  const before = await Promise.all(paths.map(get));
  await db.collection('users').updateMany({}, { $set: { two_factor_secret: 'JBSWY3DP', 'profile.salary': 90_000 } });
  await db.collection('orders').updateMany({}, { $set: { supplier_price: 7 } });
  expect(await Promise.all(paths.map(get))).toEqual(before);
});
