// Sorts, options and the key of `distinct()`: what they take, and what a call with another one says.
import type { ClientSession, Db } from 'mongodb';
import { createSafeDb, SafeCollection, type SafeSort } from 'safe-collection';
import { PrivilegedCollection } from 'safe-collection/privileged';

import { a, compiles, type } from './assert.ts';
import { rawUsers, users, userView } from './fixtures.ts';

const p = { projection: ['username'] } as const;
declare const flag: boolean;

compiles(() => users.find({}, { ...p, sort: { username: 1, joined_at: -1 } }));
compiles(() => users.find({}, { ...p, sort: [['username', 1], ['profile.bio', -1]] }));
compiles(() => users.find({}, { ...p, sort: { deleted_at: flag ? 1 : -1 } }));
compiles(() => users.find({}, { ...p, sort: [[flag ? 'username' : 'age', 1]] }));
compiles(() => users.find({}, p).sort({ username: 1 }).sort('age', -1).sort([['age', 1]]));

// refused: 'password_hash' is not sortable in this view
users.find({}, { ...p, sort: { password_hash: 1 } });
// refused: 'password_hash' is not sortable in this view
users.findOne({}, { ...p, sort: { username: 1, password_hash: 1 } });
// refused: 'password_hash' is not sortable in this view
users.find({}, { ...p, sort: [['username', 1], ['password_hash', 1]] });
// refused: 'email' is not sortable in this view
users.find({}, { ...p, sort: { email: 1 } });
// refused: '$natural' is not sortable in this view
users.find({}, { ...p, sort: { $natural: 1 } });
// refused: 'profile' is a branch: sort by a leaf below it
users.find({}, { ...p, sort: { profile: 1 } });
// refused: '_id' is not sortable in this view
users.find({}, { ...p, sort: { _id: 1 } });
// refused at username: a sort direction must be 1 or -1
users.find({}, { ...p, sort: { username: 'asc' } });
// refused at username: a sort direction must be 1 or -1
users.find({}, { ...p, sort: { username: { $meta: 'textScore' } } });
// refused at username: a sort direction must be 1 or -1
users.find({}, { ...p, sort: { username: a<number>() } });
// refused at username: a sort direction must be 1 or -1
users.find({}, { ...p, sort: { username: flag ? 1 : 2 } });
// refused at 0]: a sort direction must be 1 or -1
users.find({}, { ...p, sort: [['username', 0]] });
// refused at flag: write one path as a literal
users.find({}, { ...p, sort: [[flag ? 'username' : 'password_hash', 1]] });
// refused at a<string>(), 1]: not assignable
users.find({}, { ...p, sort: [[a<string>(), 1]] });
// refused at sort: a sort needs at least one path
users.find({}, { ...p, sort: {} });
// refused at sort: a sort needs at least one path
users.find({}, { ...p, sort: [] });
// refused at sort: 'string' is not assignable
users.find({}, { ...p, sort: 'username' });
// refused at sort: 'never'
users.find({}, { ...p, sort: a<any>() });
// refused at sort: 'unknown' is not assignable
users.find({}, { ...p, sort: a<unknown>() });
// refused at username: 'never'
users.find({}, { ...p, sort: { username: a<any>() } });
// refused at password_hash: 'never'
users.find({}, { ...p, sort: { password_hash: a<any>() } });
// refused at $natural: 'never'
users.find({}, { ...p, sort: { username: 1, $natural: a<any>() } });
// refused at profile: 'never'
users.find({}, p).sort({ profile: a<any>() });
// refused at sort: 'never'
users.find({}, { ...p, sort: a<any[]>() });
// refused at a<any>()]: 'never'
users.find({}, { ...p, sort: [a<any>()] });
// refused at password_hash: 'password_hash' is not sortable in this view
// refused at a<any>()]]: 'never'
users.find({}, { ...p, sort: [['password_hash', a<any>()]] });
// refused at sort: 'Map
users.find({}, { ...p, sort: new Map([['username', 1]]) });
// refused: 'password_hash' is not sortable in this view
users.find({}, p).sort({ password_hash: 1 });
// refused at password_hash: '"password_hash"' is not assignable to parameter of type
users.find({}, p).sort('password_hash', 1);
// refused at 2: '2' is not assignable
users.find({}, p).sort('username', 2);
// refused at a<any: 'never'
users.find({}, p).sort(a<any>());

