import { ObjectId } from 'mongodb';
import { createSafeDb, defineView, opaqueId } from 'safe-collection';
import { beforeAll, expect, it } from 'vitest';
import { agentTools } from 'safe-collection/agent';

import { testServer } from '../write/support/server.ts';
import { fill, holdsStoredId, KEY, shopOf } from './support/shop.ts';

const server = testServer();

beforeAll(() => fill(server.db));

it('no tool names the scope, also if its path is an opaque id', async () => {
  interface Doc {
    tenant_id: ObjectId;
    title: string;
  }
  const docView = defineView<Doc>()({
    name: 'docs',
    public: { tenant: opaqueId('tenant_id'), title: 1 },
    scope: { tenant_id: 1 },
  });
  const tenant_id = new ObjectId();
  await server.db.collection<Doc>('docs').insertOne({ tenant_id, title: 'plan' });
  const docs = createSafeDb(server.db, { docs: docView }, { sealKeys: [KEY] }).scoped({ tenant_id });
  const tools = agentTools(docs, { docs: ['find', 'count'] } as never);
  expect(JSON.stringify(tools.descriptors)).not.toContain('tenant');
  const ask = async (input: object) => JSON.stringify(await tools.call('docs_find', input));
  expect(await ask({ projection: ['title'] })).toContain('"title":"plan"');
  expect(await ask({ projection: ['title', 'tenant'] })).not.toContain('"title":"plan"');
  const filter = { field: 'tenant', op: 'eq', value: null };
  expect(await ask({ projection: ['title'], filter })).not.toContain('"rows"');
});

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
