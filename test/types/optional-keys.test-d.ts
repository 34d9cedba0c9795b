// Optional keys compile with and without `exactOptionalPropertyTypes`; a required key whose value may be undefined does not.
import type { ClientSession, MongoClient } from 'mongodb';
import { defined, op, SafeCollection, trusted, withTransaction } from 'safe-collection';
import { PrivilegedCollection } from '../../src/privileged.ts';

import { a, compiles, type } from './assert.ts';
import { rawUsers, users, userView } from './fixtures.ts';
import { members, notes } from './write-fixtures.ts';

const one = { username: 'ada' };
const p = { projection: ['email'] } as const;
declare const flag: boolean;
declare const client: MongoClient;
const logins = new PrivilegedCollection(rawUsers, userView, { reason: 'login' });
declare const name: string;
declare const noteText: readonly ['text'];

/** The type that a validator returns for optional fields, with and without `exactOptionalPropertyTypes`. */
interface Patch {
  email?: string;
  age?: number | undefined;
}
declare const patch: Patch;

// Filters.
compiles(() => users.countDocuments(a<{ username?: string; role?: 'admin' | undefined }>()));
compiles(() => users.countDocuments({ ...(flag ? { username: name } : {}), role: 'admin' }));
compiles(() => users.countDocuments({ ...(flag && { username: name }) }));
compiles(() => users.countDocuments({ $or: [a<{ age?: number }>(), { ...(flag && { $nor: [{ age: 3 }] }) }] }));
compiles(() => users.countDocuments({ addresses: op({ $elemMatch: a<{ city?: string }>() }) }));
compiles(() => users.countDocuments({ addresses: op({ $elemMatch: { ...(flag && { city: name }) } }) }));
compiles(() => users.aggregate([{ $match: a<{ username?: string }>() }, { $project: { username: 1 } }]));
compiles(() => users.aggregate([{ $project: { username: 1 } }, { $match: a<{ username?: string }>() }, { $project: { username: 1 } }]));
compiles(() => users.find({}, { projection: ['username'], sort: { ...(flag && ({ username: 1 } as const)), age: -1 } }));
compiles(() => users.countDocuments({}, { trusted: trusted({ filter: a<{ api_key?: string }>() }) }));
// refused at { ...: 'password_hash' is not filterable in this view
users.countDocuments({ ...(flag && { password_hash: 'x' }) });
// refused at a<{: 'role' is compared with a value of another type
users.countDocuments(a<{ role?: 'root' }>());
// refused: 'username' may be undefined: leave the key out instead
users.countDocuments({ username: a<string | undefined>() });
// refused at a<{: 'username' may be undefined: leave the key out instead
users.countDocuments(a<{ username: string | undefined }>());

// Updates.
compiles(() => members.updateOne(one, { $set: patch }));
compiles(() => members.updateOne(one, { $set: { ...(flag && { email: name }), ...(flag ? { age: 3 } : {}) } }));
compiles(() => members.updateOne(one, { ...(flag && { $inc: { age: 1 } }), $set: patch }));
compiles(() => members.updateOne(one, {}, { trusted: trusted({ update: { $set: a<{ internal_role?: 'user' }>() } }) }));
compiles(() => members.findOneAndUpdate(one, { $set: patch }, p));
compiles(() => members.bulkWrite([{ updateOne: { filter: a<{ username?: string }>(), update: { $set: patch } } }]));
compiles(() => members.initializeOrderedBulkOp().find(a<{ username?: string }>()).updateOne({ $set: patch }));
// refused at $set: 'internal_role' is not writable in this view
members.updateOne(one, { $set: { ...(flag && { internal_role: 'admin' as const }) } });
// refused: 'email' may be undefined: leave the key out instead
members.updateOne(one, { $set: { email: a<string | undefined>() } });
// refused at $set: 'internal_role' is in the input and in `trusted`: set it in only one of them
members.updateOne(one, { $set: a<{ internal_role?: 'user' }>() }, { trusted: trusted({ update: { $set: { internal_role: 'user' } } }) });
// refused at { ...: needs a condition on 'addresses' in the filter
members.updateOne(one, { ...(flag && { $set: { 'addresses.$.city': 'x' } }) });
type(members.updateOne(one, { ...(flag && { $set: { code: 'x' } }) }).then((result) => 'modifiedCount' in result)).is<Promise<boolean>>();
members.updateOne(one, { ...(flag && { $set: { code: 'x' } }) }).then(
  // refused at modifiedCount: Property 'modifiedCount' does not exist
  (result) => result.modifiedCount,
);