const newest: SafeSort<typeof userView> = flag ? { joined_at: -1 } : [['username', 1]];
compiles(() => users.find({}, { ...p, sort: newest }));
compiles(() => users.find({}, p).sort(newest));
compiles(() => users.find({}, { ...p, sort: { ...{ username: 1 as const }, age: 1 } }));
// refused: 'password_hash' does not exist
const wrong: SafeSort<typeof userView> = { password_hash: 1 };

// Options: each method takes those of the driver that are listed for it.
const session = a<ClientSession>();
const signal = a<AbortSignal>();
compiles(() => users.find({}, { ...p, limit: 1, skip: 2, batchSize: 3, maxTimeMS: 4, session, signal, comment: 'x', allowDiskUse: true }));
compiles(() => users.findOne({}, { ...p, collation: { locale: 'de' }, readConcern: 'majority', readPreference: 'secondary' }));
compiles(() => users.countDocuments({}, { limit: 1, session }));
compiles(() => users.exists({}, { signal }));
compiles(() => users.estimatedDocumentCount({ maxTimeMS: 5 }));
compiles(() => users.distinct('role', {}, { session }));
// refused: 'limit' is not an option of findOne()
users.findOne({}, { ...p, limit: 1 });
// refused: 'raw' is not an option of find()
users.find({}, { ...p, raw: true });
// refused: 'returnKey' is not an option of find()
users.find({}, { ...p, returnKey: true });
// refused: 'hint' is not an option of find()
users.find({}, { ...p, hint: { password_hash: 1 } });
// refused: 'min' is not an option of find()
users.find({}, { ...p, min: { password_hash: 'a' } });
// refused: 'max' is not an option of find()
users.find({}, { ...p, max: { password_hash: 'a' } });
// refused: 'explain' is not an option of find()
users.find({}, { ...p, explain: true });
// refused: 'showRecordId' is not an option of find()
users.find({}, { ...p, showRecordId: true });
// refused: 'let' is not an option of find()
users.find({}, { ...p, let: {} });
// refused: 'tailable' is not an option of find()
users.find({}, { ...p, tailable: true });
// refused: 'fields' is not an option of find()
users.find({}, { ...p, fields: { username: 1 } });
// refused: 'ignoreUndefined' is not an option of find(): it would drop conditions of a filter. Drop undefined keys with defined(object)
users.find({}, { ...p, ignoreUndefined: true });
// refused: 'dbName' does not exist in type
users.distinct('role', {}, { dbName: 'other' });
// refused at p): has no properties in common with type
users.exists({}, p);
// refused at p): has no properties in common with type
users.distinct('role', {}, p);
// refused: 'hint' is not an option of countDocuments()
users.countDocuments({}, { limit: 1, hint: 'x' });
// refused: 'hint' does not exist in type
users.countDocuments({}, { hint: 'x' });
// refused: 'nothing' does not exist in type
users.estimatedDocumentCount({ nothing: 1 });
// refused: 'trusted' does not exist in type
users.estimatedDocumentCount({ trusted: 1 });
// refused at limit: 'string' is not assignable
users.find({}, { ...p, limit: '1' });
// refused at limit: 'never'
users.find({}, { ...p, limit: a<any>() });

