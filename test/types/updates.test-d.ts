// Updates, deletions and their options: what a caller may change, and what a call with something else says.
import type { ObjectId } from 'mongodb';
import { everything, op, trusted } from 'safe-collection';

import { a, compiles, type } from './assert.ts';
import { devices, members, notes } from './write-fixtures.ts';

const one = { username: 'ada' };
const p = { projection: ['email'] } as const;
declare const flag: boolean;

compiles(() => members.updateOne(one, { $set: { email: 'e', age: 3, 'profile.bio': 'b', 'home.city': 'c', tags: ['x'], seen_at: null } }));
compiles(() => members.updateOne(one, { $set: { grid: [[1]], scores: [1], big: 2n, plan: flag ? 'free' : 'paid' } }));
compiles(() => members.updateOne(one, { $unset: { age: 1, 'profile.bio': '', phrase: true } }));
compiles(() => members.updateOne(one, { $inc: { credits: 1, age: -1, big: 1n }, $mul: { 'scores.$[]': 2 } }));
compiles(() => members.updateOne(one, { $min: { credits: 1 }, $max: { seen_at: new Date() } }));
compiles(() => members.updateOne(one, { $push: { tags: 'x' }, $addToSet: { scores: 1 } }));
compiles(() => members.updateOne(one, { $push: { tags: op({ $each: ['x', 'y'], $slice: -3, $position: 0, $sort: 1 }) } }));
compiles(() => members.updateOne(one, { $push: { notes: { text: 't' } } }));
compiles(() => members.updateOne(one, { $push: { notes: op({ $each: [{ text: 't' }, { text: 'u' }], $sort: { text: 1 } }) } }));
compiles(() => members.updateOne(one, { $addToSet: { tags: op({ $each: ['x'] }) }, $pull: { scores: op({ $gte: 3 }) } }));
compiles(() => members.updateOne(one, { $pull: { tags: /^x/ }, $pop: { scores: -1 } }));
compiles(() => members.updateOne(one, { $currentDate: { seen_at: true }, $setOnInsert: { email: 'e' } }));
compiles(() => members.updateOne(one, { $set: { 'addresses.$[].city': 'x', 'notes.$[n].text': 't' } }, { arrayFilters: [{ 'n.text': 'u' }] }));
compiles(() => members.updateOne({ 'addresses.city': 'x' }, { $set: { 'addresses.$.city': 'y' } }));
compiles(() => members.updateMany(everything, { $set: { age: 1 } }));
compiles(() => members.updateOne(one, { $set: { phrase: 'p', code: 'c' } }));
compiles(() => notes.updateOne({ text: 't' }, { $set: { pinned: true } }, { version: 3, upsert: false }));

// Paths that are not a caller's.
// refused: 'internal_role' is not writable in this view
members.updateOne(one, { $set: { internal_role: 'admin' } });
// refused: 'password_hash' is not writable in this view
members.updateMany(one, { $set: { email: 'e', password_hash: 'x' } });
// refused: 'profile.ssn' is not writable in this view
members.updateOne(one, { $set: { 'profile.ssn': '1' } });
// refused: 'addresses.access_code' is not writable in this view
members.updateOne(one, { $set: { 'addresses.access_code': 'x' } });
// refused at addresses.$[].access_code: 'addresses.access_code' is not writable in this view
members.updateOne(one, { $set: { 'addresses.$[].access_code': 'x' } });
// refused: 'addresses.0.city' is not writable in this view
members.updateOne(one, { $set: { 'addresses.0.city': 'x' } });
// refused: 'profile' is a branch: name the leaves below it
members.updateOne(one, { $set: { profile: { bio: 'x' } } });
// refused: 'addresses' is a branch: name the leaves below it
members.updateOne(one, { $set: { addresses: [] } });
// refused: 'profile' is a branch: name the leaves below it
members.updateOne(one, { $unset: { profile: 1 } });
// refused: 'nothing' is not writable in this view
members.updateOne(one, { $set: { nothing: 1 } });
// refused: '_id' is not writable in this view
members.updateOne(one, { $setOnInsert: { _id: 1 } });
// refused: 'rev' is not writable in this view
notes.updateOne({ text: 't' }, { $inc: { rev: 1 } });
// refused: 'made_at' is not writable in this view
notes.updateOne({ text: 't' }, { $currentDate: { made_at: true } });
// refused: 'internal_role' is not writable in this view
members.findOneAndUpdate(one, { $set: { internal_role: 'admin' } }, { projection: ['email'] });