// New documents: what the document requires can't be left out.
compiles(() => notes.insertOne(a<{ text: string; pinned?: boolean | undefined }>()));
compiles(() => notes.insertOne({ text: 't', ...(flag && { pinned: true }) }));
compiles(() => notes.insertMany(a<{ text: string; pinned?: boolean }[]>()));
// refused at a<{: required in type
notes.insertOne(a<{ text?: string }>());
// refused: 'text' may be undefined: leave the key out instead
notes.insertOne({ text: a<string | undefined>() });

// Options: `undefined` is absent.
compiles(() => users.find({}, { projection: ['username'], limit: a<number | undefined>(), sort: a<{ username: 1 } | undefined>() }));
compiles(() => users.findOne({}, { projection: ['username'], session: a<ClientSession | undefined>(), signal: a<AbortSignal | undefined>() }));
compiles(() => users.find({}, { projection: ['username'], ...a<{ limit?: number; skip?: number | undefined }>() }));
compiles(() => users.exists(one, { trusted: flag ? trusted({ filter: { api_key: 'x' } }) : undefined }));
compiles(() => notes.updateOne({ text: 't' }, { $set: { pinned: true } }, { version: a<number | undefined>(), comment: a<string | undefined>() }));
compiles(() => members.bulkWrite([{ updateOne: { filter: one, update: { $set: patch }, upsert: a<boolean | undefined>() } }]));
// refused at projection: not assignable
users.findOne({}, { projection: a<['username'] | undefined>() });
// refused at sort: 'password_hash' is not sortable in this view
users.find({}, { projection: ['username'], sort: a<{ password_hash: 1 } | undefined>() });
// refused at arrayFilters: the update does not use $[n]
members.updateOne(one, { $set: patch }, { arrayFilters: a<readonly [{ n: 'x' }] | undefined>() });
// refused: an upsert copies 'joined_at' into the new document
members.updateOne({ joined_at: new Date() }, { $set: patch }, { upsert: a<boolean | undefined>() });
// refused at trusted: not assignable
members.insertOne(a<never>(), { trusted: a<undefined>() });

// The result of an insert has the document if there is certainly a projection.
type(notes.insertOne({ text: 't' }, { projection: flag ? noteText : undefined }).then(({ document }) => document?.text satisfies string | undefined)).is<Promise<string | undefined>>();

// `defined()` drops undefined on purpose.
compiles(() => members.updateOne(one, { $set: defined({ email: a<string | undefined>(), age: 3 }) }));
compiles(() => users.countDocuments(defined({ username: a<string | undefined>() })));
compiles(() => notes.insertOne(defined({ text: 't', pinned: a<boolean | undefined>() })));
type(defined({ one: a<string | undefined>(), two: 2 as number })).is<{ two: number; one?: string }>();
// refused at a<any: 'never'
defined(a<any>());

// The same for bulks, transactions, privileged reads and collections.
compiles(() => members.initializeOrderedBulkOp().find(one).updateOne({ $set: patch }, { trusted: a<undefined>() }));
compiles(() => withTransaction(client, async () => 1, { maxCommitTimeMS: a<number | undefined>() }));
compiles(() => logins.find({ api_key: 'x' }, { projection: ['username'], sort: a<{ api_key: 1 } | undefined>(), limit: a<number | undefined>() }));
compiles(() => logins.findOne(a<{ api_key?: string }>(), { projection: ['username'] }));
compiles(() => new SafeCollection(rawUsers, userView, { onDriverError: a<undefined>() }));