// Options are exact: an option that a method does not list is refused with any type, in a variable and after a spread too.
// refused at hint: 'never'
users.find({}, { ...p, hint: a<any>() });
// refused at hint: 'never'
users.findOne({}, { ...p, hint: a<any>() });
// refused at hint: 'never'
users.exists({}, { maxTimeMS: 1, hint: a<any>() });
// refused at hint: 'never'
users.countDocuments({}, { limit: 1, hint: a<any>() });
// refused at dbName: 'never'
users.distinct('role', {}, { maxTimeMS: 1, dbName: a<any>() });
// refused at hint: 'never'
users.estimatedDocumentCount({ maxTimeMS: 1, hint: a<any>() });
// refused at hint: 'never'
users.aggregate([{ $project: { username: 1 } }], { maxTimeMS: 1, hint: a<any>() });
// refused at hint: 'hint' is not an option of find()
users.find({}, { ...p, hint: a<unknown>() });
const optionsInVariable = { projection: { username: 1 }, returnKey: true } as const;
// refused at optionsInVariable: 'returnKey' is not an option of find()
users.find({}, optionsInVariable);
// refused at { ...p: 'returnKey' is not an option of find()
users.find({}, { ...p, ...optionsInVariable });
// refused at raw: Object literal may only specify known properties, and 'raw' does not exist
users.estimatedDocumentCount({ raw: true });
// refused at session: missing the following properties from type 'ClientSession'
users.find({}, { ...p, session: {} });

// The key of `distinct()`.
type(users.distinct('username', {})).is<Promise<string[]>>();
type(users.distinct('tags', {})).is<Promise<string[]>>();
type(users.distinct('addresses.city', {})).is<Promise<string[]>>();
type(users.distinct('profile.bio', {})).is<Promise<string[]>>();
type(users.distinct('role', {})).is<Promise<('admin' | 'member')[]>>();
type(users.distinct('joined_at', {})).is<Promise<Date[]>>();
// refused: 'password_hash' is not public in this view
users.distinct('password_hash', {});
// refused: '_id' is not public in this view
users.distinct('_id', {});
// refused: 'addresses.0.city' is not public in this view
users.distinct('addresses.0.city', {});
// refused: 'profile' is a branch: name a leaf below it
users.distinct('profile', {});
// refused at flag: write one path as a literal
users.distinct(flag ? 'username' : 'profile', {});
// refused at a<string: write the path as a literal
users.distinct(a<string>(), {});
// refused at users: the argument 'key' is any
users.distinct(a<any>(), {});
type(users.distinct('role')).is<Promise<('admin' | 'member')[]>>();
type(users.distinct('addresses.city')).is<Promise<string[]>>();
compiles(() => users.distinct('role', {}, { collation: { locale: 'en' } }));
// refused: 'password_hash' is not public in this view
users.distinct('password_hash');
// refused: 'profile' is a branch: name a leaf below it
users.distinct('profile');
// refused at users: the argument 'key' is any
users.distinct(a<any>());
// refused at undefined: 'undefined' is not assignable
users.distinct('role', undefined);
// refused at distinct: Expected at least 1 arguments
users.distinct();

// Only the methods of the library exist.
// refused at rename: Property 'rename' does not exist
rawUsers.rename, users.rename;
// refused at project: Property 'project' does not exist
users.find({}, p).project({});
// refused at clone: Property 'clone' does not exist
users.find({}, p).clone();

// `ignoreUndefined` is often asked for. Its sentence names what does the same on purpose.
const DROPPED = { ...p, ignoreUndefined: true } as const;
// refused at DROPPED: it would drop conditions of a filter. Drop undefined keys with defined(object)
users.findOne({}, DROPPED);
// refused: 'ignoreUndefined' is not an option of countDocuments(): it would drop conditions of a filter. Drop undefined keys with defined(object)
users.countDocuments({}, { skip: 1, ignoreUndefined: true });
// refused: 'ignoreUndefined' is not an option of aggregate(): it would drop conditions of a filter. Drop undefined keys with defined(object)
users.aggregate([{ $project: { username: 1 } }], { comment: 'c', ignoreUndefined: true });
// refused at ignoreUndefined: 'ignoreUndefined' is not an option of a collection: it would drop conditions of a filter
new SafeCollection(rawUsers, userView, { ignoreUndefined: true });
// refused at ignoreUndefined: 'ignoreUndefined' is not an option of a collection: it would drop conditions of a filter
createSafeDb(a<Db>(), { users: userView }, { ignoreUndefined: true });
// refused at ignoreUndefined: 'ignoreUndefined' is not an option of a collection: it would drop conditions of a filter
new PrivilegedCollection(rawUsers, userView, { reason: 'r', ignoreUndefined: true });
