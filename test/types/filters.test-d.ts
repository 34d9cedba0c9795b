// Filters that compile, and the messages for others.
import { ObjectId } from 'mongodb';
import { op, trusted, type SafeFilter } from 'safe-collection';

import { a, compiles } from './assert.ts';
import { orderView, users, userView } from './fixtures.ts';

const p = { projection: ['username'] } as const;
declare const flag: boolean;

compiles(() => users.findOne({}, p));
compiles(() => users.findOne({ username: 'ada', role: 'admin', age: 3, 'addresses.city': 'Ulm', 'profile.bio': null }, p));
compiles(() => users.findOne({ tags: 'math', username: /^a/ }, p));
compiles(() => users.findOne({ age: op({ $gte: 18, $lt: 65 }), username: op({ $in: ['ada', /^b/] }) }, p));
compiles(() => users.findOne({ age: op({ $not: { $gt: 3 } }), tags: op({ $size: 2, $all: ['a'] }) }, p));
compiles(() => users.findOne({ age: op({ $not: op({ $gt: 3 }) }) }, p));
compiles(() => users.findOne({ username: op({ $regex: '^a', $options: 'i' }), email: a<never>() }, p));
compiles(() => users.findOne({ age: op({ $exists: true, $type: 'int', $mod: [4, 0] }) }, p));
compiles(() => users.findOne({ tags: op({ $elemMatch: { $gte: 'a' } }) }, p));
compiles(() => users.findOne({ addresses: op({ $elemMatch: { city: 'Ulm' } }) }, p));
compiles(() => users.findOne({ addresses: op({ $elemMatch: { $or: [{ city: 'Ulm' }, { city: op({ $gt: 'V' }) }] } }) }, p));
compiles(() => users.findOne({ $and: [{ username: 'ada' }, { $or: [{ age: 1 }, { $nor: [{ age: 2 }] }] }] }, p));
compiles(() => users.findOne({ _id: new ObjectId() }, p));
compiles(() => users.findOne({ _id: op({ $in: [new ObjectId()] }) }, p));
compiles(() => users.findOne({ _id: op({ $eq: new ObjectId() }) }, p));
compiles(() => users.findOne({ deleted_at: null }, p));
compiles(() => users.findOne({ age: flag ? 1 : op({ $gt: 1 }) }, p));
compiles(() => users.findOne({ $or: ['ada', 'bob'].map((username) => ({ username })) }, p));
compiles(() => users.findOne({ username: a<string>() }, p));

// refused: 'password_hash' is not filterable in this view
users.findOne({ password_hash: 'x' }, p);
// refused: 'email' is not filterable in this view
users.findOne({ email: 'x' }, p);
// refused: 'profile.ssn' is not filterable in this view
users.findOne({ 'profile.ssn': 'x' }, p);
// refused: 'addresses.0.city' is not filterable in this view
users.findOne({ 'addresses.0.city': 'x' }, p);
// refused: 'nothing' is not filterable in this view
users.findOne({ username: 'ada', nothing: 1 }, p);
// refused: 'password_hash' is not filterable in this view
users.findOne({ $or: [{ username: 'ada' }, { password_hash: 'x' }] }, p);
// refused: 'password_hash' is not filterable in this view
users.findOne({ $and: [{ $nor: [{ password_hash: 'x' }] }] }, p);
// refused: 'password_hash' is not filterable in this view
users.countDocuments({ password_hash: 'x' });
// refused: 'password_hash' is not filterable in this view
users.exists({ password_hash: 'x' });
// refused: 'password_hash' is not filterable in this view
users.distinct('role', { password_hash: 'x' });
// refused: 'password_hash' is not filterable in this view
users.find({ password_hash: 'x' }, p);

// refused: '$where' is not allowed in a filter
users.findOne({ $where: 'true' }, p);
// refused: '$expr' is not allowed in a filter
users.findOne({ $expr: {} }, p);
// refused: '$jsonSchema' is not allowed in a filter
users.findOne({ $jsonSchema: {} }, p);
// refused: '$text' is not allowed in a filter
users.findOne({ $text: { $search: 'x' } }, p);
// refused: '$comment' is not allowed in a filter
users.findOne({ $comment: 'x' }, p);
// refused: '$function' is not allowed in a filter
users.findOne({ $function: {} }, p);
// refused: '$or' takes a non-empty array of filters
users.findOne({ $or: [] }, p);
// refused: '$or' takes a non-empty array of filters
users.findOne({ $or: { username: 'ada' } }, p);
// refused: '$and' takes a non-empty array of filters
users.findOne({ $and: 'x' }, p);

