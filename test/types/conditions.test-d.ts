// Literals in conditions and callbacks are checked like others. That right ones compile is shown by the honest programs.
import { op, trusted, type Exposed, type SafeFilter } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { users } from './fixtures.ts';
import { members, memberView, notes } from './write-fixtures.ts';

const flag = a<boolean>();
const names = a<string[]>();
const one = { username: 'ada' };
const projection = ['username'] as const;

// Sorts.
// refused at sort: a sort direction must be 1 or -1
members.find({}, { projection, sort: flag ? { username: 2 } : { username: 1 } });
// refused at sort: 'password_hash' is not sortable in this view
members.find({}, { projection, sort: flag ? { password_hash: 1 } : { username: 1 } });

// Updates.
// refused at $set: 'plan' takes a value of another type
members.updateOne(one, { $set: { ...(flag && { plan: 'gold' }), age: 1 } });
// refused at $set: 'password_hash' is not writable in this view
members.updateOne(one, { $set: flag ? { password_hash: 'h' } : { age: 1 } });
// refused at flag: 'password_hash' is not writable in this view
members.updateOne(one, flag ? { $unset: { age: 1 } } : { $set: { password_hash: 'h' } });
// refused at trusted: 'plan' in trusted.update is of another type
members.updateOne(one, trusted({ $set: { ...(flag && { plan: 'gold' }) } }));

// Parts of `trusted` may depend on a condition, except the fields of a new document.
compiles(() => members.updateOne(one, { $set: { age: 1 } }, { trusted: trusted({ filter: { seen_at: null }, ...(flag && { update: { $set: { internal_role: 'admin' } } }) }) }));
compiles(() => members.find({}, { projection, trusted: trusted({ ...(flag && { filter: { seen_at: null } }) }) }));
// refused at trusted: 'gone' is not a path of this document
members.updateOne(one, { $set: { age: 1 } }, { trusted: trusted({ ...(flag && { filter: { gone: null } }) }) });
// refused at trusted: 'set' may be absent, and then the document lacks its fields
notes.insertOne({ text: 't' }, { trusted: trusted({ ...(flag && { set: { rev: 1 } }) }) });

compiles(() => members.find({}, { projection, trusted: trusted({ filter: { addresses: op({ $not: op({ $elemMatch: { access_code: 'x' } }) }) } }) }));

// Documents and models.
// refused at names: 'password_hash' is not writable in this view
members.bulkWrite(names.map((username) => ({ updateOne: { filter: { username }, update: { $set: { password_hash: 'h' } } } })));
// refused at names: 'plan' takes a value of another type
members.bulkWrite(names.map((username) => ({ updateOne: { filter: { username }, update: { $set: { plan: 'gold' } } } })));
// refused at a: 'password_hash' is not filterable in this view
members.bulkWrite([a<{ deleteOne: { filter: { password_hash: string } } } | { deleteOne: { filter: { username: string } } }>()]);
// refused at a: a model of a bulk must be a literal: this type does not say what it writes
members.bulkWrite([a<object | { deleteOne: { filter: { username: string } } }>()]);

// Filters.
// refused at $or: 'password_hash' is not filterable in this view
members.countDocuments({ $or: names.map((username) => ({ username, password_hash: 'h' })) });
// refused at $or: 'plan' is compared with a value of another type
members.countDocuments({ $or: names.map((username) => ({ username, plan: 'gold' })) });
// refused at plan: an operator on 'plan' takes a value of another type
members.countDocuments({ plan: op({ $in: flag ? ['gold'] : ['free', 'paid'] }) });
// refused at geo: 'geo' is not filterable in this view
members.aggregate([{ $match: { ...a<SafeFilter<typeof memberView>>(), geo: 1 } }, { $project: { username: 1 } }]);

// A result may be written and be a filter, and its fields are checked like others.
// refused at a: 'password_hash' is not filterable in this view
members.countDocuments(a<Exposed<{ password_hash: string }>>());
// refused at $set: 'password_hash' is not writable in this view
members.updateOne(one, { $set: a<Exposed<{ password_hash: string }>>() });
// refused at {: 'internal_role' is not writable in this view
members.replaceOne(one, { ...a<Exposed<{ username: string; internal_role: 'user' }>>() });

// A pipeline has the view's geometries too.
// refused at username: $geoWithin
users.aggregate([{ $match: { username: op({ $geoWithin: { $centerSphere: [[0, 0], 1] } }) } }, { $project: { username: 1 } }]);

// The count of modified documents: known unless trusted parts may write.
const set = { $set: { age: 1 } };
const mine = { filter: { seen_at: null } };
const audit = { update: { $set: { internal_role: 'admin' } } } as const;
type((await members.updateOne(one, set, { trusted: trusted(mine) })).modifiedCount).is<number>();
type((await members.updateOne(one, set, { trusted: trusted({ ...mine, ...(flag && audit) }) })).modifiedCount).is<number | undefined>();
type((await members.updateOne(one, set, { trusted: flag ? trusted(mine) : trusted(audit) })).modifiedCount).is<number | undefined>();
type((await members.updateOne(one, set, { trusted: trusted(audit) })).modifiedCount).is<number | undefined>();
type((await members.updateOne(one, set, { trusted: flag ? trusted(mine) : undefined })).modifiedCount).is<number>();

// A `$match` behind other stages: a branch may be asked whether it exists and how many elements it has, an array for its whole value.
const computed = { $addFields: { years: '$age' } } as const;
const end = { $project: { username: 1 } } as const;
compiles(() => members.aggregate([computed, { $match: { notes: op({ $size: 2 }), home: op({ $exists: true }), profile: null, tags: ['a'] } }, end]));
compiles(() => members.aggregate([computed, { $match: { notes: op({ $not: op({ $size: 2 }) }) } }, end]));
// refused at notes: 'notes' is a branch: name a leaf below it, or use $elemMatch
members.aggregate([computed, { $match: { notes: op({ $gt: 2 }) } }, end]);
// refused at notes: 'notes' is a branch: name a leaf below it, or use $elemMatch
members.aggregate([computed, { $match: { notes: op({ $size: 'x' }) } }, end]);
// refused at notes: 'notes' is a branch: name a leaf below it, or use $elemMatch
members.aggregate([computed, { $match: { notes: op({ $not: op({ $gt: 2 }) }) } }, end]);
// refused at home: 'home' is a branch: name a leaf below it, or use $elemMatch
members.aggregate([computed, { $match: { home: { city: 'x' } } }, end]);
// refused at tags: is not assignable
members.aggregate([computed, { $match: { tags: [1] } }, end]);
