import { ObjectId } from 'mongodb';
import { expect, it } from 'vitest';

import { startServices } from './services.ts';

/** Words that are only in the private values and names of an order. */
const PRIVATE = /"_id"|cost_center|CC-7741|internal_notes|chargeback|discount/;

it('answers an order by id with its safe view', async () => {
  const { get, ada, orders } = await startServices();
  const { status, body, text } = await get('orders', `/api/order/${idOf(orders[1])}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    user_id: ada._id.toHexString(),
    product: 'desk',
    quantity: 2,
    order_date: '2026-10-17T16:30:00.000Z',
  });
  expect(text).not.toMatch(PRIVATE);
});

it('lists orders, newest first', async () => {
  const { get } = await startServices();
  const { status, body, text } = await get('orders', '/api/order');
  expect(status).toBe(200);
  expect(body).toEqual([
    { product: 'lamp', quantity: 4, order_date: '2026-11-05T08:15:00.000Z' },
    { product: 'desk', quantity: 2, order_date: '2026-10-17T16:30:00.000Z' },
    { product: 'lamp', quantity: 1, order_date: '2026-09-02T10:00:00.000Z' },
  ]);
  expect(text).not.toMatch(PRIVATE);
});

it('filters, sorts, limits and projects as the client asks', async () => {
  const { get } = await startServices();
  const answer = async (query: string) => (await get('orders', `/api/order?${query}`)).body;
  expect(await answer('product=lamp&sort=quantity&fields=quantity')).toEqual([{ quantity: 1 }, { quantity: 4 }]);
  expect(await answer('min=2&sort=product&fields=product')).toEqual([{ product: 'desk' }, { product: 'lamp' }]);
  expect(await answer('sort=-quantity&limit=1&fields=quantity')).toEqual([{ quantity: 4 }]);
});

it.each([
  ['an operator for a product', 'product[$ne]=', 'filter_operator_untagged'],
  ['a sort by a private field', 'sort=cost_center', 'sort_path'],
  ['a descending sort by a private field', 'sort=-internal_notes', 'sort_path'],
  ['a sort in natural order', 'sort=$natural', 'sort_path'],
  ['a private field', 'fields=product,cost_center', 'projection_path'],
  ['no field', 'fields=', 'projection_path'],
  ['the same field twice', 'fields=product,product', 'projection_collision'],
  ['a limit of none', 'limit=0', 'option_value'],
  ['a limit that is not a number', 'limit=all', 'option_value'],
  ['a nested limit', 'limit[a]=1', 'bad_query'],
])('refuses %s', async (_, query, code) => {
  const { get } = await startServices();
  expect(await get('orders', `/api/order?${query}`)).toMatchObject({ status: 400, body: { error: { code } } });
});

it('answers 404 for a missing order and 400 for a bad id', async () => {
  const { get } = await startServices();
  expect((await get('orders', `/api/order/${new ObjectId().toHexString()}`)).status).toBe(404);
  expect((await get('orders', '/api/order/6b05')).status).toBe(400);
});

it('does not answer a field that is added to the database afterwards', async () => {
  const { get, db, orders } = await startServices();
  const paths = [`/api/order/${idOf(orders[0])}`, '/api/order'];
  const before = await Promise.all(paths.map((path) => get('orders', path)));
  await db.collection('orders').updateMany({}, { $set: { supplier_price: 7 } });
  expect(await Promise.all(paths.map((path) => get('orders', path)))).toEqual(before);
});

function idOf(order: { readonly _id: ObjectId } | undefined): string {
  if (order === undefined) throw new Error('The order was not seeded.');
  return order._id.toHexString();
}
