// Views with a shard key: a write of one document says in which shard the document is.
import type { Collection, ObjectId } from 'mongodb';
import { defineAudiences, defineView, everything, op, SafeCollection, trusted, type SafeFilter } from 'safe-collection';

import { a, compiles } from './assert.ts';

interface Order {
  _id: ObjectId;
  tenant_id: string;
  user_id: string;
  product: string;
  quantity: number;
  tags: string[];
  lines: { sku: string }[];
  place: { city: string };
}

const orderView = defineView<Order>()({
  public: { user_id: 1, product: 1, quantity: 1 },
  writable: { product: 1, quantity: 1, user_id: 1 },
  filterable: { tenant_id: 1 },
  shardKey: { tenant_id: 1, user_id: 'hashed' },
});
declare const raw: Collection<Order>;
const orders = new SafeCollection(raw, orderView);
const KEY = { tenant_id: 't', user_id: 'u' } as const;
const SET = { $set: { quantity: 1 } } as const;

// What may be a shard key.
compiles(() => defineView<Order>()({ public: { product: 1 }, shardKey: { 'place.city': 1, _id: 'hashed' } }));
// refused: 'tenant' is not a path of this document that holds one scalar
defineView<Order>()({ public: { product: 1 }, shardKey: { tenant: 1 } });
// refused: 'tags' is not a path of this document that holds one scalar
defineView<Order>()({ public: { product: 1 }, shardKey: { tags: 1 } });
// refused: 'lines.sku' goes through an array, which no shard key does
defineView<Order>()({ public: { product: 1 }, shardKey: { 'lines.sku': 1 } });
// refused: 'place' is not a path of this document that holds one scalar
defineView<Order>()({ public: { product: 1 }, shardKey: { place: 1 } });
// refused at tenant_id: write 1 or 'hashed'
defineView<Order>()({ public: { product: 1 }, shardKey: { tenant_id: -1 } });
// refused at shardKey: 'shardKey' names no path
defineView<Order>()({ public: { product: 1 }, shardKey: {} });

// With the whole key.
compiles(() => orders.updateOne(KEY, SET));
compiles(() => orders.updateOne({ ...KEY, product: 'p' }, SET));
compiles(() => orders.updateOne({ $and: [{ tenant_id: 't' }, { user_id: op({ $eq: 'u' }) }] }, SET));
compiles(() => orders.updateOne({ tenant_id: 't', user_id: op({ $in: ['u'] }) }, SET));
compiles(() => orders.updateOne({ user_id: a<string>() }, SET, { trusted: trusted({ filter: { tenant_id: 't' } }) }));
compiles(() => orders.updateOne(trusted({ tenant_id: 't', user_id: 'u', tags: 'x' }), SET));
compiles(() => orders.deleteOne(KEY));
compiles(() => orders.deleteOne({}, { trusted: trusted({ filter: KEY }) }));
compiles(() => orders.replaceOne(KEY, { user_id: 'u', product: 'p', quantity: 1 }));
compiles(() => orders.findOneAndUpdate(KEY, SET, { projection: ['product'] }));
compiles(() => orders.findOneAndDelete(KEY, { projection: ['product'] }));
compiles(() => orders.bulkWrite([{ updateOne: { filter: KEY, update: SET } }, { deleteMany: { filter: { product: 'p' } } }]));
compiles(() => orders.initializeOrderedBulkOp().find(KEY).updateOne(SET).find(KEY).deleteOne());
compiles(() => orders.initializeOrderedBulkOp().find({ product: 'p' }).deleteOne({ trusted: trusted({ filter: KEY }) }));
// Of a filter that code built, the guard decides.
compiles(() => orders.deleteOne(a<SafeFilter<typeof orderView>>()));

// Reads and writes of many documents may go to all shards.
compiles(() => orders.findOne({ product: 'p' }, { projection: ['product'] }));
compiles(() => orders.updateMany({ product: 'p' }, SET));
compiles(() => orders.deleteMany(everything));
compiles(() => orders.initializeOrderedBulkOp().find({ product: 'p' }).update(SET).find(everything).delete());