// Forms that are none.
// refused at email: 'email' is not an update operator: write { $set
members.updateOne(one, { email: 'e' });
// refused: '$rename' is not a supported update operator
members.updateOne(one, { $rename: { phrase: 'username' } });
// refused: '$bit' is not a supported update operator
members.updateOne(one, { $bit: { credits: { and: 1 } } });
// refused at [{ $set: pipelines are refused
members.updateOne(one, [{ $set: { email: '$password_hash' } }]);
// refused at members: the argument 'update' is any
members.updateOne(one, a<any>());
// refused at a<unknown: 'unknown' is not assignable
members.updateOne(one, a<unknown>());
// refused at $set: 'never'
members.updateOne(one, { $set: a<any>() });
// refused at $set: is not assignable
members.updateOne(one, { $set: a<unknown>() });
// refused at email: 'never'
members.updateOne(one, { $set: { email: a<any>() } });
// refused: 'email' may be undefined: leave the key out instead
members.updateOne(one, { $set: { email: a<unknown>() } });
// refused at $set: to TypeScript a computed key is any string
members.updateOne(one, { $set: a<Record<string, string>>() });
// refused at members: the argument 'filter' is any
members.updateOne(a<any>(), { $set: { age: 1 } });

// Values of their own type.
// refused: 'email' takes a value of another type
members.updateOne(one, { $set: { email: 1 } });
// refused: 'plan' takes a value of another type
members.updateOne(one, { $set: { plan: 'gold' } });
// refused: 'email' takes a value of another type
members.updateOne(one, { $set: { email: { $ne: 1 } } });
// refused: 'tags' takes a value of another type
members.updateOne(one, { $set: { tags: ['x', 1] } });
// refused at tags.$[]: 'tags' takes a value of another type
members.updateOne(one, { $set: { 'tags.$[]': 1 } });
// refused at addresses.$[].city: 'addresses.city' takes a value of another type
members.updateOne(one, { $set: { 'addresses.$[].city': 1 } });
// refused: 'email' is required, so it can't be unset
members.updateOne(one, { $unset: { email: 1 } });
// refused: 'home.city' is required, so it can't be unset
members.updateOne(one, { $unset: { 'home.city': 1 } });
// refused: 'code' is required, so it can't be unset
members.updateOne(one, { $unset: { code: 1 } });
// refused at age: is not assignable
members.updateOne(one, { $unset: { age: 0 } });
// refused at email: 'email' is not a number
members.updateOne(one, { $inc: { email: 1 } });
// refused at tags: 'tags' is not a number
members.updateOne(one, { $mul: { tags: 2 } });
// refused at credits: Type 'string' is not assignable to type 'Numeric'
members.updateOne(one, { $inc: { credits: '1' } });
// refused at email: 'email' is not an array
members.updateOne(one, { $push: { email: 'x' } });
// refused at credits: 'credits' is not an array
members.updateOne(one, { $addToSet: { credits: 1 } });
// refused at email: 'email' is not an array
members.updateOne(one, { $pull: { email: 'x' } });
// refused at plan: 'plan' is not an array
members.updateOne(one, { $pop: { plan: 1 } });
// refused at tags: 'number' is not assignable
members.updateOne(one, { $push: { tags: 1 } });
// refused at scores: 'string' is not assignable
members.updateOne(one, { $addToSet: { scores: 'x' } });
// refused at tags: Type 'number' is not assignable
members.updateOne(one, { $pull: { tags: 1 } });
// refused at scores: is not assignable
members.updateOne(one, { $pull: { scores: /x/ } });
// refused at scores: is not assignable
members.updateOne(one, { $pull: { scores: op({ $not: { $gt: 3 } }) } });
// refused at tags: is not assignable
members.updateOne(one, { $push: { tags: op({ $each: [1] }) } });
// refused: an operator on 'tags' is written op({ … })
members.updateOne(one, { $push: { tags: { $each: ['x'] } } });
// refused at tags: is not assignable
members.updateOne(one, { $push: { tags: op({ $slice: 1 }) } });
// refused at tags: is not assignable
members.updateOne(one, { $pop: { tags: 2 } });
// refused at email: 'email' is not a date
members.updateOne(one, { $currentDate: { email: true } });
// refused at seen_at: is not assignable
members.updateOne(one, { $currentDate: { seen_at: { $type: 'timestamp' } } });
// refused at credits: is not assignable
members.updateOne(one, { $min: { credits: 'x' } });
// refused at notes: 'text' is missing
members.updateOne(one, { $push: { notes: {} } });
// refused at nothing: 'notes.nothing' is not a path of this document
members.updateOne(one, { $push: { notes: { text: 't', nothing: 1 } } });
// refused at addresses: is missing in type
members.updateOne(one, { $push: { addresses: { city: 'x' } } });
// refused: 'addresses' is a branch: name the leaves below it
members.updateOne(one, { $pull: { addresses: { access_code: 'x' } } });
// refused: 'addresses' is a branch: name the leaves below it
members.updateOne(one, { $addToSet: { addresses: { city: 'x' } } });
// refused at profile: 'profile' is not an array
members.updateOne(one, { $push: { profile: { bio: 'x' } } });

