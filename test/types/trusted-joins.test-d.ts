// `trusted` of a call that joins: what holds for each joined view, and what a call says that leaves it out.
import type { Db } from 'mongodb';
import { createSafeDb, trusted } from 'safe-collection';

import { a, compiles } from './assert.ts';
import { orderView, userView } from './fixtures.ts';

const { users, orders } = createSafeDb(a<Db>(), { users: userView, orders: orderView });
const end = { $project: { product: 1 } } as const;
const BUYERS = { from: 'users', localField: 'user_id', foreignField: '_id', as: 'buyers' } as const;
const BUYER = { from: 'users', localField: 'user_id', foreignField: '_id', projection: ['username'] } as const;
const MINE = { product: 'tea', cost_center: 'cc' } as const;
const demand = trusted({ filter: MINE, joins: { users: { api_key: 'k' } } });
compiles(() => orders.aggregate([{ $lookup: BUYERS }, { $project: { buyers: 1 } }], { trusted: demand }));
compiles(() => orders.aggregate([{ $lookup: BUYERS }, { $project: { buyers: 1 } }], { trusted: trusted({ joins: { users: {} } }) }));
compiles(() => orders.aggregate([end], { trusted: demand }));
compiles(() => users.aggregate([{ $project: { username: 1 } }], { trusted: trusted({ joins: { orders: { cost_center: 'cc' } } }) }));
compiles(() => orders.aggregate([end], { trusted: trusted({ filter: MINE }) }));
compiles(() => orders.pipeline({ trusted: demand }).lookup(BUYERS).project({ buyers: 1 }));
compiles(() => orders.pipeline({ trusted: trusted({ filter: MINE }) }).project({ product: 1 }));
compiles(() => orders.findPopulated({}, { projection: ['product'], populate: { buyer: BUYER }, trusted: demand }));
compiles(() => orders.findPopulated({}, { projection: ['product'], populate: {}, trusted: trusted({ filter: MINE }) }));
// refused at trusted: trusted has no condition for 'users': add joins: { users: filter }
orders.aggregate([{ $lookup: BUYERS }, { $project: { buyers: 1 } }], { trusted: trusted({ filter: MINE }) });
// refused at trusted: trusted has no condition for 'orders': add joins: { orders: filter }
orders.aggregate([{ $lookup: { from: 'orders', localField: 'product', foreignField: 'product', as: 'same' } }, { $project: { same: 1 } }], { trusted: demand });
// refused at trusted: trusted has no condition for 'orders': add joins: { orders: filter }
orders.aggregate([{ $lookup: { ...BUYERS, pipeline: [{ $lookup: { from: 'orders', localField: '_id', foreignField: 'user_id', as: 'own' } }, { $project: { own: 1 } }] } }, { $project: { buyers: 1 } }], { trusted: demand });
// refused at trusted: trusted has no condition for 'users': add joins: { users: filter }
orders.aggregate([{ $facet: { all: [{ $lookup: BUYERS }, { $project: { buyers: 1 } }] } }, { $project: { all: 1 } }], { trusted: trusted({ joins: {} }) });
// refused at trusted: trusted has no condition for 'users': add joins: { users: filter }
orders.findPopulated({}, { projection: ['product'], populate: { buyer: BUYER }, trusted: trusted({ filter: MINE }) });
// refused at trusted: 'secrets' in trusted.joins is not a view of this SafeDb
orders.aggregate([end], { trusted: trusted({ joins: { secrets: {} } }) });
// refused at trusted: 'cost_center' is not a path of this document
orders.aggregate([{ $lookup: BUYERS }, { $project: { buyers: 1 } }], { trusted: trusted({ joins: { users: { cost_center: 'cc' } } }) });
// refused at trusted: 'api_key' is compared with a value of another type
orders.findPopulated({}, { projection: ['product'], populate: { buyer: BUYER }, trusted: trusted({ joins: { users: { api_key: 1 } } }) });
// refused at trusted: 'secrets' in trusted.joins is not a view of this SafeDb
orders.pipeline({ trusted: trusted({ joins: { secrets: {} } }) });
// refused at trusted: 'joins' is not used by this method
orders.find({}, { projection: ['product'], trusted: trusted({ joins: { users: {} } }) });
// refused at trusted: 'joins' is not used by this method
orders.deleteOne({ product: 'tea' }, { trusted: trusted({ joins: { users: {} } }) });
