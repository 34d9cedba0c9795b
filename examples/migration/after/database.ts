import { type Collection, type Db, MongoClient } from 'mongodb';

import type { ApiKey, Coupon, Order, Product, User } from './documents.ts';

export interface Database {
  readonly client: MongoClient;
  readonly db: Db;
}

export async function openDatabase(uri: string, name: string): Promise<Database> {
  const client = await new MongoClient(uri).connect();
  return { client, db: client.db(name) };
}

export function getUsersCollection(db: Db): Collection<User> {
  return db.collection<User>('users');
}

export function getProductsCollection(db: Db): Collection<Product> {
  return db.collection<Product>('products');
}

export function getOrdersCollection(db: Db): Collection<Order> {
  return db.collection<Order>('orders');
}

export const coupons = (db: Db): Collection<Coupon> => db.collection<Coupon>('coupons');

export const apiKeys = (db: Db): Collection<ApiKey> => db.collection<ApiKey>('api_keys');

/** Indexes are administration: they stay with the driver. */
export async function createIndexes(db: Db): Promise<void> {
  await db.collection('users').createIndexes([
    { key: { username: 1 }, unique: true },
    { key: { email: 1 }, unique: true },
  ]);
  await db.collection('products').createIndexes([
    { key: { sku: 1 }, unique: true },
    { key: { slug: 1 }, unique: true },
    { key: { category: 1, price: 1 } },
  ]);
  await db.collection('orders').createIndexes([{ key: { number: 1 }, unique: true }, { key: { user_id: 1, placed_at: -1 } }]);
  await db.collection('reviews').createIndex({ product_id: 1, user_id: 1 }, { unique: true });
  await db.collection('sessions').createIndex({ token_hash: 1 }, { unique: true });
  await db.collection('coupons').createIndex({ code: 1 }, { unique: true });
  await db.collection('api_keys').createIndex({ key_hash: 1 }, { unique: true });
  await db.collection('tickets').createIndex({ number: 1 }, { unique: true });
}
