import { expect, it } from 'vitest';

import { twoShops, USER_IDS } from './support/shop.ts';

const { tools, plainTools, commands, log, dbs } = twoShops();

async function outputOf(name: string, input: unknown, from = tools) {
  const answer = await from.call(name, input);
  if (!answer.ok) throw new Error(answer.text);
  expect(JSON.parse(answer.text)).toEqual(answer.output);
  return answer.output;
}

const LAMPS = { field: 'product', op: 'eq', value: 'lamp' };

it('find returns the named fields of the matching rows of the scope', async () => {
  const output = await outputOf('orders_find', {
    projection: ['product', 'quantity', 'place.city'],
    filter: { and: [LAMPS, { field: 'quantity', op: 'gte', value: 6 }] },
    sort: [{ field: 'quantity', direction: 'desc' }],
    limit: 2,
  });
  expect(output).toEqual({
    documents: [
      { product: 'lamp', quantity: 8, place: { city: 'London' } },
      { product: 'lamp', quantity: 6, place: { city: 'London' } },
    ],
    hasMore: false,
  });
});

it('takes JSON as a string too', async () => {
  expect(await outputOf('orders_count', JSON.stringify({ filter: LAMPS }))).toEqual({ count: 6 });
});

it('counts only the rows of the scope', async () => {
  expect(await outputOf('orders_count', {})).toEqual({ count: 24 });
});

it('dates and ids are strings at fields of these kinds, in both directions', async () => {
  const user_id = String(USER_IDS[1]);
  const output = await outputOf('orders_find', {
    projection: ['user_id', 'order_date'],
    filter: {
      and: [
        { field: 'user_id', op: 'eq', value: user_id },
        { field: 'order_date', op: 'lt', value: '2026-02-20' },
        { field: 'order_date', op: 'gte', value: '2026-02-02T00:00:00Z' },
      ],
    },
  });
  expect(output).toEqual({
    documents: [
      { user_id, order_date: '2026-02-02T00:00:00.000Z' },
      { user_id, order_date: '2026-02-08T00:00:00.000Z' },
      { user_id, order_date: '2026-02-14T00:00:00.000Z' },
    ].filter(({ order_date }) => order_date < '2026-02-20'),
    hasMore: expect.any(Boolean),
  });
});

it('fields without a kind take dates and ids in the closed forms', async () => {
  const ask = (value: unknown, field: string) =>
    outputOf('orders_count', { filter: { field, op: 'eq', value } }, plainTools);
  expect(await ask({ id: String(USER_IDS[0]) }, 'user_id')).toEqual({ count: 8 });
  expect(await ask({ date: '2026-01-01' }, 'order_date')).toEqual({ count: 1 });
  expect(await ask(String(USER_IDS[0]), 'user_id')).toEqual({ count: 0 });
});

it.each([
  [{ field: 'product', op: 'ne', value: 'lamp' }, 18],
  [{ field: 'product', op: 'in', value: ['lamp', 'tea'] }, 12],
  [{ field: 'product', op: 'nin', value: ['lamp', 'tea'] }, 12],
  [{ field: 'product', op: 'startsWith', value: 'a.b*' }, 6],
  [{ field: 'product', op: 'startsWith', value: 'a..' }, 0],
  [{ field: 'product', op: 'contains', value: 'B*C' }, 6],
  [{ field: 'product', op: 'contains', value: '.' }, 6],
  [{ field: 'product', op: 'contains', value: String.raw`\w` }, 0],
  [{ field: 'note', op: 'eq', value: null }, 16],
  [{ field: 'note', op: 'exists', value: true }, 16],
  [{ field: 'is_gift', op: 'eq', value: true }, 5],
  [{ field: 'tags', op: 'eq', value: 'new' }, 12],
  [{ field: 'quantity', op: 'gt', value: 8 }, 2],
  [{ not: { field: 'quantity', op: 'lte', value: 8 } }, 2],
  [{ or: [LAMPS, { field: 'is_gift', op: 'eq', value: true }] }, 9],
  [{ field: '_id', op: 'eq', value: { id: '0'.padStart(24, 'a') } }, 1],
])('the condition %j', async (filter, count) => {
  expect(await outputOf('orders_count', { filter })).toEqual({ count });
});

