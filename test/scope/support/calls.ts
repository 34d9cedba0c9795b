import { everything, op, trusted } from 'safe-collection';

import type { shopOf } from './shop.ts';

type Scoped = ReturnType<ReturnType<typeof shopOf>['scoped']>;
export type Orders = Scoped['orders'];

/** A call of a method, with what it gives. */
export interface Call {
  /** The method of the collection that it calls. */
  readonly method: keyof Orders;
  readonly run: (orders: Orders) => Promise<unknown>;
}

const BY_PRODUCT = { product: 1, quantity: -1, status: 1, buyer_id: 1 } as const;
const SHOWN = ['product', 'quantity', 'status', 'tags'] as const;
const SET = trusted({ set: { buyer_id: 1, cost: 5 } });
const NEW = { product: 'chair', quantity: 3, status: 'open', tags: ['new'] } as const;
const JOIN = { from: 'buyers', localField: 'buyer_id', foreignField: 'number', as: 'buyers' } as const;
const PRODUCT = { from: 'products', localField: 'product', foreignField: 'name', as: 'products' } as const;

/** Every method that reads, with the filters, joins and stages that could reach rows of others. */
export const READS: Readonly<Record<string, Call>> = {
  find: {
    method: 'find',
    run: (orders) => orders.find({}, { projection: SHOWN, sort: BY_PRODUCT }).toArray(),
  },
  'find by $or': {
    method: 'find',
    run: (orders) =>
      orders
        .find({ $or: [{ product: 'tea' }, { status: op({ $ne: 'paid' }) }] }, { projection: SHOWN, sort: BY_PRODUCT })
        .toArray(),
  },
  'find by $nor': {
    method: 'find',
    run: (orders) => orders.find({ $nor: [{ product: 'tea' }] }, { projection: SHOWN, sort: BY_PRODUCT }).toArray(),
  },
  'find, a trusted filter in place': {
    method: 'find',
    run: (orders) => orders.find(trusted({ cost: op({ $gte: 0 }) }), { projection: SHOWN, sort: BY_PRODUCT }).toArray(),
  },
  'find, skip and limit': {
    method: 'find',
    run: (orders) => orders.find({}, { projection: SHOWN, sort: BY_PRODUCT, skip: 1, limit: 2 }).toArray(),
  },
  'find, as JSON': {
    method: 'find',
    run: async (orders) => (await orders.find({}, { projection: SHOWN, sort: BY_PRODUCT }).json()).text(),
  },
  'find, one by one': {
    method: 'find',
    run: async (orders) => await orders.find({}, { projection: SHOWN }).sort(BY_PRODUCT).next(),
  },
  // Its events are compared in `streams.test.ts`.
  watch: {
    method: 'watch',
    run: async (orders) => {
      try {
        await (await orders.watch({}, { projection: SHOWN })).close();
        return 'opened';
      } catch (error) {
        // These collections keep no images, and no stream is opened in a transaction.
        const { code } = error as { readonly code: string };
        if (code === 'images_missing' || code === 'argument_invalid') return code;
        throw error;
      }
    },
  },
  consume: {
    method: 'consume',
    run: async (orders) => {
      try {
        return await orders.consume({}, { projection: SHOWN, group: 'g' }, () => undefined);
      } catch (error) {
        // As for watch().
        const { code } = error as { readonly code: string };
        if (code === 'images_missing' || code === 'argument_invalid') return code;
        throw error;
      }
    },
  },
  findOne: { method: 'findOne', run: (orders) => orders.findOne({}, { projection: SHOWN, sort: BY_PRODUCT }) },
  'findOne by a filter that names the scope': {
    method: 'findOne',
    run: (orders) => orders.findOne(trusted({ tenant_id: 'globex' }), { projection: SHOWN }),
  },
  findJson: {
    method: 'findJson',
    run: async (orders) => (await orders.findJson({}, { projection: SHOWN, sort: BY_PRODUCT })).text(),
  },
  findOneJson: {
    method: 'findOneJson',
    run: async (orders) => (await orders.findOneJson({}, { projection: SHOWN, sort: BY_PRODUCT }))?.text(),
  },
  paginate: {
    method: 'paginate',
    run: async (orders) => {
      const ask = { projection: SHOWN, sort: { product: 1, quantity: -1, status: 1, buyer_id: 1 }, limit: 3 } as const;
      const { items, next } = await orders.paginate({}, ask);
      const after = await orders.paginate({}, { ...ask, after: next });
      const before = await orders.paginate({}, { ...ask, before: after.previous });
      return [items, after.items, after.hasNext, before.items, before.previous];
    },
  },
  'paginate, a trusted filter in place': {
    method: 'paginate',
    run: async (orders) => {
      const { items, hasNext } = await orders.paginate(trusted({ cost: op({ $gte: 0 }) }), {
        projection: SHOWN,
        sort: BY_PRODUCT,
        limit: 50,
      });
      return [items, hasNext];
    },
  },
  exists: { method: 'exists', run: (orders) => orders.exists({ product: 'only globex' }) },
  countDocuments: { method: 'countDocuments', run: (orders) => orders.countDocuments() },
  'countDocuments by a filter': {
    method: 'countDocuments',
    run: (orders) => orders.countDocuments({ product: 'tea' }),
  },
  estimatedDocumentCount: { method: 'estimatedDocumentCount', run: (orders) => orders.estimatedDocumentCount() },
  distinct: { method: 'distinct', run: async (orders) => (await orders.distinct('product')).toSorted() },
  'distinct by a filter': { method: 'distinct', run: (orders) => orders.distinct('tags', { product: 'tea' }) },
  aggregate: {
    method: 'aggregate',
    run: (orders) =>
      orders.aggregate([{ $group: { _id: '$product', sum: { $sum: '$quantity' } } }, { $sort: { _id: 1 } }]).toArray(),
  },
  'aggregate, sorted and limited first': {
    method: 'aggregate',
    run: (orders) =>
      orders
        .aggregate([
          { $sort: { quantity: -1, product: 1, status: 1, buyer_id: 1 } },
          { $limit: 3 },
          { $project: { product: 1, quantity: 1 } },
        ])
        .toArray(),
  },
  'aggregate, $facet': {
    method: 'aggregate',
    run: (orders) =>
      orders
        .aggregate([{ $facet: { all: [{ $count: 'n' }], open: [{ $match: { status: 'open' } }, { $count: 'n' }] } }])
        .toArray(),
  },
  'aggregate, $lookup': {
    method: 'aggregate',
    run: (orders) =>
      orders
        .aggregate([{ $sort: BY_PRODUCT }, { $lookup: JOIN }, { $project: { product: 1, 'buyers.name': 1 } }])
        .toArray(),
  },
  'aggregate, $lookup of itself': {
    method: 'aggregate',
    run: (orders) =>
      orders
        .aggregate([
          { $sort: BY_PRODUCT },
          { $limit: 1 },
          {
            $lookup: {
              from: 'orders',
              localField: 'product',
              foreignField: 'product',
              as: 'same',
              pipeline: [{ $sort: BY_PRODUCT }, { $project: { quantity: 1 } }],
            },
          },
          { $project: { product: 1, 'same.quantity': 1 } },
        ])
        .toArray(),
  },
  'aggregate, $lookup of shared rows, and of own rows in it': {
    method: 'aggregate',
    run: (orders) =>
      orders
        .aggregate([
          { $sort: BY_PRODUCT },
          {
            $lookup: {
              ...PRODUCT,
              pipeline: [
                {
                  $lookup: {
                    from: 'orders',
                    localField: 'name',
                    foreignField: 'product',
                    as: 'sold',
                    pipeline: [{ $sort: BY_PRODUCT }, { $project: { quantity: 1 } }],
                  },
                },
                { $project: { name: 1, 'sold.quantity': 1 } },
              ],
            },
          },
          { $project: { product: 1, 'products.sold.quantity': 1 } },
        ])
        .toArray(),
  },
  pipeline: {
    method: 'pipeline',
    run: (orders) =>
      orders
        .pipeline()
        .group({ _id: '$status', n: { $sum: 1 } })
        .sort({ _id: 1 })
        .toArray(),
  },
  findPopulated: {
    method: 'findPopulated',
    run: (orders) =>
      orders
        .findPopulated(
          {},
          {
            projection: ['product', 'quantity', 'status'],
            sort: BY_PRODUCT,
            populate: {
              buyer: {
                from: 'buyers',
                localField: 'buyer_id',
                foreignField: 'number',
                projection: ['name'],
                justOne: true,
              },
            },
          },
        )
        .toArray(),
  },
};

