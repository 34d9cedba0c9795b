import type { Db, Document } from 'mongodb';

import { getOrdersCollection, getProductsCollection, getUsersCollection } from '../database.ts';
import type { OrderStatus, Review, Ticket } from '../documents.ts';

export interface MonthlyRevenue {
  readonly month: string;
  readonly orders: number;
  readonly revenue: number;
}

const SOLD: OrderStatus[] = ['paid', 'shipped'];

export class ReportService {
  private readonly db: Db;

  constructor(db: Db) {
    this.db = db;
  }

  async revenueByMonth(from: Date): Promise<MonthlyRevenue[]> {
    return await getOrdersCollection(this.db)
      .aggregate<MonthlyRevenue>([
        { $match: { status: { $in: SOLD }, placed_at: { $gte: from } } },
        { $group: { _id: { $dateToString: { format: '%Y-%m', date: '$placed_at' } }, orders: { $sum: 1 }, revenue: { $sum: '$totals.total' } } },
        { $sort: { _id: 1 } },
        { $project: { _id: 0, month: '$_id', orders: 1, revenue: 1 } },
      ])
      .toArray();
  }

  async topProducts(limit: number) {
    return await getOrdersCollection(this.db)
      .aggregate<{ sku: string; title: string; sold: number }>([
        { $match: { status: { $in: SOLD } } },
        { $unwind: '$items' },
        { $group: { _id: '$items.sku', title: { $first: '$items.title' }, sold: { $sum: '$items.quantity' } } },
        { $sort: { sold: -1, _id: 1 } },
        { $limit: limit },
        { $project: { _id: 0, sku: '$_id', title: 1, sold: 1 } },
      ])
      .toArray();
  }

  /** The earnings of each product minus its cost. Only for the staff. */
  async margins(): Promise<Document[]> {
    return await getOrdersCollection(this.db)
      .aggregate([
        { $match: { status: { $in: SOLD } } },
        { $unwind: '$items' },
        {
          $group: {
            _id: '$items.sku',
            margin: { $sum: { $multiply: ['$items.quantity', { $subtract: ['$items.unit_price', '$items.unit_cost'] }] } },
          },
        },
        { $sort: { margin: -1 } },
      ])
      .toArray();
  }

  async bestCustomers(limit: number) {
    const pipeline = [
      { $match: { status: { $in: SOLD } } },
      { $group: { _id: '$user_id', spent: { $sum: '$totals.total' }, orders: { $sum: 1 } } },
      { $sort: { spent: -1 } },
      { $limit: limit },
      { $lookup: { from: 'users', localField: '_id', foreignField: '_id', as: 'user' } },
      { $unwind: '$user' },
    ];
    const rows = await getOrdersCollection(this.db).aggregate(pipeline).toArray();
    return rows.map((row) => ({ username: row['user'].username as string, spent: row['spent'] as number, orders: row['orders'] as number }));
  }

  async ordersWithBuyers(status: OrderStatus) {
    return await getOrdersCollection(this.db)
      .aggregate([
        { $match: { status } },
        { $sort: { placed_at: -1 } },
        { $limit: 50 },
        { $lookup: { from: 'users', localField: 'user_id', foreignField: '_id', as: 'buyer' } },
        { $addFields: { buyer: { $first: '$buyer' } } },
      ])
      .toArray();
  }

  async statusCounts(): Promise<Record<string, number>> {
    const rows = await getOrdersCollection(this.db).aggregate<{ _id: string; count: number }>([{ $sortByCount: '$status' }]).toArray();
    return Object.fromEntries(rows.map(({ _id, count }) => [_id, count]));
  }

  async priceBands(): Promise<{ from: number; products: number }[]> {
    return await getProductsCollection(this.db)
      .aggregate<{ from: number; products: number }>([
        { $match: { active: true } },
        { $bucket: { groupBy: '$price', boundaries: [0, 1_000, 5_000, 20_000, 1_000_000], default: -1, output: { products: { $sum: 1 } } } },
        { $project: { _id: 0, from: '$_id', products: 1 } },
      ])
      .toArray();
  }

  async catalogue() {
    const [facets] = await getProductsCollection(this.db)
      .aggregate<{ categories: { _id: string; count: number }[]; tags: { _id: string; count: number }[] }>([
        { $match: { active: true } },
        {
          $facet: {
            categories: [{ $sortByCount: '$category' }],
            tags: [{ $unwind: '$tags' }, { $sortByCount: '$tags' }, { $limit: 10 }],
          },
        },
      ])
      .toArray();
    return facets ?? { categories: [], tags: [] };
  }

  async ratingsOf(sku: string) {
    const product = await getProductsCollection(this.db).findOne({ sku });
    if (product === null) return [];
    return await this.db
      .collection<Review>('reviews')
      .aggregate<{ rating: number; count: number }>([
        { $match: { product_id: product._id, status: 'published' } },
        { $group: { _id: '$rating', count: { $sum: 1 } } },
        { $project: { _id: 0, rating: '$_id', count: 1 } },
        { $sort: { rating: -1 } },
      ])
      .toArray();
  }

  async supportLoad() {
    return await this.db
      .collection<Ticket>('tickets')
      .aggregate<{ status: string; tickets: number; messages: number }>([
        { $project: { status: 1, messages: { $size: '$messages' } } },
        { $group: { _id: '$status', tickets: { $sum: 1 }, messages: { $sum: '$messages' } } },
        { $project: { _id: 0, status: '$_id', tickets: 1, messages: 1 } },
        { $sort: { status: 1 } },
      ])
      .toArray();
  }

  async newCustomers(from: Date): Promise<number> {
    return await getUsersCollection(this.db).countDocuments({ created_at: { $gte: from }, role: 'customer', deleted_at: null });
  }
}
