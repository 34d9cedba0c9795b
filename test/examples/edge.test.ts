import { randomUUID } from 'node:crypto';

import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

import worker from '../../examples/edge/worker.ts';

const uri = new URL(inject('mongodbUri'));
uri.pathname = `/safe-collection-${randomUUID()}`;
const env = { MONGODB_URI: uri.href };
const client = new MongoClient(uri.href);

beforeAll(async () => {
  const stored = { sku: 'lamp', name: 'The lamp', price: 80, purchase_price: 31 };
  await client.db().collection('products').insertOne(stored);
});
afterAll(async () => {
  await client.db().dropDatabase();
  await client.close();
});

it('the worker answers with the public fields of a product', async () => {
  const response = await worker.fetch(new Request('https://shop.example/products/lamp'), env);
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.text()).toBe('{"sku":"lamp","name":"The lamp","price":80}');
});

it('the worker answers 404 for another product', async () => {
  const response = await worker.fetch(new Request('https://shop.example/products/%7B%22%24ne%22%3A%22%22%7D'), env);
  expect(response.status).toBe(404);
});
