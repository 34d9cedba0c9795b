import { type ClientSession, type Db, ObjectId } from 'mongodb';

import { getProductsCollection } from '../database.ts';
import type { OrderItem, StockMovement } from '../documents.ts';
import { HttpError } from './http-error.ts';

const movements = (db: Db) => db.collection<StockMovement>('stock_movements');

/** Removes the ordered items from the stock, or throws if there are too few. Runs inside the caller's transaction. */
export async function takeFromStock(db: Db, items: readonly OrderItem[], orderNumber: string, session: ClientSession): Promise<void> {
  for (const { product_id, sku, quantity } of items) {
    const { modifiedCount } = await getProductsCollection(db).updateOne(
      { _id: product_id, active: true, stock: { $gte: quantity } },
      { $inc: { stock: -quantity }, $currentDate: { updated_at: true } },
      { session },
    );
    if (modifiedCount === 0) throw new HttpError(409, `${sku} is out of stock`);
  }
  await movements(db).insertMany(
    items.map(({ product_id, sku, quantity }) => ({ _id: new ObjectId(), product_id, sku, change: -quantity, reason: 'sale' as const, order_number: orderNumber, by: 'shop', at: new Date() })),
    { session },
  );
}

export async function returnToStock(db: Db, items: readonly OrderItem[], orderNumber: string, by: string, session: ClientSession): Promise<void> {
  await getProductsCollection(db).bulkWrite(
    items.map(({ product_id, quantity }) => ({ updateOne: { filter: { _id: product_id }, update: { $inc: { stock: quantity } } } })),
    { session },
  );
  await movements(db).insertMany(
    items.map(({ product_id, sku, quantity }) => ({ _id: new ObjectId(), product_id, sku, change: quantity, reason: 'return' as const, order_number: orderNumber, by, at: new Date() })),
    { session },
  );
}

export async function stockHistory(db: Db, sku: string, limit: number) {
  return await movements(db)
    .find({ sku }, { projection: { change: 1, reason: 1, at: 1, order_number: 1, _id: 0 }, sort: { at: -1 }, limit })
    .toArray();
}

/** The sum of the movements of each product. */
export async function soldSince(db: Db, since: Date): Promise<Map<string, number>> {
  const rows = await movements(db)
    .aggregate<{ _id: string; sold: number }>([
      { $match: { reason: 'sale', at: { $gte: since } } },
      { $group: { _id: '$sku', sold: { $sum: { $multiply: ['$change', -1] } } } },
      { $sort: { sold: -1, _id: 1 } },
    ])
    .toArray();
  return new Map(rows.map(({ _id, sold }) => [_id, sold]));
}