// refused at email.$[]: 'email' takes a value of another type
members.updateOne(one, { $set: { 'email.$[]': 'x' } });
// refused at scores.$[]: elements of 'scores' can't be unset: remove them with $pull
members.updateOne(one, { $unset: { 'scores.$[]': 1 } });
// refused at grid.$[]: 'grid' takes a value of another type
members.updateOne(one, { $set: { 'grid.$[]': 1 } });
compiles(() => members.updateOne(one, { $set: { 'grid.$[]': [1] } }));
compiles(() => members.updateOne(one, { $set: { 'grid.$[].$[]': 1 } }));
// refused at notes: an element of 'notes' has a field that is not writable, or lacks one
members.updateOne(one, { $push: { notes: op({ $each: [{ at: new Date() }] }) } });
// refused at notes: modifiers of $push need $each
members.updateOne(one, { $push: { notes: op({ $sort: { text: 1 } }) } });
// refused at notes: $slice would remove elements of 'notes', which may have fields that the caller may not write
members.updateOne(one, { $push: { notes: op({ $each: [{ text: 't' }], $slice: 3 }) } });
// refused at notes: $sort of 'notes' names paths of its elements
members.updateOne(one, { $push: { notes: op({ $each: [{ text: 't' }], $sort: 1 }) } });
// refused at notes: 'notes.nothing' is not filterable in this view
members.updateOne(one, { $push: { notes: op({ $each: [{ text: 't' }], $sort: { nothing: 1 } }) } });
// refused at {}: an update needs at least one path
members.updateOne(one, {});

// A path that is not filterable takes only operators that reveal nothing.
// refused: 'phrase' is not filterable, so it takes only $set and $unset
members.updateOne(one, { $min: { phrase: 'x' } });
// refused: 'code' is not filterable, so it takes only $set and $unset
members.updateOne(one, { $max: { code: 'x' } });

// refused at devices.$[].label: goes through 'devices', which is neither public nor filterable
devices.updateOne({ name: 'x' }, { $set: { 'devices.$[].label': 'l' } });
// refused at devices.label: goes through 'devices', which is neither public nor filterable
devices.updateOne({ name: 'x' }, { $set: { 'devices.label': 'l' } });
// refused at devices: goes through 'devices', which is neither public nor filterable
devices.updateOne({ name: 'x' }, { $push: { devices: { label: 'l' } } });
// refused at keys.$[]: goes through 'keys', which is neither public nor filterable
devices.updateOne({ name: 'x' }, { $set: { 'keys.$[]': 'k' } });
compiles(() => devices.updateOne({ name: 'x' }, { $set: { keys: ['k'] } }));

// Array filters are about what the update names, and about what may be looked for.
compiles(() => members.updateOne(one, { $set: { 'addresses.$[a].city': 'x' } }, { arrayFilters: [{ 'a.street': op({ $in: ['s'] }), 'a.city': 'y' }] }));
compiles(() => members.updateOne(one, { $set: { 'tags.$[t]': 'x' } }, { arrayFilters: [{ $or: [{ t: 'a' }, { t: op({ $gt: 'b' }) }] }] }));
compiles(() => members.updateOne(one, { $set: { 'tags.$[t]': 'x' } }, { arrayFilters: a<object[]>() }));
// refused at a.access_code: 'addresses.access_code' is not filterable in this view
members.updateOne(one, { $set: { 'addresses.$[a].city': 'x' } }, { arrayFilters: [{ 'a.access_code': '1' }] });
// refused at a.access_code: 'addresses.access_code' is not filterable in this view
members.updateOne(one, { $set: { 'addresses.$[a].city': 'x' } }, { arrayFilters: [{ $or: [{ 'a.access_code': '1' }] }] });
// refused at b.city: the update does not use $[b]
members.updateMany(one, { $set: { 'addresses.$[a].city': 'x' } }, { arrayFilters: [{ 'b.city': 'x' }] });
// refused at a.city: 'addresses.city' is compared with a value of another type
members.updateOne(one, { $set: { 'addresses.$[a].city': 'x' } }, { arrayFilters: [{ 'a.city': 1 }] });
// refused at a.city: an operator on 'addresses.city' is written op({ … })
members.findOneAndUpdate(one, { $set: { 'addresses.$[a].city': 'x' } }, { ...p, arrayFilters: [{ 'a.city': { $ne: 'x' } }] });
// refused: '$expr' is not allowed in a filter
members.updateOne(one, { $set: { 'addresses.$[a].city': 'x' } }, { arrayFilters: [{ $expr: true }] });
// refused at a.city: 'never'
members.updateOne(one, { $set: { 'addresses.$[a].city': 'x' } }, { arrayFilters: [{ 'a.city': a<any>() }] });

