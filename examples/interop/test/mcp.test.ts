import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { agentTools } from 'safe-collection/agent';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import { serveTools } from '../mcp/serve-tools.ts';
import { seededShop, SECRET } from './support/seeded-shop.ts';

const { db, products } = seededShop();
const client = new Client({ name: 'test', version: '1.0.0' });

beforeAll(async () => {
  const tools = agentTools(
    { products },
    { products: ['find', 'count', 'aggregate'] },
    { describe: { products: { fields: { added_at: { kind: 'date' }, price: { kind: 'number' } } } } },
  );
  const [here, there] = InMemoryTransport.createLinkedPair();
  await serveTools(tools).connect(there);
  await client.connect(here);
});
afterAll(() => client.close());

it("the SDK's client lists the tools, without the scope", async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['products_find', 'products_count', 'products_aggregate']);
  expect(JSON.stringify(tools)).not.toMatch(/shop_id|acme|purchase_price|contract/);
});

it("the SDK's client checks answers with the schemas of the tools", async () => {
  await client.listTools();
  const found = await client.callTool({
    name: 'products_find',
    arguments: {
      projection: ['name', 'price', 'added_at', 'supplier.city'],
      sort: [{ field: 'price', direction: 'asc' }],
    },
  });
  expect(found.structuredContent).toEqual({
    documents: [
      { name: 'The tea', price: 4, added_at: '2026-03-14T09:26:53.000Z', supplier: { city: 'London' } },
      { name: 'The lamp', price: 80, added_at: '2026-03-14T09:26:53.000Z', supplier: { city: 'London' } },
    ],
    hasMore: false,
  });
  const counted = await client.callTool({ name: 'products_count', arguments: {} });
  expect(counted.structuredContent).toEqual({ count: 2 });
  const grouped = await client.callTool({
    name: 'products_aggregate',
    arguments: {
      group: [{ field: 'added_at', unit: 'year' }],
      measures: [{ name: 'dearest', op: 'max', field: 'price' }],
    },
  });
  expect(grouped.structuredContent).toEqual({
    groups: [{ group: { added_at: '2026-01-01T00:00:00.000Z' }, values: { dearest: 80 } }],
    hasMore: false,
  });
});

it.each([
  { name: 'products_find', arguments: { projection: ['purchase_price'] } },
  { name: 'products_count', arguments: { filter: { field: 'shop_id', op: 'eq', value: 'x' } } },
  { name: 'products_count', arguments: { filter: { $where: 'true' } } },
  { name: 'products_deleteMany', arguments: {} },
])('a refusal is an answer that the model can read: $name $arguments', async (call) => {
  const answer = await client.callTool(call);
  expect(answer.isError).toBe(true);
  expect(answer.structuredContent).toBeUndefined();
  const [{ text }] = answer.content as [{ text: string }];
  expect(JSON.parse(text)).toMatchObject({ error: { code: expect.any(String), instead: expect.any(String) } });
});

it('works over stdio, as a host starts it', async () => {
  const uri = new URL(inject('mongodbUri'));
  uri.pathname = `/${db.databaseName}`;
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--import', 'tsx', new URL('../mcp/main.ts', import.meta.url).pathname],
    env: {
      ...process.env,
      MONGODB_URI: uri.href,
      SHOP_ID: 'acme',
      TSX_TSCONFIG_PATH: new URL('../tsconfig.json', import.meta.url).pathname,
    } as Record<string, string>,
    stderr: 'pipe',
  });
  const logged: string[] = [];
  transport.stderr?.on('data', (chunk: Buffer) => logged.push(String(chunk)));
  const host = new Client({ name: 'host', version: '1.0.0' });
  await host.connect(transport);
  const answer = await host.callTool({ name: 'products_find', arguments: { projection: ['sku'] } });
  await host.close();
  expect(answer.structuredContent).toMatchObject({
    documents: [{ sku: expect.any(String) }, { sku: expect.any(String) }],
  });
  expect(JSON.stringify(answer)).not.toMatch(SECRET);
  expect(logged.join('')).toContain('"tool":"products_find"');
  expect(logged.join('')).not.toMatch(/lamp|tea/);
});
