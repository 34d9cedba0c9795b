import { randomUUID } from 'node:crypto';

import { MongoClient, ObjectId, type CommandStartedEvent, type Db } from 'mongodb';
import { afterAll, beforeAll, inject } from 'vitest';

import { openShop } from '../../shop/open-shop.ts';
import type { Product } from '../../shop/views.ts';

/** What no answer may have. */
export const SECRET = /SECRET|purchase_price|contract|globex/;

function product(shop_id: string, sku: string, price: number): Product {
  return {
    _id: new ObjectId(),
    shop_id,
    sku,
    name: `The ${sku}`,
    price,
    added_at: new Date('2026-03-14T09:26:53Z'),
    supplier: { city: 'London', contract: 'SECRET' },
    purchase_price: 1,
  };
}

/** A database with the products of two shops, and the collection of the first one. */
export function seededShop() {
  const client = new MongoClient(inject('mongodbUri'), { monitorCommands: true });
  const commands: CommandStartedEvent[] = [];
  client.on('commandStarted', (event) => commands.push(event));
  const db: Db = client.db(`safe-collection-${randomUUID()}`);
  beforeAll(async () => {
    await db
      .collection<Product>('products')
      .insertMany([product('acme', 'lamp', 80), product('acme', 'tea', 4), product('globex', 'SECRET-LAMP', 1)]);
  });
  afterAll(async () => {
    await db.dropDatabase();
    await client.close();
  });
  return { db, commands, products: openShop(db, 'acme').products };
}