// refused at username: an operator on 'username' is written op({ … })
users.findOne({ username: { $ne: 'x' } }, p);
// refused at username: an operator on 'username' is written op({ … })
users.findOne({ username: a<string | { $ne: string }>() }, p);
// refused at age: an operator on 'age' is written op({ … })
users.findOne({ $or: [{ age: { $gt: 1 } }] }, p);
// refused: 'username' is compared with a value of another type
users.findOne({ username: 1 }, p);
// refused: 'role' is compared with a value of another type
users.findOne({ role: 'root' }, p);
// refused: 'username' may be undefined: leave the key out instead
users.findOne({ username: a<string | undefined>() }, p);
// refused at username: 'undefined'
users.findOne({ username: undefined }, p);
// refused: 'username' is compared with a value of another type
users.findOne({ username: a<{ first: string }>() }, p);
// refused at username: 'username' is compared with a value of another type
users.findOne({ username: ['ada'] }, p);
// refused at age: an operator on 'age' takes a value of another type
users.findOne({ age: op({ $gt: 'x' }) }, p);
// refused at profile: 'profile' is a branch
users.findOne({ profile: { bio: 'x' } }, p);
// refused at addresses: 'addresses' is a branch
users.findOne({ addresses: [] }, p);
compiles(() => users.findOne({ addresses: op({ $size: 3 }) }, p));
compiles(() => users.findOne({ addresses: op({ $elemMatch: { city: 'x' }, $size: 3 }) }, p));
// refused at addresses: 'addresses' is a branch: it takes $elemMatch, $exists, $size, $not and null
users.findOne({ addresses: op({ $elemMatch: { city: 'x' }, $gt: 3 }) }, p);
// refused at addresses: 'addresses.access_code' is not filterable in this view
users.findOne({ addresses: op({ $elemMatch: { access_code: 'x' } }) }, p);
// refused at addresses: 'addresses.access_code' is not filterable in this view
users.findOne({ addresses: op({ $elemMatch: { $or: [{ access_code: 'x' }] } }) }, p);
// refused at addresses: 'addresses.city' is compared with a value of another type
users.findOne({ addresses: op({ $elemMatch: { city: 1 } }) }, p);
// refused at addresses: 'addresses.access_code' is not filterable in this view
users.findOne({ addresses: op({ $elemMatch: flag ? { city: 'x' } : { access_code: 'x' } }) }, p);
// refused at addresses: 'addresses' is a branch
users.findOne({ addresses: flag ? op({ $elemMatch: { city: 'x' } }) : 'x' }, p);

// An `_id` that is not public is matched exactly.
// refused: '_id' is not public: it is matched exactly, by a value, $eq or $in
users.findOne({ _id: op({ $gt: new ObjectId() }) }, p);
// refused: '_id' is not public: it is matched exactly
users.findOne({ _id: op({ $exists: true }) }, p);
// refused: '_id' is compared with a value of another type
users.findOne({ _id: 'x' }, p);
// refused: '_id' is compared with a value of another type
users.findOne({ _id: /x/ }, p);

// `any` and `unknown` do not compile.
// refused at users: the argument 'filter' is any
users.findOne(a<any>(), p);
// refused at a<unknown: 'unknown' is not assignable
users.findOne(a<unknown>(), p);
// refused at username: 'never'
users.findOne({ username: a<any>() }, p);
// refused at username: 'username' may be undefined
users.findOne({ username: a<unknown>() }, p);
// refused at $in: 'never'
users.findOne({ username: op({ $in: a<any[]>() }) }, p);
// refused at $eq: 'never'
users.findOne({ username: op({ $eq: a<any>() }) }, p);
// refused at $not: 'never'
users.findOne({ username: op({ $not: { $eq: a<any>() } }) }, p);
// refused at addresses: 'addresses.city' is compared with any
// refused at $elemMatch: 'never'
users.findOne({ addresses: op({ $elemMatch: { city: a<any>() } }) }, p);
// refused at $elemMatch: 'never'
op({ $elemMatch: { city: a<any>() } });
// refused at $or: 'never'
users.findOne({ $or: a<any>() }, p);
// refused at $or: 'never'
users.findOne({ $or: a<any[]>() }, p);
// refused at password_hash: 'never'
users.findOne({ password_hash: a<any>() }, p);
// refused at $where: 'never'
users.findOne({ $where: a<any>() }, p);
// refused at profile: 'never'
users.findOne({ profile: a<any>() }, p);
// refused at a<any>()]: 'never'
users.findOne({ $or: [a<any>()] }, p);
// refused at $nor: 'never'
users.findOne({ $or: [{ $nor: a<any>() }] }, p);
// refused at addresses: $elemMatch on 'addresses'
// refused at $elemMatch: 'never'
users.findOne({ addresses: op({ $elemMatch: a<any>() }) }, p);
// refused at users: the argument 'filter' is any
users.findOne({ ...a<any>() }, p);
// refused at password_hash: 'never'
users.findOne({ _id: new ObjectId(), password_hash: a<any>() }, p);
// refused at { [a: write the path as a literal
users.findOne({ [a<string>()]: 'x' }, p);
// refused at a<Record: write the path as a literal
users.findOne(a<Record<string, string>>(), p);
// refused at []: a filter must be an object
users.findOne([], p);
// refused at x: not assignable
users.findOne('x', p);
// refused at null: not assignable
users.findOne(null, p);
// refused at undefined: not assignable
users.findOne(undefined, p);