/** Every method that writes, aimed at all rows that it can reach. */
export const WRITES: Readonly<Record<string, Call>> = {
  insertOne: { method: 'insertOne', run: (orders) => orders.insertOne(NEW, { trusted: SET }) },
  'insertOne, trusted': {
    method: 'insertOne',
    run: (orders) =>
      orders.insertOne(trusted({ product: 'x', quantity: 1, status: 's', tags: [], buyer_id: 2, cost: 0 })),
  },
  insertMany: { method: 'insertMany', run: (orders) => orders.insertMany([NEW, NEW], { trusted: SET }) },
  updateOne: {
    method: 'updateOne',
    run: (orders) => orders.updateOne({ product: 'only globex' }, { $set: { status: 'new' } }),
  },
  'updateOne, upsert': {
    method: 'updateOne',
    run: (orders) =>
      orders.updateOne(
        { product: 'only globex' },
        { $set: { status: 'new', quantity: 1, tags: [] } },
        { upsert: true, trusted: trusted({ update: { $setOnInsert: { buyer_id: 1, cost: 1 } } }) },
      ),
  },
  updateMany: { method: 'updateMany', run: (orders) => orders.updateMany(everything, { $set: { status: 'new' } }) },
  'updateMany, a trusted filter': {
    method: 'updateMany',
    run: (orders) => orders.updateMany(trusted({ cost: op({ $gte: 0 }) }), { $set: { status: 'new' } }),
  },
  replaceOne: { method: 'replaceOne', run: (orders) => orders.replaceOne({ product: 'only globex' }, NEW) },
  deleteOne: { method: 'deleteOne', run: (orders) => orders.deleteOne({ product: 'only globex' }) },
  deleteMany: { method: 'deleteMany', run: (orders) => orders.deleteMany(everything) },
  findOneAndUpdate: {
    method: 'findOneAndUpdate',
    run: (orders) =>
      orders.findOneAndUpdate({ product: 'only globex' }, { $set: { status: 'n' } }, { projection: SHOWN }),
  },
  findOneAndReplace: {
    method: 'findOneAndReplace',
    run: (orders) => orders.findOneAndReplace({ product: 'only globex' }, NEW, { projection: SHOWN }),
  },
  findOneAndDelete: {
    method: 'findOneAndDelete',
    run: (orders) => orders.findOneAndDelete({ product: 'only globex' }, { projection: SHOWN }),
  },
  bulkWrite: {
    method: 'bulkWrite',
    run: (orders) =>
      orders.bulkWrite([
        { updateMany: { filter: everything, update: { $set: { status: 'bulk' } } } },
        { updateOne: { filter: { product: 'only globex' }, update: { $set: { status: 'bulk' } } } },
        { replaceOne: { filter: { product: 'only globex' }, replacement: NEW } },
        { insertOne: { document: NEW, trusted: SET } },
        { deleteOne: { filter: { product: 'only globex' } } },
        { deleteMany: { filter: everything } },
      ]),
  },
  initializeOrderedBulkOp: {
    method: 'initializeOrderedBulkOp',
    run: async (orders) => {
      const bulk = orders.initializeOrderedBulkOp();
      bulk.find(everything).update({ $set: { status: 'bulk' } });
      bulk.find({ product: 'only globex' }).updateOne({ $set: { status: 'bulk' } });
      bulk.find({ product: 'only globex' }).replaceOne(NEW);
      bulk.insert(NEW, { trusted: SET });
      bulk.find({ product: 'only globex' }).deleteOne();
      bulk.find(everything).delete();
      return await bulk.execute();
    },
  },
  initializeUnorderedBulkOp: {
    method: 'initializeUnorderedBulkOp',
    run: async (orders) => {
      const bulk = orders.initializeUnorderedBulkOp();
      bulk
        .find({ product: 'only globex' })
        .upsert()
        .updateOne({ $set: { status: 'bulk', quantity: 1, tags: [] } });
      return await bulk.execute();
    },
  },
};
