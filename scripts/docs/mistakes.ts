/** A mistake as it is written. The place where the compiler has to report it is between `«` and `»`. */
export interface Mistake {
  readonly mistake: string;
  readonly code: string;
}

/** What the code of the mistakes uses. */
export const MISTAKES_PRELUDE = `import type { Collection, Db, ObjectId } from 'mongodb';
import { createSafeDb, defineView, op, SafeCollection, trusted } from 'safe-collection';
interface User {
  _id: ObjectId; username: string; email: string; age?: number; tags: string[]; plan: 'free' | 'paid'; password_hash: string;
  profile?: { bio?: string; avatar: string; ssn: string };
  addresses: { city: string; access_code: string }[];
}
interface Order { _id: ObjectId; user_id: ObjectId; product: string; quantity: number; cost_center: string }
const userView = defineView<User>()({
  public: { username: 1, email: 1, age: 1, tags: 1, plan: 1, 'profile.bio': 1, 'profile.avatar': 1, 'addresses.city': 1 },
  writable: { username: 1, email: 1, age: 1, tags: 1, 'profile.bio': 1 },
  filterable: { email: 0 },
  arrays: { tags: 1, addresses: 1 },
});
const orderView = defineView<Order>()({ public: { user_id: 1, product: 1, quantity: 1 } });
const users = new SafeCollection({} as Collection<User>, userView);
const { orders } = createSafeDb({} as Db, { users: userView, orders: orderView });
declare const anything: any;
declare const key: string;
declare const paths: string[];
declare const byName: boolean;
declare const userId: ObjectId;
const p = { projection: ['username'] } as const;
`;

