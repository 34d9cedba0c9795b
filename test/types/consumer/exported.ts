// A data-access module that exports all it makes and annotates nothing. Declarations are emitted for it.
import type { Collection, Db, ObjectId } from 'mongodb';
import { createSafeDb, defineView, op, SafeCollection, subtree, trusted, withTransaction } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

export interface User {
  _id: ObjectId;
  username: string;
  age: number;
  tags: string[];
  password_hash: string;
  profile?: { bio?: string; ssn: string };
  addresses: { city: string; access_code: string }[];
  settings: Record<string, string>;
}
interface Order {
  _id: ObjectId;
  user_id: ObjectId;
  product: string;
  quantity: number;
  version: number;
  placed_at: Date;
  cost_center: string;
}

export const userView = defineView<User>()({
  public: { username: 1, age: 1, tags: 1, 'profile.bio': 1, 'addresses.city': 1, settings: subtree },
  writable: { username: 1, age: 1, settings: subtree },
  filterable: { password_hash: 0 },
  arrays: { tags: 1, addresses: 1 },
});
export const orderView = defineView<Order>()({
  public: { product: 1, quantity: 1, version: 1 },
  writable: { product: 1, quantity: 1 },
  joinable: { user_id: 1 },
  version: 'version',
  timestamps: { createdAt: 'placed_at' },
  defaults: { cost_center: 'x' },
});
export const staffView = userView.extend({ name: 'staff', public: { password_hash: 1, age: 0 } });
export const declaredView = defineView<User, { readonly username: string }>()({ public: { username: 1 } });
export const card = userView.select({ username: 1, 'profile.bio': 1 });
export const chosen = userView.selectFields(['username']);
export const picked = userView.pick({ username: 'ada' });
export const pickedCard = userView.pick({ username: 'ada' }, ['username']);
export const schema = userView.toJSONSchema();
export const standardSchema = userView.toStandardSchema({ username: 1 });

export declare const raw: Collection<User>;
export declare const db: Db;
export const users = new SafeCollection(raw, userView);
export const shop = createSafeDb(db, { users: userView, orders: orderView });
export const { orders } = shop;
export const logins = new PrivilegedCollection(raw, userView, { reason: 'login' });

export const adults = op({ $gte: 18 });
export const owner = (user_id: ObjectId) => trusted({ filter: { user_id } });
export const findUsers = (username: string) => users.find({ username }, { projection: ['username', 'tags'] });
export const findUser = async (username: string) => users.findOne({ username }, { projection: { username: 1, 'addresses.city': 1 } });
export const findByCard = () => users.findOne({ age: adults }, { projection: card });
export const findChosen = () => users.findOne({}, { projection: chosen });
export const findWhole = () => users.find({}, { projection: userView }).map((user) => user.username);
export const login = () => logins.findOne({ username: 'ada' }, { projection: ['username', 'password_hash'] });
export const rename = (username: string) => users.updateOne({ username }, { $set: { username } });
export const renameAll = () => users.updateMany({ age: 3 }, { $inc: { age: 1 } });
export const change = () => users.findOneAndUpdate({ username: 'a' }, { $set: { age: 1 } }, { projection: ['age'] });
export const remove = () => users.deleteOne({ username: 'a' });
export const order = (user_id: ObjectId) => orders.insertOne({ product: 'tea', quantity: 1 }, { trusted: trusted({ set: { user_id } }), projection: ['product'] });
export const ordersOf = () => orders.insertMany([{ product: 'tea', quantity: 1 }], { trusted: trusted({ set: { user_id: {} as ObjectId } }) });
export const many = () => orders.bulkWrite([{ deleteOne: { filter: { product: 'tea' } } }]);
export const bulk = () => orders.initializeOrderedBulkOp();
export const step = () => orders.initializeOrderedBulkOp().find({ product: 'tea' }).upsert();
export const sold = () => orders.aggregate([{ $group: { _id: '$product', sold: { $sum: '$quantity' } } }, { $project: { product: '$_id', sold: 1 } }]);
export const bought = () =>
  shop.users.aggregate([
    { $lookup: { from: 'orders', localField: '_id', foreignField: 'user_id', as: 'bought' } },
    { $project: { username: 1, 'bought.product': 1 } },
  ]);
export const built = () => orders.pipeline().match({ product: 'tea' }).group({ _id: '$product', n: { $sum: 1 } }).project({ _id: 1, n: 1 });
export const begun = () => orders.pipeline();
export const populated = () =>
  shop.orders.findPopulated({}, { projection: ['product'], populate: { buyer: { from: 'users', localField: 'user_id', foreignField: '_id', projection: ['username'], justOne: true } } });
export const ages = () => users.distinct('age');
export const inTransaction = () => withTransaction(shop, async ({ collections }) => collections.users.findOne({}, { projection: ['username'] }));

export class UserRepository {
  readonly #users = users;
  readonly collection = users;
  byName(username: string) {
    return this.#users.findOne({ username }, { projection: userView });
  }
  all() {
    return this.#users.find({}, { projection: ['username'] }).toArray();
  }
  async *each() {
    for await (const user of this.#users.find({}, { projection: ['username'] })) yield user;
  }
}
