import 'reflect-metadata';

import type { AddressInfo } from 'node:net';

import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { AppModule } from '../nest/app.module.ts';
import { seededShop, SECRET } from './support/seeded-shop.ts';

const { db } = seededShop();
let app: INestApplication;
let origin: string;

beforeAll(async () => {
  app = await NestFactory.create(AppModule.forShop(db, 'acme'), { logger: false });
  await app.listen(0, '127.0.0.1');
  origin = `http://127.0.0.1:${((app.getHttpServer() as { address(): unknown }).address() as AddressInfo).port}`;
});
afterAll(() => app.close());

const get = async (path: string) => {
  const response = await fetch(`${origin}${path}`);
  return { status: response.status, text: await response.text() };
};

it('a controller gets the collection injected', async () => {
  const { status, text } = await get('/products');
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual([
    { sku: 'lamp', name: 'The lamp' },
    { sku: 'tea', name: 'The tea' },
  ]);
});

it('a document has only public fields, of the shop only', async () => {
  expect((await get('/products/lamp')).text).not.toMatch(SECRET);
  expect(await get('/products/SECRET-LAMP')).toMatchObject({ status: 404 });
});

it('the exception filter answers a refused call with 400, the code and the path', async () => {
  const { status, text } = await get('/products?fields=sku,purchase_price');
  expect(status).toBe(400);
  expect(JSON.parse(text)).toEqual({ error: 'projection_path', path: 'purchase_price' });
});
