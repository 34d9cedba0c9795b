// What compiles is right: a choice is checked member by member, and nothing is typed present that may be missing.
import type { Collection, Db, Decimal128, ObjectId } from 'mongodb';
import { createSafeDb, defineView, everything, SafeCollection, subtree, trusted, type Exposed } from 'safe-collection';

import { a, compiles, type } from './assert.ts';

interface User { _id: ObjectId; username: string; email: string; age: number; password_hash: string; profile?: { avatar: string; bio?: string; ssn?: string } }
interface Order {
  _id: ObjectId;
  product: string;
  quantity: number;
  price: Decimal128;
  fee?: Decimal128;
  at: Date;
  note?: string;
  tags: string[];
  ship: { city: string; zip?: string; driver: string } | null;
  items: { sku: string; n: number; cost: number }[];
  counts: Record<string, number>;
  cost_center: string;
}

const userView = defineView<User>()({
  public: { username: 1, email: 1, age: 1, 'profile.avatar': 1, 'profile.bio': 1 },
  writable: { username: 1, email: 1, 'profile.avatar': 1, 'profile.bio': 1 },
});
const orderView = defineView<Order>()({
  public: { product: 1, quantity: 1, price: 1, fee: 1, at: 1, note: 1, tags: 1, 'ship.city': 1, 'ship.zip': 1, 'items.sku': 1, 'items.n': 1, counts: subtree },
  arrays: { tags: 1, items: 1 },
});
const { users, orders } = createSafeDb(a<Db>(), { users: userView, orders: orderView });
const people = new SafeCollection(a<Collection<User>>(), userView);
const c = a<boolean>();
const end = { $project: { product: 1 } } as const;

/** A result without brand and without readonly. */
type Bare<T> = T extends Date | Decimal128 | string | number | boolean | null | undefined ? T : T extends readonly (infer E)[] ? Bare<E>[] : { -readonly [K in keyof T as K extends string ? K : never]: Bare<T[K]> };
declare function bare<T>(cursor: { next(): Promise<Exposed<T> | null> }): Bare<T>;

// Stages after a spread, and in it.
const maybe = c ? [{ $match: { product: 'tea' } }] : [];
type(bare(orders.aggregate([...maybe, { $group: { _id: '$product', n: { $sum: 1 } } }, { $project: { _id: 1, n: 1 } }]))).is<{ _id: string; n: number }>();
type(bare(orders.aggregate([{ $limit: 5 }, ...(c ? ([{ $sort: { product: 1 } }] as const) : ([] as const)), end]))).is<{ product: string }>();
// refused at ...: 'cost_center' is not filterable in this view
orders.aggregate([...(c ? [{ $match: { cost_center: 'cc' } }] : []), end]); // refused at end: 'cost_center' is not filterable
// refused at ...: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([...maybe, { $project: { cost_center: 1 } }]); // refused at {: 'cost_center' does not exist
// refused at ...: a stage that is chosen by a condition, or spread in, must be a $match, $sort, $limit or $skip
orders.aggregate([...(c ? [{ $addFields: { x: '$product' } }] : []), end]); // refused at end: a stage that is chosen by a condition
// refused at ...: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $facet: { x: [...maybe, { $addFields: { y: '$cost_center' } }] } }, { $project: { x: 1 } }]); // refused at {: 'cost_center' does not exist
// refused at [: a pipeline must be a literal that ends with a stage written out
orders.aggregate([end, ...maybe]);

// Two strings, one of them private.
type(bare(orders.aggregate([{ $project: { x: c ? '$product' : '$note' } }]))).is<{ x?: string }>();
// refused at x: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: c ? '$product' : '$cost_center' } }]);
// refused at c ?: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: { $concat: ['$product', c ? '$note' : '$cost_center'] } } }]);
// refused at x: a string that is known only at run time could name a field
orders.aggregate([{ $project: { x: a<`$counts.${string}`>() } }]);
// refused at x: a string that is known only at run time could name a field
orders.aggregate([{ $project: { x: a<`${string}!`>() } }]);
type(bare(orders.aggregate([{ $project: { x: { $concat: ['$product', a<`-${string}`>()] } } }]))).is<{ x: string }>();
// refused at $unwind: '$unwind' must be a literal, not chosen by a condition
orders.aggregate([{ $unwind: c ? '$tags' : '$items' }, end]);
// refused at $unset: '$unset' must be a literal, not chosen by a condition
orders.aggregate([{ $unset: c ? 'note' : 'tags' }, end]);
// refused at $count: '$count' must be a literal, not chosen by a condition
orders.aggregate([{ $count: c ? 'n' : 'm' }]);
// refused at x: write one accumulator
orders.aggregate([{ $group: { _id: null, x: c ? { $sum: 1 } : { $max: '$cost_center' } } }]);