// An upsert copies the filter's equalities into the new document: they count as writes.
compiles(() => members.updateOne({ username: 'ada', email: op({ $eq: 'e' }) }, { $set: { age: 1 } }, { upsert: true }));
compiles(() => members.updateOne({ username: op({ $in: ['ada', 'lin'] }) }, { $set: { age: 1 } }, { upsert: true }));
compiles(() => members.updateOne({ username: 'ada', joined_at: op({ $lt: new Date() }) }, { $set: { age: 1 } }, { upsert: true }));
compiles(() => members.updateOne({ joined_at: new Date() }, { $set: { age: 1 } }, { upsert: true, trusted: trusted({ update: { $setOnInsert: { joined_at: new Date() } } }) }));
compiles(() => members.updateOne({ joined_at: new Date() }, { $set: { age: 1 } }, { upsert: false }));
// refused at joined_at: an upsert copies 'joined_at' into the new document, but it is not writable in this view
members.updateOne({ joined_at: new Date() }, { $set: { age: 1 } }, { upsert: true });
// refused at joined_at: an upsert copies 'joined_at' into the new document
members.updateOne({ joined_at: new Date() }, { $set: { age: 1 } }, { upsert: flag });
// refused at joined_at: an upsert copies 'joined_at' into the new document
members.updateMany({ $and: [{ username: 'x' }, { joined_at: op({ $in: [new Date()] }) }] }, { $set: { age: 1 } }, { upsert: true });
// refused at tags: an upsert can't store several values of $all at 'tags': demand one, or use $elemMatch
members.updateOne({ tags: op({ $all: ['x', 'y'] }) }, { $set: { age: 1 } }, { upsert: true });
// refused at tags: an upsert can't store several values of $all at 'tags'
members.findOneAndUpdate({ $and: [{ tags: op({ $all: ['x', 'y'], $size: 2 }) }] }, { $set: { age: 1 } }, { ...p, upsert: flag });
compiles(() => members.updateOne({ tags: op({ $all: ['x', 'y'] }) }, { $set: { age: 1 } }));
compiles(() => members.updateOne({ tags: op({ $all: ['x'] }), email: op({ $all: [/x/, 'x'] }) }, { $set: { age: 1, tags: ['x'] } }, { upsert: true }));
compiles(() => members.updateOne({ tags: op({ $all: a<string[]>() }) }, { $set: { age: 1, tags: ['x'] } }, { upsert: true }));
// refused at _id: an upsert copies '_id' into the new document
members.findOneAndUpdate({ _id: a<ObjectId>() }, { $set: { age: 1 } }, { ...p, upsert: true });
// refused at version: an upsert takes no `version`
notes.updateOne({ text: 't' }, { $set: { pinned: true } }, { upsert: true, version: 3 });