it('aggregate groups by fields and by units of dates', async () => {
  const output = await outputOf('orders_aggregate', {
    filter: { field: 'order_date', op: 'lt', value: '2026-03-01' },
    group: [{ field: 'order_date', unit: 'month' }, 'place.city'],
    measures: [
      { name: 'orders', op: 'count' },
      { name: 'sold', op: 'sum', field: 'quantity' },
      { name: 'most', op: 'max', field: 'quantity' },
    ],
    sort: [{ field: 'orders', direction: 'desc' }],
  });
  expect(output).toEqual({
    groups: [
      {
        group: { order_date: '2026-01-01T00:00:00.000Z', 'place.city': 'London' },
        values: { orders: 4, sold: 12, most: 6 },
      },
      {
        group: { order_date: '2026-02-01T00:00:00.000Z', 'place.city': 'Paris' },
        values: { orders: 4, sold: 20, most: 9 },
      },
    ],
    hasMore: false,
  });
});

it('aggregate without a group computes over all rows of the scope, and takes missing and null as one group', async () => {
  const measures = [{ name: 'orders', op: 'count' }];
  expect(await outputOf('orders_aggregate', { measures })).toEqual({
    groups: [{ group: {}, values: { orders: 24 } }],
    hasMore: false,
  });
  const byNote = await outputOf('orders_aggregate', { group: ['note'], measures, limit: 1 });
  expect(byNote).toEqual({ groups: [{ group: { note: null }, values: { orders: 16 } }], hasMore: true });
});

it('the names that a model chooses are not sent', async () => {
  commands.length = 0;
  await outputOf('orders_aggregate', { group: ['product'], measures: [{ name: 'zebra', op: 'count' }] });
  expect(JSON.stringify(commands.map(({ command }) => command as object))).not.toContain('zebra');
});

it('hasMore says whether there is more, and skip goes on', async () => {
  const ask = (skip: number) => outputOf('orders_find', { projection: ['product'], limit: 20, skip });
  expect(await ask(0)).toMatchObject({ hasMore: true });
  expect((await ask(20))['documents']).toHaveLength(4);
  expect(await ask(4)).toMatchObject({ hasMore: false });
});

it('the log hears of the call, without values', async () => {
  log.length = 0;
  await tools.call('orders_find', { projection: ['product'], filter: { and: [LAMPS, LAMPS] } });
  await tools.call('orders_find', { projection: ['cost_center'], filter: LAMPS });
  await tools.call('zebra', {});
  const numbers = { bytes: expect.any(Number), milliseconds: expect.any(Number) };
  expect(log).toEqual([
    { tool: 'orders_find', view: 'orders', filterPaths: ['product'], rows: 6, ...numbers },
    { tool: 'orders_find', view: 'orders', filterPaths: ['product'], rows: 0, ...numbers, code: 'projection_path' },
    { filterPaths: [], rows: 0, ...numbers, code: 'tool_unknown' },
  ]);
  expect(JSON.stringify(log)).not.toMatch(/lamp|zebra|cost_center/);
});

it('a stored value of another kind is an answer too, without the value', async () => {
  const db = dbs[0];
  const stored = { tenant_id: 'acme', product: { secret: 'SECRET' } };
  await db?.collection('orders').insertOne(stored);
  const answer = await tools.call('orders_find', { projection: ['product'] });
  await db?.collection('orders').deleteOne(stored);
  expect(answer).toMatchObject({ ok: false, refusal: { code: 'schema_drift', where: 'product' } });
  expect(answer.text).not.toContain('SECRET');
});
