// $expr in a $match after the view, and the variables of a $lookup.
import type { Db } from 'mongodb';
import { createSafeDb, defineView, op } from 'safe-collection';

import { a, compiles, type } from './assert.ts';

interface Buyer {
  _id: string;
  name: string;
  spent: number;
  budget: number;
  city: string;
  pin: number;
}

interface Sale {
  _id: string;
  buyer: string;
  amount: number;
  city: string;
  margin: number;
}

const shop = createSafeDb(a<Db>(), {
  buyers: defineView<Buyer>()({ public: { _id: 1, name: 1, spent: 1, budget: 1, city: 1 }, filterable: { pin: 1, city: 0 }, joinable: { city: 0 } }),
  sales: defineView<Sale>()({ public: { buyer: 1, amount: 1, city: 1 } }),
  hidden: defineView<Buyer>()({ public: { name: 1, spent: 1 } }),
});

// $expr compares fields with each other. The documents keep their shape.
type(shop.buyers.aggregate([{ $match: { $expr: { $gt: ['$spent', '$budget'] } } }, { $project: { name: 1 } }]).toArray()).is<
  Promise<import('safe-collection').Exposed<{ name: string }>[]>
>();
compiles(() => shop.buyers.aggregate([{ $match: { name: 'x', $expr: { $gt: ['$spent', 100] } } }, { $project: { name: 1 } }]));
compiles(() => shop.buyers.aggregate([{ $match: { pin: 5 } }, { $match: { $expr: { $gt: ['$spent', 1] } } }, { $project: { name: 1 } }]));
compiles(() => shop.buyers.aggregate([{ $addFields: { left: { $subtract: ['$budget', '$spent'] } } }, { $match: { $expr: { $lt: ['$left', 0] } } }, { $project: { name: 1 } }]));
compiles(() => shop.buyers.pipeline().match({ $expr: { $gt: ['$spent', '$budget'] } }).project({ name: 1 }).toArray());
// refused at $pin: 'pin' does not exist at this point of the pipeline
shop.buyers.aggregate([{ $match: { $expr: { $gt: ['$pin', 5] } } }, { $project: { name: 1 } }]);
// refused: 'pin' does not exist at this point of the pipeline
shop.buyers.aggregate([{ $match: { pin: 5, $expr: { $gt: ['$spent', 5] } } }, { $project: { name: 1 } }]);
// refused: 'pin' does not exist at this point of the pipeline
shop.buyers.aggregate([{ $match: { $expr: { $gt: ['$spent', 5] } } }, { $match: { pin: 5 } }, { $project: { name: 1 } }]);
// refused at $where: '$where' is not a supported expression operator
shop.buyers.aggregate([{ $match: { $expr: { $where: 'true' } } }, { $project: { name: 1 } }]);
// refused at $expr: 'never'
shop.buyers.aggregate([{ $match: { $expr: a<any>() } }, { $project: { name: 1 } }]);
// refused at a<string>: a string that is known only at run time could name a field
shop.buyers.aggregate([{ $match: { $expr: { $eq: ['$name', a<string>()] } } }, { $project: { name: 1 } }]);
// refused: '$expr' is not allowed in a filter
shop.buyers.aggregate([{ $match: { $or: [{ $expr: true }] } }, { $project: { name: 1 } }]);
// refused: '$expr' is not allowed in a filter
shop.buyers.find({ $expr: { $gt: ['$spent', '$budget'] } }, { projection: ['name'] });
// refused: '$$budget' is not bound here
shop.buyers.aggregate([{ $match: { $expr: { $gt: ['$spent', '$$budget'] } } }, { $project: { name: 1 } }]);

// Variables of a $lookup can be used in the $expr of its pipeline.
const keys = { from: 'sales', localField: '_id', foreignField: 'buyer', as: 'large' } as const;
type(
  shop.buyers
    .aggregate([
      { $lookup: { ...keys, let: { most: '$budget' }, pipeline: [{ $match: { $expr: { $gt: ['$amount', '$$most'] } } }, { $project: { amount: 1 } }] } },
      { $project: { name: 1, large: 1 } },
    ])
    .toArray(),
).is<Promise<import('safe-collection').Exposed<{ name: string; large: { amount: number }[] }>[]>>();
compiles(() =>
  shop.buyers.aggregate([
    { $lookup: { ...keys, let: { half: { $divide: ['$budget', 2] } }, pipeline: [{ $match: { amount: op({ $gt: 0 }), $expr: { $gt: ['$amount', '$$half'] } } }] } },
    { $project: { name: 1, 'large.amount': 1 } },
  ]),
);
const named = { $project: { name: 1 } } as const;
// refused: 'pin' does not exist at this point of the pipeline
shop.buyers.aggregate([{ $lookup: { ...keys, let: { pin: '$pin' }, pipeline: [] } }, named]);
// refused: '$$least' is not bound here
shop.buyers.aggregate([{ $lookup: { ...keys, let: { most: '$budget' }, pipeline: [{ $match: { $expr: { $gt: ['$amount', '$$least'] } } }] } }, named]);
// refused at $margin: 'margin' does not exist at this point of the pipeline
shop.buyers.aggregate([{ $lookup: { ...keys, let: { most: '$budget' }, pipeline: [{ $match: { $expr: { $gt: ['$margin', '$$most'] } } }] } }, named]);
// refused: '$$most' is not bound here: the `let` of a $lookup is only for the $expr of a $match in its own pipeline
shop.buyers.aggregate([{ $lookup: { ...keys, let: { most: '$budget' }, pipeline: [{ $project: { over: { $gt: ['$amount', '$$most'] } } }] } }, named]);
// refused: 'Most' is not the name of a variable
shop.buyers.aggregate([{ $lookup: { ...keys, let: { Most: '$budget' }, pipeline: [] } }, named]);
// refused at let: 'never'
shop.buyers.aggregate([{ $lookup: { ...keys, let: a<any>(), pipeline: [] } }, named]);
// refused at localField: '_id' is not joinable in this view and does not exist at this point of the pipeline
shop.hidden.aggregate([{ $lookup: { from: 'sales', localField: '_id', foreignField: 'buyer', as: 'large', let: { most: '$spent' }, pipeline: [] } }, named]);