// The argument of `op()`.
// refused: '$where' is not a supported operator
op({ $where: 'true' });
// refused: '$jsonSchema' is not a supported operator
op({ $jsonSchema: {} });
// refused at {}: op() takes at least one operator
op({});
// refused at a<any: 'never'
op(a<any>());

// Filters that are built up.
const one: SafeFilter<typeof userView> = flag ? { age: op({ $gte: 18 }) } : {};
compiles(() => users.findOne(one, p));
compiles(() => users.findOne({ ...one, username: 'ada' }, p));
compiles(() => users.findOne({ $and: [one, { username: 'ada' }] }, p));
compiles(() => {
  const both: SafeFilter<typeof userView> = { $or: [one, { 'addresses.city': 'Ulm' }], _id: new ObjectId() };
  return users.countDocuments(both);
});
compiles(() => {
  const steps: SafeFilter<typeof userView> = { role: 'member' };
  if (flag) steps.age = op({ $gte: 18 });
  steps['profile.bio'] = 'x';
  steps.$or = [one, { 'addresses.city': 'Ulm' }];
  return users.find(steps, p);
});
// refused: 'password_hash' does not exist
one.password_hash = 'x';
// refused at $ne: '$ne' does not exist
one.username = { $ne: 'x' };
// refused: 'password_hash' is not filterable in this view
users.findOne({ ...one, password_hash: 'x' }, p);
// refused: 'password_hash' does not exist
const wrong: SafeFilter<typeof userView> = { password_hash: 'x' };
// refused at $ne: '$ne' does not exist
const plain: SafeFilter<typeof userView> = { username: { $ne: 'x' } };
// refused at a<SafeFilter: not assignable
users.findOne(a<SafeFilter<typeof orderView>>(), p);

// The program's own filter may use any path.
compiles(() => users.findOne({}, { ...p, trusted: trusted({ filter: { password_hash: 'x', 'profile.ssn': op({ $gt: 'x' }) } }) }));
compiles(() => users.findOne({}, { ...p, trusted: trusted({ filter: { $or: [{ deleted_at: null }, { api_key: 'x' }] } }) }));
compiles(() => users.findOne({}, { ...p, trusted: trusted({ filter: { addresses: op({ $elemMatch: { access_code: 'x' } }) } }) }));
// refused at trusted: 'nothing' is not a path of this document
users.findOne({}, { ...p, trusted: trusted({ filter: { nothing: 1 } }) });
// refused at trusted: 'api_key' is compared with a value of another type
users.findOne({}, { ...p, trusted: trusted({ filter: { api_key: 1 } }) });
// refused at trusted: 'api_key' is compared with a value of another type
users.findOne({}, { ...p, trusted: trusted({ filter: { api_key: { $ne: 'x' } } }) });
// refused at trusted: 'api_key' is any in a trusted filter
users.findOne({}, { ...p, trusted: trusted({ filter: { api_key: a<any>() } }) });
// refused at trusted: 'nothing' is not a path of this document
users.findOne({}, { ...p, trusted: trusted({ filter: { $or: [{ nothing: 1 }] } }) });
// refused at trusted: '$where' is not a path of this document
users.findOne({}, { ...p, trusted: trusted({ filter: { $where: 'true' } }) });
// refused at trusted: '$and' takes a non-empty array of filters
users.findOne({}, { ...p, trusted: trusted({ filter: { $and: {} } }) });
// refused at trusted: a trusted filter is any
users.findOne({}, { ...p, trusted: trusted({ filter: a<any>() }) });
// refused at trusted: options.trusted must be made by trusted()
users.findOne({}, { ...p, trusted: { filter: { api_key: 'x' } } });
// refused at trusted: 'never'
users.findOne({}, { ...p, trusted: a<any>() });
// refused at trusted: 'surplus' is not a part of options.trusted
users.findOne({}, { ...p, trusted: trusted({ filter: {}, surplus: {} }) });
// refused at trusted: 'surplus' is not a part of options.trusted
users.findOne({}, { ...p, trusted: trusted({ filter: {}, surplus: a<any>() }) });
// refused at {}: trusted() takes at least one key
trusted({});
// refused at a<any: 'never'
trusted(a<any>());
