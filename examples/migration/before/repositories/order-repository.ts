import type { ClientSession, Collection, Db, Filter, FindOptions, ObjectId } from 'mongodb';

import { getOrdersCollection } from '../database.ts';
import type { Order, OrderStatus } from '../documents.ts';

/** The fields that lists exclude. */
const WITHOUT_INTERNALS = { internal_notes: 0, fraud_score: 0 } as const;

export class OrderRepository {
  private readonly coll: Collection<Order>;

  constructor(db: Db) {
    this.coll = getOrdersCollection(db);
  }

  async insert(order: Order, session: ClientSession): Promise<void> {
    await this.coll.insertOne(order, { session });
  }

  async findByNumber(number: string): Promise<Order | null> {
    return await this.coll.findOne({ number });
  }

  async findOwn(number: string, user_id: ObjectId) {
    return await this.coll.findOne({ number, user_id }, { projection: WITHOUT_INTERNALS });
  }

  async listOwn(user_id: ObjectId, status?: OrderStatus) {
    const filter: Filter<Order> = status === undefined ? { user_id } : { user_id, status };
    return await this.coll.find(filter, { projection: WITHOUT_INTERNALS }).sort({ placed_at: -1 }).toArray();
  }

  async list(filter: Filter<Order>, options: FindOptions): Promise<Order[]> {
    return await this.coll.find(filter, options).toArray();
  }

  async count(filter: Filter<Order>): Promise<number> {
    return await this.coll.countDocuments(filter);
  }

  async hasBought(user_id: ObjectId, product_id: ObjectId): Promise<boolean> {
    const order = await this.coll.findOne({ user_id, 'items.product_id': product_id, status: { $in: ['paid', 'shipped'] } });
    return order !== null;
  }

  async moveTo(number: string, from: readonly OrderStatus[], to: OrderStatus, by: string, session?: ClientSession) {
    const at = new Date();
    return await this.coll.findOneAndUpdate(
      { number, status: { $in: [...from] } },
      { $set: { status: to, updated_at: at }, $push: { history: { status: to, at, by } } },
      { returnDocument: 'after', ...(session === undefined ? {} : { session }) },
    );
  }

  async pay(number: string, payment: NonNullable<Order['payment']>) {
    const { paid_at } = payment;
    return await this.coll.findOneAndUpdate(
      { number, status: 'pending' },
      { $set: { status: 'paid', payment, updated_at: paid_at }, $push: { history: { status: 'paid', at: paid_at, by: payment.provider } } },
      { returnDocument: 'after' },
    );
  }

  async setTracking(number: string, tracking_number: string): Promise<boolean> {
    const { matchedCount } = await this.coll.updateOne({ number, status: 'shipped' }, { $set: { tracking_number } });
    return matchedCount === 1;
  }

  async addNote(number: string, note: string): Promise<boolean> {
    const { matchedCount } = await this.coll.updateOne({ number }, { $push: { internal_notes: { $each: [note], $slice: -20 } } });
    return matchedCount === 1;
  }

  async waitingSince(before: Date): Promise<string[]> {
    const numbers: string[] = [];
    const cursor = this.coll.find({ status: 'pending', placed_at: { $lt: before } }, { batchSize: 100 });
    for await (const order of cursor) numbers.push(order.number);
    return numbers;
  }

  async latest() {
    const [order] = await this.coll.find().sort({ placed_at: -1 }).limit(1).toArray();
    return order;
  }
}
