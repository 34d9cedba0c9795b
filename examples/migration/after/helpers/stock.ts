import { type ClientSession, type Db, ObjectId } from 'mongodb';

import type { OrderItem } from '../documents.ts';
import { HttpError } from './http-error.ts';
import { op, trusted } from 'safe-collection';
import { safeDb } from '../collections.ts';

/** Removes the ordered items from the stock, or throws if there are too few. Runs inside the caller's transaction. */
export async function takeFromStock(db: Db, items: readonly OrderItem[], orderNumber: string, session: ClientSession): Promise<void> {
  for (const { product_id, sku, quantity } of items) {
    const { modifiedCount = 0 } = await safeDb(db).products.updateOne({ _id: product_id, active: true, stock: op({ $gte: quantity }) }, {}, { session, trusted: trusted({ update: { $inc: { stock: -quantity }, $currentDate: { updated_at: true } } }) });
    if (modifiedCount === 0) throw new HttpError(409, `${sku} is out of stock`);
  }
  await safeDb(db).stock_movements.insertMany(items.map(() => ({})), { session, trusted: trusted({ set: items.map(({ product_id, sku, quantity }) => ({ _id: new ObjectId(), product_id, sku, change: -quantity, reason: 'sale' as const, order_number: orderNumber, by: 'shop', at: new Date() })) }) });
}

export async function returnToStock(db: Db, items: readonly OrderItem[], orderNumber: string, by: string, session: ClientSession): Promise<void> {
  await safeDb(db).products.bulkWrite(items.map(({ product_id, quantity }) => ({ updateOne: { filter: { _id: product_id }, update: {}, trusted: trusted({ update: { $inc: { stock: quantity } } }) } })), { session });
  await safeDb(db).stock_movements.insertMany(items.map(() => ({})), { session, trusted: trusted({ set: items.map(({ product_id, sku, quantity }) => ({ _id: new ObjectId(), product_id, sku, change: quantity, reason: 'return' as const, order_number: orderNumber, by, at: new Date() })) }) });
}

export async function stockHistory(db: Db, sku: string, limit: number) {
  return await safeDb(db).stock_movements
    .find({ sku }, { projection: { change: 1, reason: 1, at: 1, order_number: 1, _id: 0 }, sort: { at: -1 }, limit })
    .toArray();
}

/** The sum of the movements of each product. */
export async function soldSince(db: Db, since: Date): Promise<Map<string, number>> {
  const rows = await safeDb(db).stock_movements
    .aggregate([
      { $match: { reason: 'sale', at: op({ $gte: since }) } },
      { $group: { _id: '$sku', sold: { $sum: { $multiply: ['$change', -1] } } } },
      { $sort: { sold: -1, _id: 1 } },
      { $project: { _id: 1, sold: 1 } },
    ])
    .toArray();
  return new Map(rows.map(({ _id, sold }) => [_id, sold]));
}
