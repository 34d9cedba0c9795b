import 'reflect-metadata';

import type { AddressInfo } from 'node:net';

import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { guardResponses } from 'safe-collection/express';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { AppModule } from '../nest/app.module.ts';
import { seededShop, SECRET } from './support/seeded-shop.ts';

const { db } = seededShop();
let app: INestApplication;
let guarded: INestApplication;

/** A route that was forgotten, on the raw database. */
@Controller('debug')
class DebugController {
  @Get()
  async all() {
    return await db.collection('products').find().toArray();
  }
}

@Module({ imports: [AppModule.forShop(db, 'acme')], controllers: [DebugController] })
class GuardedModule {}

beforeAll(async () => {
  app = await NestFactory.create(AppModule.forShop(db, 'acme'), { logger: false });
  await app.listen(0, '127.0.0.1');
  guarded = await NestFactory.create(GuardedModule, { logger: false });
  guarded.use(guardResponses({ envelope: ['error', 'path'] }));
  await guarded.listen(0, '127.0.0.1');
});
afterAll(async () => {
  await app.close();
  await guarded.close();
});

const get = async (path: string, from = app) => {
  const { port } = (from.getHttpServer() as { address(): unknown }).address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
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

it('the response guard of Express lets results through, and no raw document', async () => {
  expect(await get('/products/lamp', guarded)).toEqual(await get('/products/lamp'));
  expect(await get('/products?fields=sku,purchase_price', guarded)).toMatchObject({ status: 400 });
  const { status, text } = await get('/debug', guarded);
  expect(status).toBe(500);
  expect(text).not.toMatch(SECRET);
});
