import { createServer, type AddressInfo } from 'node:net';

import { MongoClient } from 'mongodb';
import { createSafeDb } from 'safe-collection';
import { agentTools } from 'safe-collection/agent';
import { expect, it } from 'vitest';

import { orderView, twoShops } from './support/shop.ts';

const { tools, commands, dbs } = twoShops({ maxRows: 5, maxBytes: 300 });

it('an answer has no more rows than maxRows', async () => {
  commands.length = 0;
  const answer = await tools.call('orders_find', { projection: ['quantity'] });
  expect(answer).toMatchObject({ ok: true, output: { hasMore: true } });
  expect(answer.ok && answer.output['documents']).toHaveLength(5);
  expect(commands.map(({ command }) => command['limit'] as unknown)).toEqual([6]);
  expect(await tools.call('orders_find', { projection: ['quantity'], limit: 6 })).toMatchObject({
    ok: false,
    refusal: { code: 'option_value', where: 'limit', instead: 'Pass 5 or less.' },
  });
});

it('an answer has no more bytes than maxBytes', async () => {
  const answer = await tools.call('orders_find', { projection: ['user_id', 'product', 'order_date', 'tags'] });
  expect(answer).toMatchObject({ ok: true, output: { hasMore: true } });
  expect(Buffer.byteLength(answer.text)).toBeLessThan(300 + 40);
  expect(answer.ok && answer.output['documents']).toHaveLength(2);
});

it('a row that is too large by itself is refused', async () => {
  const small = agentTools(shopOf(), { orders: ['find'] }, { maxBytes: 10 });
  expect(await small.call('orders_find', { projection: ['order_date', 'product'] })).toMatchObject({
    ok: false,
    refusal: { code: 'answer_too_large', where: 'projection' },
  });
});

it('every command has the time limit of the server', async () => {
  commands.length = 0;
  await tools.call('orders_find', { projection: ['quantity'] });
  await tools.call('orders_count', {});
  await tools.call('orders_aggregate', { measures: [{ name: 'n', op: 'count' }] });
  expect(commands.map(({ command }) => command['maxTimeMS'] as unknown)).toEqual([5_000, 5_000, 5_000]);
});

it('a call that takes longer than maxTimeMS is refused, also if the server never answers', async () => {
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', () => resolve()));
  const { port } = silent.address() as AddressInfo;
  const client = new MongoClient(`mongodb://127.0.0.1:${port}`);
  const slow = createSafeDb(client.db('shop'), { orders: orderView }).scoped({ tenant_id: 'acme' });
  const quick = agentTools(slow, { orders: ['find', 'count', 'aggregate'] }, { maxTimeMS: 100 });
  for (const [name, input] of [
    ['orders_find', { projection: ['quantity'] }],
    ['orders_count', {}],
    ['orders_aggregate', { measures: [{ name: 'n', op: 'count' }] }],
  ] as const) {
    const answer = await quick.call(name, input);
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'timeout', instead: expect.any(String) } });
  }
  await client.close();
  silent.close();
});

it('the signal of the program ends the call with its own reason', async () => {
  commands.length = 0;
  const reason = new Error('the user left');
  await expect(tools.call('orders_count', {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  expect(commands).toEqual([]);
});

function shopOf() {
  const [db] = dbs;
  if (db === undefined) throw new Error('There is a database.');
  return createSafeDb(db, { orders: orderView }).scoped({ tenant_id: 'acme' });
}
