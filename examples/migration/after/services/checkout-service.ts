import { type ClientSession, ObjectId } from 'mongodb';

import { type Database } from '../database.ts';
import type { Address, Order, OrderItem, User } from '../documents.ts';
import { audit } from '../helpers/audit.ts';
import { HttpError, notFound } from '../helpers/http-error.ts';
import { returnToStock, takeFromStock } from '../helpers/stock.ts';
import type { OrderRepository } from '../repositories/order-repository.ts';
import type { ProductRepository } from '../repositories/product-repository.ts';
import type { UserRepository } from '../repositories/user-repository.ts';
import { op, trusted } from 'safe-collection';
import { safeDb } from '../collections.ts';

const FREE_SHIPPING_FROM = 5_000;
const SHIPPING = 490;

export interface Cart {
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
  readonly address: string;
  readonly coupon?: string | undefined;
}

export class CheckoutService {
  private readonly database: Database;
  private readonly products: ProductRepository;
  private readonly orders: OrderRepository;
  private readonly users: UserRepository;

  constructor(database: Database, products: ProductRepository, orders: OrderRepository, users: UserRepository) {
    this.database = database;
    this.products = products;
    this.orders = orders;
    this.users = users;
  }

  async place(user: Pick<User, '_id' | 'username' | 'addresses' | 'risk_score'>, cart: Cart): Promise<Order> {
    const address = user.addresses.find(({ label }) => label === cart.address);
    if (address === undefined) throw new HttpError(400, 'the address is not known');
    const items = await this.price(cart);
    const { client } = this.database;
    return await client.withSession((session) =>
      session.withTransaction(async () => {
        const order = await this.makeOrder(user, items, address, cart.coupon, session);
        await takeFromStock(this.database.db, items, order.number, session);
        await this.orders.insert(order, session);
        return order;
      }),
    );
  }

  private async price({ items }: Cart): Promise<OrderItem[]> {
    if (items.length === 0) throw new HttpError(400, 'the cart is empty');
    const products = await this.products.findForOrder(items.map(({ sku }) => sku));
    return items.map(({ sku, quantity }) => {
      const product = products.find((one) => one.sku === sku);
      if (product === undefined) throw notFound(`product ${sku}`);
      if (!Number.isInteger(quantity) || quantity < 1) throw new HttpError(400, 'not a quantity');
      return { product_id: product._id, sku, title: product.title, quantity, unit_price: product.price, unit_cost: product.cost_price };
    });
  }

  private async makeOrder(user: Pick<User, '_id' | 'username' | 'risk_score'>, items: OrderItem[], address: Address, code: string | undefined, session: ClientSession): Promise<Order> {
    const sum = items.reduce((total, { unit_price, quantity }) => total + unit_price * quantity, 0);
    const discount = code === undefined ? 0 : Math.round((sum * (await this.redeem(code, user._id, session))) / 100);
    const shipping = sum - discount >= FREE_SHIPPING_FROM ? 0 : SHIPPING;
    const now = new Date();
    return {
      _id: new ObjectId(),
      number: `A-${now.getTime().toString(36)}-${Math.random().toString(36).slice(2, 7)}`,
      user_id: user._id,
      status: 'pending',
      items,
      shipping_address: address,
      totals: { items: sum, discount, shipping, total: sum - discount + shipping },
      ...(code === undefined ? {} : { coupon_code: code }),
      history: [{ status: 'pending', at: now, by: user.username }],
      fraud_score: user.risk_score * 10 + (sum > 100_000 ? 25 : 0),
      internal_notes: [],
      placed_at: now,
      updated_at: now,
    };
  }

  private async redeem(code: string, user_id: ObjectId, session: ClientSession): Promise<number> {
    const coupon = await safeDb(this.database.db).coupons.findOne({ code, active: true, expires_at: op({ $gt: new Date() }) }, { projection: { max_uses: 1, percent_off: 1, used: 1 }, session });
    if (coupon === null) throw new HttpError(400, 'the coupon is not valid');
    if (coupon.used >= coupon.max_uses) throw new HttpError(409, 'the coupon is used up');
    const { matchedCount } = await safeDb(this.database.db).coupons.updateOne({ code, used_by: op({ $ne: user_id }) }, {}, { session, trusted: trusted({ update: { $inc: { used: 1 }, $push: { used_by: user_id } } }) });
    if (matchedCount === 0) throw new HttpError(409, 'you have used this coupon');
    return coupon.percent_off;
  }

  async pay(number: string, intent_id: string, fingerprint: string) {
    const order = await this.orders.pay(number, { provider: 'cards', intent_id, fingerprint, paid_at: new Date() });
    if (order === null) throw new HttpError(409, 'the order can not be paid');
    await this.users.addPoints(order.user_id, Math.floor(order.totals.total / 100));
    return order;
  }

  async cancel(number: string, by: string) {
    const { client, db } = this.database;
    const session = client.startSession();
    try {
      session.startTransaction();
      const order = await this.orders.moveTo(number, ['pending', 'paid'], 'cancelled', by, session);
      if (order === null) throw new HttpError(409, 'the order can not be cancelled');
      await returnToStock(db, order.items, number, by, session);
      await session.commitTransaction();
      await audit(db, { actor: by, action: 'cancel', kind: 'order', id: number, details: { total: order.totals.total } });
      return order;
    } catch (error) {
      if (session.inTransaction()) await session.abortTransaction();
      throw error;
    } finally {
      await session.endSession();
    }
  }

  async ship(number: string, tracking: string, by: string) {
    const order = await this.orders.moveTo(number, ['paid'], 'shipped', by);
    if (order === null) throw new HttpError(409, 'the order can not be shipped');
    await this.orders.setTracking(number, tracking);
    return { ...order, tracking_number: tracking };
  }
}
