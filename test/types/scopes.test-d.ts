// Views with a scope: their collections have only scoped(), and scoped() asks for exactly the fields of the scope.
import type { Collection, Db, ObjectId } from 'mongodb';
import { createSafeDb, defineView, SafeCollection, trusted, withTransaction, type CollectionOf, type Exposed } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles, type } from './assert.ts';
import { type User, userView } from './fixtures.ts';

interface Order {
  _id: ObjectId;
  tenant_id: ObjectId;
  user_id: string;
  product: string;
  quantity: number;
  tags: string[];
  cost: number;
  free: Record<string, number>;
  place?: { city: string };
}

const orderView = defineView<Order>()({
  public: { product: 1, quantity: 1 },
  writable: { product: 1, quantity: 1 },
  scope: { tenant_id: 1, user_id: 1 },
});
const tenantView = defineView<Order>()({ public: { product: 1 }, scope: { tenant_id: 1 } });
const sharedView = defineView<User>()({ public: { username: 1 }, scope: 'shared' });
declare const rawOrders: Collection<Order>;
declare const db: Db;
declare const tenant_id: ObjectId;

// What may be a scope.
// refused: 'tenant_id' is set by the scope, so nothing else may write it
defineView<Order>()({ public: { product: 1 }, writable: { tenant_id: 1 }, scope: { tenant_id: 1 } });
// refused: 'tenant' is not a field of this document that holds one scalar
defineView<Order>()({ public: { product: 1 }, scope: { tenant: 1 } });
// refused: 'tags' is not a field of this document that holds one scalar
defineView<Order>()({ public: { product: 1 }, scope: { tags: 1 } });
// refused: 'free' is not a field of this document that holds one scalar
defineView<Order>()({ public: { product: 1 }, scope: { free: 1 } });
// refused: 'place.city' is not allowed: name top-level fields whose values are the same in all rows of a scope
defineView<Order>()({ public: { product: 1 }, scope: { 'place.city': 1 } });
// refused: '_id' is not allowed: name top-level fields whose values are the same in all rows of a scope
defineView<Order>()({ public: { product: 1 }, scope: { _id: 1 } });
// refused at tenant_id: write 1
defineView<Order>()({ public: { product: 1 }, scope: { tenant_id: 0 } });
// refused at scope: 'scope' takes an object of fields, or 'shared'
defineView<Order>()({ public: { product: 1 }, scope: 'all' });
// refused at scope: 'scope' names no field: if every row is for everybody, write 'shared'
defineView<Order>()({ public: { product: 1 }, scope: {} });

// Before it is bound, a collection has no other method.
const unbound = new SafeCollection(rawOrders, orderView);
// refused at find: Property 'find' does not exist
unbound.find({}, { projection: ['product'] });
// refused at insertOne: Property 'insertOne' does not exist
unbound.insertOne({ product: 'p' });
// refused at countDocuments: Property 'countDocuments' does not exist
unbound.countDocuments();
type(a<keyof typeof unbound>()).is<'scoped'>();

// The values.
const orders = unbound.scoped({ tenant_id, user_id: 'u' });
type(orders.findOne({}, { projection: ['product'] })).is<Promise<Exposed<{ product: string }> | null>>();
// refused at { tenant_id }: Property 'user_id' is missing
unbound.scoped({ tenant_id });
// refused: the value of 'user_id' does not have the type of the field
unbound.scoped({ tenant_id, user_id: 5 });
// refused: 'product' is not in the scope
unbound.scoped({ tenant_id, user_id: 'u', product: 'p' });
// refused at user_id: Type 'any' is not assignable to type 'never'
unbound.scoped({ tenant_id, user_id: a<any>() });
// refused: the value of 'user_id' does not have the type of the field
unbound.scoped({ tenant_id, user_id: a<string | undefined>() });
// refused at {}: the view has no scope
new SafeCollection(a<Collection<User>>(), userView).scoped({});
compiles(() => unbound.scoped(a<{ tenant_id: ObjectId; user_id: string }>()));

// The scope is no field that the program has to set. It may.
compiles(() => orders.insertOne({ product: 'p', quantity: 1 }, { trusted: trusted({ set: { tags: [], cost: 1, free: {} } }) }));
compiles(() => orders.insertOne(trusted({ product: 'p', quantity: 1, tags: [], cost: 1, free: {} })));
compiles(() => orders.insertOne(trusted({ product: 'p', quantity: 1, tags: [], cost: 1, free: {}, tenant_id, user_id: 'u' })));
// refused: 'tenant_id' is not writable in this view
orders.insertOne({ product: 'p', quantity: 1, tenant_id }, { trusted: trusted({ set: { tags: [], cost: 1, free: {} } }) });
// refused: 'tenant_id' is not writable in this view
orders.updateOne({ product: 'p' }, { $set: { tenant_id } });

// A bound collection is the one that functions ask for.
declare function report(orders: CollectionOf<typeof orderView>): void;
compiles(() => report(orders));
// refused at unbound: is missing the following properties
report(unbound);

// A SafeDb.
const shop = createSafeDb(db, { orders: orderView, bills: tenantView, users: sharedView });
// refused at find: Property 'find' does not exist
shop.orders.find({}, { projection: ['product'] });
compiles(() => shop.users.findOne({}, { projection: ['username'] }));
// refused at { tenant_id }: Property 'user_id' is missing
shop.scoped({ tenant_id });
const own = shop.scoped({ tenant_id, user_id: 'u' });
type(own.orders.findOne({}, { projection: ['product'] })).is<Promise<Exposed<{ product: string }> | null>>();
compiles(() => withTransaction(own, async (tx) => await tx.collections.orders.countDocuments()));
// refused at users: other views have a scope: add `scope` to this view, or scope: 'shared'
createSafeDb(db, { orders: orderView, users: userView });
// refused at scoped: Property 'scoped' does not exist
createSafeDb(db, { users: userView }).scoped({});

// Joins: of rows that the call has values for.
const BILLS = { from: 'bills', localField: 'product', foreignField: 'product', as: 'bills' } as const;
compiles(() => own.users.aggregate([{ $lookup: { ...BILLS, localField: 'username' } }, { $project: { 'bills.product': 1 } }]));
compiles(() => shop.bills.scoped({ tenant_id }).aggregate([{ $lookup: BILLS }, { $project: { 'bills.product': 1 } }]));
// refused at from: 'bills' is not a view of this SafeDb
shop.users.aggregate([{ $lookup: { from: 'bills', localField: 'username', foreignField: 'product', as: 'bills' } }, { $project: { username: 1 } }]);
// refused at from: 'orders' is not a view of this SafeDb
shop.bills.scoped({ tenant_id }).aggregate([{ $lookup: { ...BILLS, from: 'orders' } }, { $project: { product: 1 } }]);

// Privileged reads.
const reports = new PrivilegedCollection(rawOrders, orderView, { reason: 'invoice' });
// refused at findOne: Property 'findOne' does not exist
reports.findOne({}, { projection: ['cost'] });
compiles(() => reports.scoped({ tenant_id, user_id: 'u' }).findOne({}, { projection: ['cost'] }));
