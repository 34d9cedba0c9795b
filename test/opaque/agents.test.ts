import { beforeAll, expect, it } from 'vitest';
import { agentTools } from 'safe-collection/agent';

import { testServer } from '../write/support/server.ts';
import { fill, holdsStoredId, shopOf } from './support/shop.ts';

const server = testServer();

beforeAll(() => fill(server.db));

it('a tool shows opaque ids, and takes them in conditions of equality only', async () => {
  const tools = agentTools(shopOf(server.db), { purchases: ['find', 'aggregate'] });
  const found = await tools.call('purchases_find', { projection: ['id', 'product'] });
  expect(holdsStoredId(found)).toBe(false);
  const [id] = /(?<="id":")[\w-]{22}/.exec(JSON.stringify(found)) ?? [];
  const ask = async (op: string) =>
    JSON.stringify(
      await tools.call('purchases_find', { projection: ['product'], filter: { field: 'id', op, value: id } }),
    );
  expect(await ask('eq')).toMatch(/"product":"(?:lamp|desk|tea)"/);
  expect(await ask('gt')).not.toMatch(/"product":"(?:lamp|desk|tea)"/);
  const aggregate = tools.descriptors.find(({ name }) => name === 'purchases_aggregate');
  expect(JSON.stringify(aggregate?.inputSchema)).toContain('"product"');
  expect(JSON.stringify(aggregate?.outputSchema)).not.toContain('"buyer"');
});