// Without it.
// refused at {: the filter has to name the shard key: it does not compare 'tenant_id' with one value
orders.updateOne({ user_id: 'u' }, SET);
// refused at {: the filter has to name the shard key: it does not compare 'user_id' with one value
orders.deleteOne({ tenant_id: 't' });
// refused at {: it does not compare 'user_id' with one value
orders.deleteOne({ tenant_id: 't', user_id: op({ $gte: 'u' }) });
// refused at {: it does not compare 'user_id' with one value
orders.deleteOne({ tenant_id: 't', user_id: op({ $in: ['u', 'v'] }) });
// refused at {: it does not compare 'user_id' with one value
orders.deleteOne({ tenant_id: 't', user_id: /u/ });
// refused at {: it does not compare 'user_id' with one value
orders.deleteOne({ tenant_id: 't', user_id: null });
// refused at {: it does not compare 'user_id' with one value
orders.deleteOne({ tenant_id: 't', $or: [{ user_id: 'u' }, { product: 'p' }] });
// refused at a: it does not compare 'user_id' with one value
orders.deleteOne(a<{ tenant_id: string; user_id?: string }>().tenant_id === 't' ? { tenant_id: 't' } : { tenant_id: 't', user_id: 'u' });
// refused at {: it does not compare 'user_id' with one value
orders.replaceOne({ tenant_id: 't' }, { user_id: 'u', product: 'p', quantity: 1 });
// refused at {: it does not compare 'user_id' with one value
orders.findOneAndUpdate({ tenant_id: 't' }, SET, { projection: ['product'] });
// refused at {: it does not compare 'user_id' with one value
orders.findOneAndReplace({ tenant_id: 't' }, { user_id: 'u', product: 'p', quantity: 1 }, { projection: ['product'] });
// refused at {: it does not compare 'user_id' with one value
orders.findOneAndDelete({ tenant_id: 't' }, { projection: ['product'] });
// refused at trusted: it does not compare 'user_id' with one value
orders.deleteOne(trusted({ tenant_id: 't' }));
// refused at {: it does not compare 'user_id' with one value
orders.updateMany({ tenant_id: 't' }, SET, { upsert: true, trusted: trusted({ update: { $setOnInsert: { tenant_id: 't' } } }) });
// refused at filter: it does not compare 'user_id' with one value
orders.bulkWrite([{ updateOne: { filter: { tenant_id: 't' }, update: SET } }]);
// refused at filter: it does not compare 'user_id' with one value
orders.bulkWrite([{ deleteOne: { filter: { tenant_id: 't' } } }]);
// refused at orders: it does not compare 'user_id' with one value
orders.initializeOrderedBulkOp().find({ tenant_id: 't' }).updateOne(SET);
// refused at orders: it does not compare 'user_id' with one value
orders.initializeOrderedBulkOp().find({ tenant_id: 't' }).replaceOne({ user_id: 'u', product: 'p', quantity: 1 });
// refused at orders: it does not compare 'user_id' with one value
orders.initializeOrderedBulkOp().find({ tenant_id: 't' }).deleteOne();

// A scope that begins the shard key says its part.
const scopedView = defineView<Order>()({
  public: { user_id: 1, product: 1 },
  writable: { product: 1 },
  scope: { tenant_id: 1 },
  shardKey: { tenant_id: 1, user_id: 1 },
});
const own = new SafeCollection(raw, scopedView).scoped({ tenant_id: 't' });
compiles(() => own.updateOne({ user_id: 'u' }, { $set: { product: 'p' } }));
// refused at {: it does not compare 'user_id' with one value
own.updateOne({ product: 'p' }, { $set: { product: 'q' } });

// All audiences of a collection have the same shard key.
// refused at two: all audiences of a collection have the same
defineAudiences(scopedView, { one: {}, two: { shardKey: { tenant_id: 1 } } });