/** Mistakes that engineers make, by the part of a call that they are in. */
export const MISTAKES: ReadonlyMap<string, readonly Mistake[]> = new Map([
  [
    'Projections',
    [
      { mistake: 'a private field', code: `users.findOne({}, { projection: { «password_hash»: 1 } })` },
      { mistake: 'a private field in a branch', code: `users.findOne({}, { projection: { «'profile.ssn'»: 1 } })` },
      { mistake: 'a private field in a list', code: `users.findOne({}, { projection: [«'password_hash'»] })` },
      { mistake: 'a private field set to null', code: `users.findOne({}, { projection: { «password_hash»: null } })` },
      { mistake: 'an exclusion', code: `users.findOne({}, { projection: { «email»: 0 } })` },
      { mistake: 'an object for a branch', code: `users.findOne({}, { projection: { «profile»: { bio: 1 } } })` },
      { mistake: 'an `_id` that is not public', code: `users.findOne({}, { projection: { username: 1, «_id»: 1 } })` },
      { mistake: 'an empty projection', code: `users.findOne({}, { «projection»: {} })` },
      { mistake: 'no options', code: `users.findOne(«{ username: 'ada' }»)` },
      { mistake: 'no options for a cursor', code: `users.find(«{}»)` },
      { mistake: 'no options for JSON', code: `users.findJson(«{}»)` },
      {
        mistake: 'no options for an update that returns the document',
        code: `users.findOneAndUpdate({ username: 'ada' }, «{ $set: { age: 37 } }»)`,
      },
      { mistake: 'options that are `any`', code: `«users».findOne({}, anything)` },
      { mistake: 'null as the projection', code: `users.findOne({}, { «projection»: null })` },
      { mistake: 'a list built at run time', code: `users.findOne({}, { «projection»: paths })` },
      {
        mistake: 'a choice of literals',
        code: `users.findOne({}, { «projection»: byName ? { username: 1 } : { email: 1 } })`,
      },
      { mistake: 'the view of another collection', code: `users.findOne({}, { «projection»: orderView })` },
      {
        mistake: 'a branch and a path below it',
        code: `users.findOne({}, { projection: { profile: 1, «'profile.bio'»: 1 } })`,
      },
    ],
  ],
  [
    'Filters',
    [
      { mistake: 'a private field', code: `users.findOne({ «password_hash»: 'x' }, p)` },
      { mistake: 'a private field that is null', code: `users.findOne({ «password_hash»: null }, p)` },
      { mistake: 'a public field that is not filterable', code: `users.findOne({ «email»: 'a@b.c' }, p)` },
      { mistake: 'a misspelled field', code: `users.findOne({ «usernme»: 'ada' }, p)` },
      { mistake: 'a value of another type', code: `users.findOne({ «username»: 5 }, p)` },
      { mistake: 'a value that may be undefined', code: `users.findOne({ «username»: paths[0] }, p)` },
      { mistake: 'a plain operator object', code: `users.findOne({ «age»: { $gte: 18 } }, p)` },
      { mistake: 'an operator with a value of another type', code: `users.findOne({ «age»: op({ $gte: '18' }) }, p)` },
      { mistake: 'an unknown operator', code: `const adult = op({ «$gret»: 18 })` },
      { mistake: 'a whole branch', code: `users.findOne({ «profile»: { bio: 'x' } }, p)` },
      { mistake: 'code', code: `users.findOne({ «$where»: 'true' }, p)` },
      { mistake: 'an operator of a list without a list', code: `users.findOne({ «$or»: { username: 'ada' } }, p)` },
      { mistake: 'a computed key', code: `users.findOne(«{ [key]: 1 }», p)` },
      { mistake: 'a filter that is `any`', code: `«users».findOne(anything, p)` },
      { mistake: 'a value that is `any`', code: `users.findOne({ «username»: anything }, p)` },
      { mistake: 'a search by `_id` that is not public', code: `users.findOne({ «_id»: op({ $gt: userId }) }, p)` },
      { mistake: 'an empty filter of a delete', code: `users.deleteMany(«{}»)` },
    ],
  ],
  [
    'Options',
    [
      { mistake: 'a sort by a private field', code: `users.find({}, { ...p, sort: { «password_hash»: 1 } })` },
      { mistake: 'a direction that is no direction', code: `users.find({}, { ...p, sort: { «username»: 'asc' } })` },
      { mistake: 'a number as text', code: `users.find({}, { ...p, «limit»: '10' })` },
      { mistake: 'an option that is not allowed', code: `users.find({}, { ...p, «hint»: 'username_1' })` },
      {
        mistake: 'a trusted value that is a plain object',
        code: `users.findOne({}, { ...p, «trusted»: { filter: { plan: 'free' } } })`,
      },
    ],
  ],
  [
    'Writes',
    [
      {
        mistake: 'a field that is not writable',
        code: `users.updateOne({ username: 'ada' }, { $set: { «plan»: 'paid' } })`,
      },
      {
        mistake: 'a field that is not writable, set to null',
        code: `users.updateOne({ username: 'ada' }, { $set: { «password_hash»: null } })`,
      },
      { mistake: 'a value of another type', code: `users.updateOne({ username: 'ada' }, { $set: { «age»: '5' } })` },
      { mistake: 'an update that is `any`', code: `«users».updateOne({ username: 'ada' }, anything)` },
      { mistake: 'a document that is `any`', code: `«users».insertOne(anything)` },
      { mistake: 'no update operator', code: `users.updateOne({ username: 'ada' }, { «username»: 'eve' })` },
      {
        mistake: 'an update operator that is not supported',
        code: `users.updateOne({ username: 'ada' }, { «$rename»: { username: 'email' } })`,
      },
      { mistake: 'an update pipeline', code: `users.updateOne({ username: 'ada' }, «[{ $set: { age: 5 } }]»)` },
      {
        mistake: 'a plain modifier object',
        code: `users.updateOne({ username: 'ada' }, { $push: { «tags»: { $each: ['a'] } } })`,
      },
      {
        mistake: 'a number operator on text',
        code: `users.updateOne({ username: 'ada' }, { $inc: { «username»: 1 } })`,
      },
      {
        mistake: 'unsetting a required field',
        code: `users.updateOne({ username: 'ada' }, { $unset: { «username»: 1 } })`,
      },
      {
        mistake: 'an insert without `trusted`',
        code: `users.insertOne(«{ username: 'ada', email: 'a@b.c', tags: [] }»)`,
      },
      { mistake: 'one document for many', code: `users.insertMany(«{ username: 'ada', email: 'a@b.c', tags: [] }»)` },
    ],
  ],
  [
    'Pipelines',
    [
      {
        mistake: 'a private field in a filter',
        code: `orders.aggregate([{ $match: { «cost_center»: 'x' } }, { $project: { product: 1 } }])`,
      },
      {
        mistake: 'a private field in an expression',
        code: `orders.aggregate([{ $project: { «product»: '$cost_center' } }])`,
      },
      {
        mistake: 'a field that a group took away',
        code: `orders.aggregate([{ $group: { _id: '$product' } }, { $project: { «quantity»: 1 } }])`,
      },
      { mistake: 'no shape at the end', code: `orders.aggregate([«{ $match: { product: 'tea' } }»])` },
      { mistake: 'a stage that is not supported', code: `orders.aggregate([{ «$out»: 'copy' }])` },
    ],
  ],
  [
    'Views',
    [
      { mistake: 'a path that is not there', code: `defineView<User>()({ public: { «usernme»: 1 } })` },
      { mistake: 'a branch', code: `defineView<User>()({ public: { «profile»: 1 } })` },
      { mistake: 'an array that is not declared', code: `defineView<User>()({ public: { «tags»: 1 } })` },
    ],
  ],
]);
