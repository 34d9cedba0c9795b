import type { AnyBulkWriteOperation, Db } from 'mongodb';

import { coupons, getOrdersCollection, getProductsCollection, getUsersCollection } from '../database.ts';
import type { AuditEvent, User } from '../documents.ts';
import type { OrderRepository } from '../repositories/order-repository.ts';
import type { SessionRepository } from '../repositories/session-repository.ts';

const DAY = 24 * 3_600_000;

/** Nightly jobs. */
export class MaintenanceService {
  private readonly db: Db;
  private readonly sessions: SessionRepository;
  private readonly orders: OrderRepository;

  constructor(db: Db, sessions: SessionRepository, orders: OrderRepository) {
    this.db = db;
    this.sessions = sessions;
    this.orders = orders;
  }

  async run(now: Date) {
    return {
      sessions: await this.sessions.removeExpired(now),
      coupons: await this.endCoupons(now),
      tiers: await this.setTiers(),
      unpaid: await this.orders.waitingSince(new Date(now.getTime() - 7 * DAY)),
      events: await this.removeOldEvents(new Date(now.getTime() - 365 * DAY)),
    };
  }

  private async endCoupons(now: Date): Promise<number> {
    const { modifiedCount } = await coupons(this.db).updateMany({ active: true, expires_at: { $lte: now } }, { $set: { active: false } });
    return modifiedCount;
  }

  private async removeOldEvents(before: Date): Promise<number> {
    return (await this.db.collection<AuditEvent>('audit_events').deleteMany({ at: { $lt: before } })).deletedCount;
  }

  async setTiers(): Promise<number> {
    const operations: AnyBulkWriteOperation<User>[] = [];
    for await (const user of getUsersCollection(this.db).find({ deleted_at: null }, { projection: { loyalty: 1 } })) {
      const tier = tierOf(user.loyalty.points);
      if (tier !== user.loyalty.tier) operations.push({ updateOne: { filter: { _id: user._id }, update: { $set: { 'loyalty.tier': tier } } } });
    }
    if (operations.length === 0) return 0;
    const { modifiedCount } = await getUsersCollection(this.db).bulkWrite(operations);
    return modifiedCount;
  }

  /** Lines for a spreadsheet. */
  async exportOrders(from: Date): Promise<string> {
    const lines = ['number,status,total'];
    const cursor = getOrdersCollection(this.db).find({ placed_at: { $gte: from } }).sort({ number: 1 });
    await cursor.forEach(({ number, status, totals }) => {
      lines.push([number, status, totals.total].join(','));
    });
    return lines.join('\n');
  }

  async importStock(counts: Readonly<Record<string, number>>): Promise<{ changed: number; unknown: string[] }> {
    const skus = Object.keys(counts);
    const known = await getProductsCollection(this.db).distinct('sku', { sku: { $in: skus } });
    const bulk = getProductsCollection(this.db).initializeUnorderedBulkOp();
    for (const sku of known) bulk.find({ sku }).updateOne({ $set: { stock: counts[sku] ?? 0 } });
    const changed = known.length === 0 ? 0 : (await bulk.execute()).modifiedCount;
    return { changed, unknown: skus.filter((sku) => !known.includes(sku)) };
  }

  async health() {
    const cursor = getOrdersCollection(this.db).find({ fraud_score: { $gte: 50 } }).sort({ fraud_score: -1 });
    const suspicious: string[] = [];
    while (await cursor.hasNext()) {
      const order = await cursor.next();
      if (order !== null) suspicious.push(order.number);
    }
    return { products: await getProductsCollection(this.db).estimatedDocumentCount(), suspicious };
  }
}

function tierOf(points: number): User['loyalty']['tier'] {
  return points >= 1_000 ? 'gold' : points >= 200 ? 'silver' : 'none';
}