// A mark that may be another one.
// refused: 'product' takes the literal 1 or true, or an expression; a constant is { $literal: … }
orders.aggregate([{ $project: { product: c ? 1 : 0 } }]);
// refused: 'product' takes the literal 1 or true, or an expression; a constant is { $literal: … }
orders.aggregate([{ $project: { product: c ? 1 : '$cost_center' } }]);
// refused at $project: an expression may be undefined here: leave the key out instead
orders.aggregate([{ $project: a<{ product: 1; note?: '$note' }>() }]);

// A declared union whose second member has more keys.
type Filters = { username: string } | { username: string; password_hash: string };
// refused at a<Filters: 'password_hash' is not filterable in this view
users.findOne(a<Filters>(), { projection: ['username'] });
// refused at $match: 'password_hash' is not filterable in this view
users.aggregate([{ $match: a<Filters>() }, { $project: { username: 1 } }]);
// refused at $match: 'password_hash' does not exist at this point of the pipeline
users.aggregate([{ $addFields: { x: 1 } }, { $match: a<Filters>() }, { $project: { username: 1 } }]);
// refused at sort: 'password_hash' is not sortable in this view
users.find({}, { projection: ['username'], sort: a<{ username: 1 } | { username: 1; password_hash: 1 }>() });
// refused at a<: 'hint' is not an option of find()
users.find({}, a<{ projection: ['username'] } | { projection: ['username']; hint: 'x' }>());
// refused at a<: a stage that is chosen by a condition, or spread in, must be a $match
users.aggregate([a<{ $limit: 1 } | { $limit: 1; $out: 'x' }>(), { $project: { username: 1 } }]);
// refused at $addFields: '$addFields' must be a literal, not chosen by a condition
users.aggregate([{ $addFields: a<{ x: 1 } | { x: 1; y: '$password_hash' }>() }, { $project: { username: 1 } }]);
// refused at a<: 'username' is not filterable in this view
orders.deleteMany(a<typeof everything | { username: 'x' }>());
// refused at $set: 'password_hash' is not writable in this view
users.updateOne({ username: 'x' }, { $set: a<{ email: string } | { email: string; password_hash: string }>() });
// refused at a<: 'password_hash' is not writable in this view
users.updateOne({ username: 'x' }, a<{ $set: { email: string } } | { $set: { email: string; password_hash: string } }>());
// refused at a<: '$rename' is not a supported update operator
users.updateMany({ username: 'x' }, a<{ $set: { email: string } } | { $set: { email: string }; $rename: { email: 'code' } }>());
// refused at c ?: 'password_hash' is not filterable in this view
users.exists(c ? trusted({ password_hash: 'x' }) : a<{ password_hash: string }>());
compiles(() => users.updateOne({ username: 'x' }, a<{ $set: { email: string } } | { $set: { username: string } }>()));
compiles(() => users.findOne(a<{ username: string } | { email: string }>(), { projection: ['username'] }));
compiles(() => users.aggregate([c ? { $match: { username: 'x' } } : { $limit: 3 }, { $project: { username: 1 } }]));

// Objects in $project and $set: fields of a branch that is there.
type(bare(orders.aggregate([{ $project: { ship: { city: 1 }, items: { sku: true } } }]))).is<{ ship?: { city: string }; items: { sku: string }[] }>();
type(bare(orders.aggregate([{ $project: { ship: { city: 1, note: '$note' } } }]))).is<{ ship: { city: string; note?: string } | { note?: string } }>();
type(bare(orders.aggregate([{ $set: { ship: { of: '$product' }, items: { of: '$product' } } }, { $project: { ship: 1, items: 1 } }]))).is<{ ship: { city: string; zip?: string; of: string } | { of: string }; items: { sku: string; n: number; of: string }[] }>();
// refused at driver: 'ship.driver' does not exist at this point of the pipeline
orders.aggregate([{ $project: { ship: { driver: 1 } } }]);
// refused at of: 'cost_center' does not exist at this point of the pipeline
orders.aggregate([{ $set: { ship: { of: '$cost_center' } } }, end]);
// refused at x: 'x' is not there: below it, a number or a boolean would bring a field in
orders.aggregate([{ $project: { x: { y: 1 } } }]);
// refused at product: 'product' is there and has no fields: give the new document another name
orders.aggregate([{ $set: { product: { of: 1 } } }, end]);
// refused at counts: 'counts' has no fixed fields, so none can be set in it
orders.aggregate([{ $set: { counts: { of: 1 } } }, end]);
// refused at ship: 'ship' is named twice: by an object and by a path
orders.aggregate([{ $project: { ship: { city: 1 }, 'ship.zip': 1 } }]);
// refused at x: an empty object names no field: write { $literal: {} }
orders.aggregate([{ $set: { x: {} } }, end]);

