import type { ClientSession, Collection, Db, ObjectId } from 'mongodb';

import { getOrdersCollection } from '../database.ts';
import type { Order, OrderStatus } from '../documents.ts';
import { op, type SafeFilter, type SafeSort, trusted } from 'safe-collection';
import { safeDb, wholeOrder } from '../collections.ts';
import type { orderView } from '../views.ts';

export class OrderRepository {
  private readonly coll: Collection<Order>;

  constructor(db: Db) {
    this.coll = getOrdersCollection(db);
  }

  async insert(order: Order, session: ClientSession): Promise<void> {
    const { shipping_address, ...rest } = order;
    await safeDb(this.coll.db).orders.insertOne({ shipping_address }, { session, trusted: trusted({ set: rest }) });
  }

  async findByNumber(number: string) {
    // safe-collection: the whole document is passed on here, so all fields that orderView makes public are projected: name what is needed
    return await safeDb(this.coll.db).orders.findOne({ number }, { projection: wholeOrder });
  }

  async findOwn(number: string, user_id: ObjectId) {
    // safe-collection: the document is passed on here without internal_notes, fraud_score, so all other fields that orderView makes public are projected: name what is needed
    return await safeDb(this.coll.db).orders.findOne({ number, user_id }, { projection: { coupon_code: 1, 'history.at': 1, 'history.by': 1, 'history.note': 1, 'history.status': 1, 'items.product_id': 1, 'items.quantity': 1, 'items.sku': 1, 'items.title': 1, 'items.unit_cost': 1, 'items.unit_price': 1, number: 1, 'payment.fingerprint': 1, 'payment.intent_id': 1, 'payment.paid_at': 1, 'payment.provider': 1, placed_at: 1, 'shipping_address.access_code': 1, 'shipping_address.city': 1, 'shipping_address.country': 1, 'shipping_address.label': 1, 'shipping_address.street': 1, 'shipping_address.zip': 1, status: 1, 'totals.discount': 1, 'totals.items': 1, 'totals.shipping': 1, 'totals.total': 1, tracking_number: 1, updated_at: 1, user_id: 1, _id: 1 } });
  }

  async listOwn(user_id: ObjectId, status?: OrderStatus) {
    const filter: SafeFilter<typeof orderView> = status === undefined ? { user_id } : { user_id, status };
    // safe-collection: the document is passed on here without internal_notes, fraud_score, so all other fields that orderView makes public are projected: name what is needed
    return await safeDb(this.coll.db).orders.find(filter, { projection: { coupon_code: 1, 'history.at': 1, 'history.by': 1, 'history.note': 1, 'history.status': 1, 'items.product_id': 1, 'items.quantity': 1, 'items.sku': 1, 'items.title': 1, 'items.unit_cost': 1, 'items.unit_price': 1, number: 1, 'payment.fingerprint': 1, 'payment.intent_id': 1, 'payment.paid_at': 1, 'payment.provider': 1, placed_at: 1, 'shipping_address.access_code': 1, 'shipping_address.city': 1, 'shipping_address.country': 1, 'shipping_address.label': 1, 'shipping_address.street': 1, 'shipping_address.zip': 1, status: 1, 'totals.discount': 1, 'totals.items': 1, 'totals.shipping': 1, 'totals.total': 1, tracking_number: 1, updated_at: 1, user_id: 1, _id: 1 } }).sort({ placed_at: -1 }).toArray();
  }

  async list(filter: SafeFilter<typeof orderView>, options: { sort: SafeSort<typeof orderView>; limit: number; skip: number }) {
    return await safeDb(this.coll.db).orders.find(filter, { projection: { number: 1, status: 1, 'totals.total': 1, user_id: 1 }, ...options }).toArray();
  }

  async count(filter: SafeFilter<typeof orderView>): Promise<number> {
    return await safeDb(this.coll.db).orders.countDocuments(filter);
  }

  async hasBought(user_id: ObjectId, product_id: ObjectId): Promise<boolean> {
    const order = await safeDb(this.coll.db).orders.findOne({ user_id, 'items.product_id': product_id, status: op({ $in: ['paid', 'shipped'] }) }, { projection: { _id: 1 } });
    return order !== null;
  }

  async moveTo(number: string, from: readonly OrderStatus[], to: OrderStatus, by: string, session?: ClientSession) {
    const at = new Date();
    // safe-collection: the whole document is passed on here, so all fields that orderView makes public are projected: name what is needed
    return await safeDb(this.coll.db).orders.findOneAndUpdate({ number, status: op({ $in: [...from] }) }, {}, { projection: wholeOrder, returnDocument: 'after', ...(session === undefined ? {} : { session }), trusted: trusted({ update: { $set: { status: to, updated_at: at }, $push: { history: { status: to, at, by } } } }) });
  }

  async pay(number: string, payment: NonNullable<Order['payment']>) {
    const { paid_at } = payment;
    // safe-collection: the whole document is passed on here, so all fields that orderView makes public are projected: name what is needed
    return await safeDb(this.coll.db).orders.findOneAndUpdate({ number, status: 'pending' }, {}, { projection: wholeOrder, returnDocument: 'after', trusted: trusted({ update: { $set: { status: 'paid', payment, updated_at: paid_at }, $push: { history: { status: 'paid', at: paid_at, by: payment.provider } } } }) });
  }

  async setTracking(number: string, tracking_number: string): Promise<boolean> {
    const { matchedCount } = await safeDb(this.coll.db).orders.updateOne({ number, status: 'shipped' }, {}, { trusted: trusted({ update: { $set: { tracking_number } } }) });
    return matchedCount === 1;
  }

  async addNote(number: string, note: string): Promise<boolean> {
    const { matchedCount } = await safeDb(this.coll.db).orders.updateOne({ number }, {}, { trusted: trusted({ update: { $push: { internal_notes: op({ $each: [note], $slice: -20 }) } } }) });
    return matchedCount === 1;
  }

  async waitingSince(before: Date): Promise<string[]> {
    const numbers: string[] = [];
    const cursor = safeDb(this.coll.db).orders.find({ status: 'pending', placed_at: op({ $lt: before }) }, { projection: { number: 1 }, batchSize: 100 });
    for await (const order of cursor) numbers.push(order.number);
    return numbers;
  }

  async latest() {
    // safe-collection: the whole document is passed on here, so all fields that orderView makes public are projected: name what is needed
    const [order] = await safeDb(this.coll.db).orders.find({}, { projection: wholeOrder }).sort({ placed_at: -1 }).limit(1).toArray();
    return order;
  }
}