// Filters and options.
// refused: 'internal_role' is not filterable in this view
members.updateOne({ internal_role: 'user' }, { $set: { age: 1 } });
// refused: 'phrase' is not filterable in this view
members.deleteOne({ phrase: 'x' });
// refused at {}: an empty filter
members.deleteMany({});
// refused at {}: an empty filter
members.updateMany({}, { $set: { age: 1 } });
// refused at everything: is not assignable
members.deleteOne(everything);
// refused at everything: is not assignable
members.updateOne(everything, { $set: { age: 1 } });
// refused at a<symbol: is not assignable
members.deleteMany(a<symbol>());
// refused: 'hint' is not an option of updateOne()
members.updateOne(one, { $set: { age: 1 } }, { upsert: true, hint: 'x' });
// refused: 'bypassDocumentValidation' is not an option of updateMany()
members.updateMany(one, { $set: { age: 1 } }, { upsert: true, bypassDocumentValidation: true });
// refused: 'let' is not an option of deleteMany()
members.deleteMany(one, { comment: 'x', let: {} });
// refused: 'explain' is not an option of deleteOne()
members.deleteOne(one, { comment: 'x', explain: true });
// refused: 'version' is not an option of updateMany()
notes.updateMany({ text: 't' }, { $set: { pinned: true } }, { comment: 'x', version: 1 });
// refused at version: 'string' is not assignable
notes.updateOne({ text: 't' }, { $set: { pinned: true } }, { version: '1' });
// refused at version: the view names no `version` path
members.updateOne(one, { $set: { age: 1 } }, { version: 1 });
// refused at upsert: is not assignable
members.updateOne(one, { $set: { age: 1 } }, { upsert: 1 });
// refused at {: findOneAndUpdate() needs a projection
members.findOneAndUpdate(one, { $set: { age: 1 } });
// refused at one: findOneAndDelete() needs a projection
members.findOneAndDelete(one);
// refused at {}: 'projection' is missing
members.findOneAndDelete(one, {});
// refused: 'password_hash' is not public in this view
members.findOneAndUpdate(one, { $set: { age: 1 } }, { projection: { password_hash: 1 } });
// refused: 'password_hash' is not sortable in this view
members.findOneAndDelete(one, { projection: ['email'], sort: { password_hash: 1 } });
// refused: 'includeResultMetadata' is not an option of findOneAndUpdate()
members.findOneAndUpdate(one, { $set: { age: 1 } }, { projection: ['email'], includeResultMetadata: true });
// refused at includeUpserted: is not assignable
members.findOneAndUpdate(one, { $set: { age: 1 } }, { ...p, includeUpserted: 1 });
// refused: 'includeUpserted' is not an option of updateOne()
members.updateOne(one, { $set: { age: 1 } }, { upsert: false, includeUpserted: true });
// refused: 'includeUpserted' is not an option of findOneAndDelete()
members.findOneAndDelete(one, { projection: ['email'], includeUpserted: true });
// refused: 'dbName' is not an option of findOneAndDelete()
members.findOneAndDelete(one, { projection: ['email'], dbName: 'other' });
// refused at returnDocument: is not assignable
members.findOneAndUpdate(one, { $set: { age: 1 } }, { ...p, returnDocument: 'both' });

// Results: `modifiedCount` exists if every written path is filterable.
type(members.updateOne(one, { $set: { age: 1 } }).then((result) => result.modifiedCount)).is<Promise<number>>();
type(members.updateOne(one, { $set: { age: 1 } }).then((result) => result.upsertedId)).is<Promise<ObjectId | null>>();
type(members.updateMany(one, { $set: { 'addresses.$[].city': 'x' }, $inc: { credits: 1 } }).then((result) => result.modifiedCount)).is<Promise<number>>();
type(members.updateOne(one, {}, { trusted: trusted({ update: { $set: { internal_role: 'admin' } } }) }).then((result) => result.modifiedCount)).is<Promise<number | undefined>>();
type(members.deleteMany(everything).then((result) => result.deletedCount)).is<Promise<number>>();
// refused at modifiedCount: Property 'modifiedCount' does not exist
members.updateOne(one, { $set: { phrase: 'p' } }).then((result) => result.modifiedCount);
// refused at modifiedCount: Property 'modifiedCount' does not exist
members.updateMany(one, { $set: { age: 1 }, $unset: { phrase: 1 } }).then((result) => result.modifiedCount);
compiles(async () => {
  const after = await members.findOneAndUpdate(one, { $inc: { credits: 1 } }, { projection: { credits: 1, 'profile.bio': 1 }, returnDocument: 'after' });
  const credits: number | undefined = after?.credits;
  const bio: string | undefined = after?.profile?.bio;
  return [credits, bio];
});
// refused at password_hash: Property 'password_hash' does not exist
members.findOneAndDelete(one, { projection: ['email'] }).then((gone) => gone?.password_hash);
type(members.findOneAndUpdate(one, { $set: { age: 1 } }, { ...p, upsert: true, includeUpserted: true }).then(({ upserted }) => upserted)).is<Promise<boolean>>();
type(members.findOneAndUpdate(one, { $set: { age: 1 } }, { ...p, includeUpserted: true }).then(({ value }) => value?.email)).is<Promise<string | undefined>>();
type(members.findOneAndUpdate(one, { $set: { age: 1 } }, { ...p, includeUpserted: false }).then((member) => member?.email)).is<Promise<string | undefined>>();
compiles(async () => {
  const answer = await members.findOneAndUpdate(one, { $set: { age: 1 } }, { ...p, includeUpserted: flag });
  const email: string | undefined = answer !== null && 'upserted' in answer ? answer.value?.email : answer?.email;
  return email;
});
