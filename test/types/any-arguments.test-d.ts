import type { Collection, Db } from 'mongodb';
import { createSafeDb, SafeCollection } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles } from './assert.ts';
import { orderView, rawUsers, userView, users, type User } from './fixtures.ts';

// Options that may be left out are not `any`.
// refused at users: the argument 'options' is any
users.exists({}, a<any>());
// refused at users: the argument 'options' is any
users.countDocuments({}, a<any>());
// refused at users: the argument 'options' is any
users.estimatedDocumentCount(a<any>());
// refused at users: the argument 'options' is any
users.distinct('username', {}, a<any>());
// refused at users: the argument 'options' is any
users.aggregate([{ $project: { username: 1 } }], a<any>());
// refused at users: the argument 'options' is any
users.pipeline(a<any>());
// refused at users: the argument 'options' is any
users.deleteOne({ username: 'a' }, a<any>());
// refused at users: the argument 'options' is any
users.deleteMany({ username: 'a' }, a<any>());
// refused at users: the argument 'options' is any
users.updateOne({ username: 'a' }, a<never>(), a<any>());
// refused at users: the argument 'options' is any
users.updateMany({ username: 'a' }, a<never>(), a<any>());
// refused at users: the argument 'options' is any
users.bulkWrite([{ deleteOne: { filter: { username: 'a' } } }], a<any>());
// refused at users: the argument 'options' is any
users.initializeOrderedBulkOp(a<any>());
// refused at users: the argument 'options' is any
users.initializeUnorderedBulkOp(a<any>());
// refused at a<any: 'never'
users.initializeOrderedBulkOp().execute(a<any>());

// refused at users: the argument 'options' is any
users.paginate({}, a<any>());
// refused at users: the argument 'filter' is any
users.paginate(a<any>(), { projection: ['username'], limit: 1 });
// refused at users: the argument 'options' is any
users.watch({}, a<any>());
// refused at users: the argument 'filter' is any
users.consume(a<any>(), { group: 'g', projection: ['username'] }, () => {});

declare const logins: PrivilegedCollection<User, object>;
// refused at logins: the argument 'filter' is any
logins.find(a<any>(), { projection: ['username'] });
// refused at logins: the argument 'options' is any
logins.findOne({}, a<any>());
// refused at {}: find() needs a projection
logins.find({});
// refused at {}: findOne() needs a projection
logins.findOne({});
// refused at a<any: 'never'
logins.exists({}, a<any>());
// refused at a<any: 'never'
logins.countDocuments({}, a<any>());
// refused at a<any: 'never'
logins.distinct('username', {}, a<any>());

// Filters, also if the projection is forgotten.
// refused at users: the argument 'filter' is any
users.find(a<any>(), { projection: ['username'] });
// refused at users: the argument 'filter' is any
users.findOneJson(a<any>(), { projection: ['username'] });
// refused at users: the argument 'filter' is any
users.find(a<any>());
// refused at users: the argument 'filter' is any
users.countDocuments(a<any>());
// refused at users: the argument 'filter' is any
users.deleteMany(a<any>());
// refused at users: the argument 'filter' is any
users.distinct('username', a<any>());
// refused at users: the argument 'options' is any
users.find({}, a<any>());
// refused at users: the argument 'options' is any
users.findJson({}, a<any>());
// refused at users: the argument 'options' is any
users.findOneAndDelete({ username: 'a' }, a<any>());

// They may still be left out, and be an object in a variable.
const options = { maxTimeMS: 5 } as const;
compiles(() => [users.exists({}), users.exists({}, options), users.estimatedDocumentCount(), users.pipeline({ maxTimeMS: 5 })]);

// Arguments of cursor methods.
const cursor = users.find({}, { projection: ['username'] });
// refused at a<any: 'never'
cursor.limit(a<any>());
// refused at a<any: 'never'
cursor.skip(a<any>());
// refused at a<any: 'never'
cursor.batchSize(a<any>());
// refused at a<any: 'never'
cursor.sort(a<any>(), 1);
// refused at a<any: 'never'
cursor.sort('username', a<any>());
// refused at a<any: 'never'
cursor.sort(a<any>());
compiles(() => cursor.limit(a<number>()).skip(a<number>()).batchSize(10).sort('username', a<1 | -1>()));

// The views of a database, and of a collection.
// refused at users: 'never'
createSafeDb(a<Db>(), { users: a<any>(), orders: orderView });
// refused at a<any: 'never'
createSafeDb(a<Db>(), a<any>());
// refused at a<any: 'never'
createSafeDb(a<Db>(), { users: userView }, a<any>());
compiles(() => createSafeDb(a<Db>(), { users: userView }, { onDriverError: (error) => void error }));
// refused at rawUsers: 'Collection<User>' is not assignable
new SafeCollection(rawUsers, a<any>());
// refused at rawUsers: 'Collection<User>' is not assignable
new PrivilegedCollection(rawUsers, a<any>(), { reason: 'login' });
compiles(() => new SafeCollection(a<Collection<User>>(), userView, { onDriverError: (error) => void error }));