// Window functions: what is missing stays missing, decimals stay decimals.
type(bare(orders.aggregate([{ $setWindowFields: { sortBy: { at: 1 }, output: { first: { $first: '$note' }, last: { $last: '$note', window: { documents: [-1, 0] } }, next: { $shift: { output: '$note', by: 1 } }, or: { $shift: { output: '$note', by: 1, default: 'none' } }, filled: { $locf: '$note' } } } }, { $project: { first: 1, last: 1, next: 1, or: 1, filled: 1 } }]))).is<{ first?: string; last?: string | null; next?: string | null; or?: string; filled: string | null }>();
type(bare(orders.aggregate([{ $setWindowFields: { sortBy: { at: 1 }, output: { d: { $derivative: { input: '$price', unit: 'day' }, window: { documents: [-1, 0] } }, i: { $integral: { input: '$price', unit: 'day' } }, e: { $expMovingAvg: { input: '$price', N: 2 } }, c: { $covariancePop: ['$price', '$quantity'] }, s: { $covarianceSamp: ['$quantity', '$quantity'] } } } }, { $project: { d: 1, i: 1, e: 1, c: 1, s: 1 } }]))).is<{ d: number | Decimal128 | null; i: number | Decimal128 | null; e: number | Decimal128 | null; c: number | Decimal128 | null; s: number | null }>();

// A map may lack any key.
type(bare(orders.aggregate([{ $project: { x: '$counts.one', y: { $getField: { field: 'one', input: '$counts' } }, z: { $let: { vars: { m: '$counts' }, in: '$$m.one' } } } }]))).is<{ x?: number; y?: number; z?: number }>();
type(bare(orders.aggregate([{ $group: { _id: '$counts.one' } }]))).is<{ _id: number | null }>();
// refused at field: 'driver' does not exist at this point of the pipeline
orders.aggregate([{ $project: { x: { $getField: { field: 'driver', input: '$ship' } } } }]);
// refused at $getField: 'ship.city' is not the name of one field
orders.aggregate([{ $project: { x: { $getField: 'ship.city' } } }]);

// Empty arrays may be kept.
type(bare(orders.aggregate([{ $unwind: { path: '$tags', preserveNullAndEmptyArrays: c } }, { $project: { tags: 1 } }]))).is<{ tags?: string }>();

// pick() promises what its document has.
type(userView.pick(a<User>())).is<Exposed<{ username: string; email: string; age: number; profile?: { avatar: string; bio?: string } }>>();
type(userView.pick({}).username).is<string | undefined>();
type(userView.pick(a<object>(), { username: 1 }).username).is<string | undefined>();
// refused: 'username' is of another type in this view
userView.pick({ username: 5 });

// Joins by one name.
const JOIN = { from: 'users', foreignField: 'username', as: 'who' } as const;
// refused at localField: write one name as a literal
orders.aggregate([{ $lookup: { ...JOIN, localField: c ? 'product' : 'cost_center' } }, end]);
// refused at x: a field of populate must be a literal, not chosen by a condition
orders.findPopulated({}, { projection: ['product'], populate: { x: a<{ from: 'users'; localField: 'product'; foreignField: 'username'; projection: ['username'] } | { from: 'users'; localField: 'cost_center'; foreignField: 'username'; projection: ['username'] }>() } });

// A type that names no keys says nothing of what is in it.
// refused at a<object: a filter must be a literal, or a SafeFilter
users.find(a<object>(), { projection: ['username'] });
// refused at a<object: a filter must be a literal, or a SafeFilter
users.find({ $or: [a<object>()] }, { projection: ['username'] });
// refused at $match: a filter must be a literal, or a SafeFilter
users.aggregate([{ $match: a<object>() }, { $project: { username: 1 } }]);
// refused at $set: '$set' must be a literal: this type does not say which paths it writes
people.updateOne({ username: 'x' }, { $set: a<object>() });
// refused at a<object: a model of a bulk must be a literal
people.bulkWrite([a<object>()]);
// refused at a<object: a stage must be an object with one key
users.aggregate([a<object>(), { $project: { username: 1 } }]);
// refused at age: an upsert copies 'age' into the new document, but it is not writable in this view
people.updateOne({ age: 1 }, { $set: { email: 'x' } }, a<{ upsert?: boolean }>());

// A branch that is inserted has the fields that it requires.
// refused at profile: Property 'avatar' is missing
people.insertOne({ username: 'x', email: 'y', profile: { bio: 'z' } }, { trusted: trusted({ set: { age: 1, password_hash: 'h' } }) });
