import type { AnswerList } from '../support/answer-list.ts';
import { PEOPLE_VIEWS } from '../support/people-views.ts';
import { distinct, listed, lines } from '../support/tables.ts';

/** Projections, right and wrong ones. */
const PROJECTIONS = `
  undefined | null | 0 | 1 | true | '' | 'username' | () => 1 | Symbol('x') | {} | [] | { _id: 0 } | { _id: false } | { _id: 1 } | { _id: 2 } | { _id: -0, age: 1 } | { username: 1, _id: 0 } | { username: 1, _id: false } | { username: 1, _id: null } | { username: 1, _id: '0' }
  { username: 1 } | { username: true } | { username: 0 } | { username: false } | { username: 2 } | { username: '1' } | { username: null } | { username: undefined } | { username: 1n } | { username: NaN } | { username: new Long(1) } | { username: new Int32(1) } | { username: [] } | { username: {} }
  { username: '$password_hash' } | { username: { $literal: 1 } } | { username: { $meta: 'textScore' } } | { tags: { $slice: 1 } } | { addresses: { $elemMatch: { city: 'Oslo' } } } | { addresses: { $wrong: 1 } } | { profile: { bio: 1 } } | { profile: { $bio: 1 } } | { profile: { bio: 1, $slice: 1 } }
  { profile: 1 } | { 'profile.bio': 1 } | { 'profile.bio': 1, 'profile.links': 1 } | { 'profile.links': 1, 'profile.bio': 1 } | { 'profile.ssn': 1 } | { profile: 1, 'profile.bio': 1 } | { 'profile.bio': 1, profile: 1 } | { 'profile.bio.x': 1 } | { addresses: 1 } | { 'addresses.city': 1 }
  { 'addresses.0.city': 1 } | { 'addresses.$': 1 } | { 'addresses.code': 1 } | { settings: 1 } | { 'settings.theme': 1 } | { 'settings.deep.list': 1 } | { 'settings.deep': 1, 'settings.deep.list': 1 } | { settings: 1, 'settings.theme': 1 } | { 'settings.theme': 1, settings: 1 } | { 'settings.': 1 } | { 'settings.$x': 1 }
  { scores: 1 } | { 'scores.2024': 1 } | { 'scores.2025': 1 } | { id: 1 } | { boss: 1 } | { id: 1, boss: 1, _id: 0 } | { boss_id: 1 } | { password_hash: 1 } | { rank: 1 } | { place: 1 } | { '': 1 } | { '.': 1 } | { 'a..b': 1 } | { $x: 1 } | { 'username\\0age': 1 } | { __proto__: { username: 1 } } | { ['__proto__']: 1 } | Object.create({ username: 1 })
  { get username() { return 1; } } | Object.defineProperty({ age: 1 }, 'username', { value: 1 }) | { username: 1, [Symbol('x')]: 1 } | new Map([['username', 1]]) | new Proxy({ username: 1 }, {}) | Object.assign(Object.create(null), { username: 1 }) | new (class { username = 1; })() | new Proxy(['username'], {}) | new (class extends Array {})('username', 'age')
  ['username'] | ['username', 'age'] | ['age', 'username'] | ['username', 'username'] | ['age', 'username', 'age'] | ['username', 1] | [undefined] | ['username', , 'age'] | [['username']] | ['profile'] | ['profile', 'profile.bio'] | ['profile.bio', 'profile'] | ['_id'] | ['password_hash'] | [''] | ['settings.theme', 'settings.deep'] | ['tags', 'grid', 'nick'] | ['username\\0age']
  Object.assign(['username'], { extra: 1 }) | Object.defineProperty(['username'], 0, { get: () => 'age' }) | Object.defineProperty(['username'], 0, { value: 'age', enumerable: false }) | ['addresses.city', 'addresses.tags', 'profile', 'scores'] | ['profile.bio', 'profile.links', 'profile'] | ['addresses.city', 'addresses']
  V | W | {...V} | V.select(['username']) | V.select({ username: 1, tags: op({ $slice: 1 }) }) | W.select(['username']) | V.select(V) | V.select(V.select(['age'])) | V.select(W) | V.select(undefined) | V.select({}) | V.select(['nothing']) | V.selectFields(['username', 'tags']) | V.selectFields('username') | V.selectFields([]) | V.selectFields({ username: 1 }) | V.selectFields(['username', 'username'])
  V.selectFields(['password_hash']) | V.selectFields([1]) | V.selectFields(['profile']) | V.selectFields(V) | {...V.select(['username'])} | V.selectFields(undefined) | { username: 1, age: 1, score: 1, email: 1, tags: 1, nick: 1, grid: 1, active: 1, visits: 1 } | { username: 1, age: 1, score: 1, email: 1, tags: 1, nick: 1, grid: 1, active: 1, 'username.x': 1 }
  { username: 1, age: 1, score: 1, email: 1, tags: 1, nick: 1, profile: 1, active: 1, 'profile.bio': 1 } | { settings: 1, username: 1, age: 1, score: 1, email: 1, tags: 1, nick: 1, active: 1, 'settings.x.y': 1 } | { 'settings.a': 1, 'settings.b': 1, 'settings.a.c': 1 } | { 'settings.ab': 1, 'settings.a': 1 }
`;

/** Elements of arrays. */
const LIMITS = `
  tags: op({ $slice: 1 }) | tags: op({ $slice: -1 }) | tags: op({ $slice: 0 }) | tags: op({ $slice: [1, 1] }) | tags: op({ $slice: [-2, 1] }) | tags: op({ $slice: [0, 0] }) | tags: op({ $slice: [0, -1] }) | tags: op({ $slice: [1] }) | tags: op({ $slice: [1, 2, 3] }) | tags: op({ $slice: [] }) | tags: op({ $slice: ['1', 1] }) | tags: op({ $slice: [1, '1'] })
  tags: op({ $slice: 1.5 }) | tags: op({ $slice: '1' }) | tags: op({ $slice: null }) | tags: op({ $slice: NaN }) | tags: op({ $slice: 2147483647 }) | tags: op({ $slice: 2147483648 }) | tags: op({ $slice: -2147483647 }) | tags: op({ $slice: -2147483648 }) | tags: op({ $slice: [2147483648, 1] }) | tags: op({ $slice: [1, 2147483648] }) | tags: op({ $slice: 1, $elemMatch: { $eq: 'all' } }) | tags: op({}) | tags: op({ $eq: 1 }) | tags: op({ $slice: {} })
  username: op({ $slice: 1 }) | nick: op({ $slice: 1 }) | grid: op({ $slice: 1 }) | grid: op({ $elemMatch: { $eq: 1 } }) | profile: op({ $slice: 1 }) | 'profile.links': op({ $slice: 1 }) | 'profile.links': op({ $elemMatch: { $eq: 'a' } }) | 'profile.bio': op({ $slice: 1 }) | addresses: op({ $slice: 1 }) | addresses: op({ $slice: -1 }) | addresses: op({ $slice: [1, 5] }) | 'addresses.city': op({ $slice: 1 }) | 'addresses.tags': op({ $slice: 1 })
  'addresses.tags': op({ $slice: 1 }), 'addresses.city': 1 | addresses: op({ $slice: 1 }), 'addresses.city': 1 | addresses: op({ $slice: 1 }), 'addresses.tags': op({ $slice: 1 }) | settings: op({ $slice: 1 }) | 'settings.deep.list': op({ $slice: 1 }) | password_hash: op({ $slice: 1 }) | nothing: op({ $slice: 1 }) | id: op({ $slice: 1 }) | tags: op({ $slice: 1 }), id: 1 | tags: op({ $slice: 1 }), _id: 0 | tags: op({ $slice: 1 }), profile: 1, settings: 1
  tags: op({ $elemMatch: { $eq: 'all' } }) | tags: op({ $elemMatch: 'all' }) | tags: op({ $elemMatch: {} }) | tags: op({ $elemMatch: { $in: ['t1', /^t2/] } }) | tags: op({ $elemMatch: { $nin: ['all'] } }) | tags: op({ $elemMatch: { $gt: 'all' } }) | tags: op({ $elemMatch: { $gte: 't1', $lt: 't2' } }) | tags: op({ $elemMatch: { $lte: 'all' } }) | tags: op({ $elemMatch: { $regex: '^T', $options: 'i' } }) | tags: op({ $elemMatch: { $regex: /^t/ } }) | tags: op({ $elemMatch: { $regex: /^T/i } })
  tags: op({ $elemMatch: { $not: op({ $eq: 'all' }) } }) | tags: op({ $elemMatch: { $not: /^a/ } }) | tags: op({ $elemMatch: { $exists: true } }) | tags: op({ $elemMatch: { $exists: false } }) | tags: op({ $elemMatch: { $type: 'string' } }) | tags: op({ $elemMatch: { $type: ['number', 'bool'] } }) | tags: op({ $elemMatch: { $type: 'number' } }) | tags: op({ $elemMatch: { $size: 1 } }) | tags: op({ $elemMatch: { $all: ['all'] } }) | tags: op({ $elemMatch: { $all: [] } }) | tags: op({ $elemMatch: { $mod: [2, 0] } })
  tags: op({ $elemMatch: { $nin: Array(1000).fill(/x/) } }) | tags: op({ $elemMatch: { $bitsAllSet: 1 } }) | tags: op({ $elemMatch: { $ne: 'all' } }) | tags: op({ $elemMatch: { $eq: null } }) | tags: op({ $elemMatch: { $ne: null } }) | tags: op({ $elemMatch: { $in: [null] } }) | tags: op({ $elemMatch: { $elemMatch: { $eq: 1 } } }) | tags: op({ $elemMatch: op({ $eq: 'all' }) }) | tags: op({ $elemMatch: { city: 'x' } }) | tags: op({ $elemMatch: { $or: [{ $eq: 'all' }] } }) | tags: op({ $elemMatch: { $gt: null } }) | tags: op({ $elemMatch: { $gte: null } })
  addresses: op({ $elemMatch: { city: 'Oslo' } }) | addresses: op({ $elemMatch: { city: op({ $ne: 'London' }) } }) | addresses: op({ $elemMatch: { city: op({ $in: ['Oslo', 'Paris'] }) } }) | addresses: op({ $elemMatch: { city: op({ $nin: ['London'] }) } }) | addresses: op({ $elemMatch: { city: /^o/i } }) | addresses: op({ $elemMatch: { city: op({ $not: /^L/ }) } }) | addresses: op({ $elemMatch: { city: op({ $in: [/^P/, 'x'] }) } }) | addresses: op({ $elemMatch: { city: op({ $gt: 'M' }) } }) | addresses: op({ $elemMatch: { city: null } })
  addresses: op({ $elemMatch: { city: op({ $exists: true }), tags: 'home' } }) | addresses: op({ $elemMatch: { tags: 'h2' } }) | addresses: op({ $elemMatch: { tags: op({ $size: 2 }) } }) | addresses: op({ $elemMatch: { tags: op({ $exists: false }) } }) | addresses: op({ $elemMatch: { tags: op({ $all: ['home', 'h1'] }) } }) | addresses: op({ $elemMatch: { tags: op({ $elemMatch: { $gt: 'h1', $lt: 'h3' } }) } }) | addresses: op({ $elemMatch: { tags: op({ $elemMatch: { $regex: '^H', $options: 'i' } }) } }) | addresses: op({ $elemMatch: { tags: op({ $ne: 'h1' }) } })
  addresses: op({ $elemMatch: { tags: ['home', 'h1'] } }) | addresses: op({ $elemMatch: { tags: op({ $type: 'array' }) } }) | addresses: op({ $elemMatch: { tags: op({ $nin: ['h1', null] }) } }) | addresses: op({ $elemMatch: { $or: [{ city: 'Oslo' }, { tags: 'h2' }] } }) | addresses: op({ $elemMatch: { $and: [{ city: 'Oslo' }, { tags: 'h1' }] } }) | addresses: op({ $elemMatch: { $nor: [{ city: 'London' }, { tags: 'h1' }] } }) | addresses: op({ $elemMatch: { $or: [] } }) | addresses: op({ $elemMatch: { $expr: 1 } })
  addresses: op({ $elemMatch: { code: 'c1' } }) | addresses: op({ $elemMatch: { 'tags.0': 'home' } }) | addresses: op({ $elemMatch: {} }) | addresses: op({ $elemMatch: 1 }) | addresses: op({ $elemMatch: null }) | addresses: op({ $elemMatch: { city: op({ $mod: [2, 0] }) } }) | addresses: op({ $elemMatch: { city: op({ $bitsAnySet: 1 }) } }) | addresses: op({ $elemMatch: { city: { $ne: 'x' } } }) | addresses: op({ $elemMatch: { city: undefined } }) | addresses: op({ $elemMatch: { city: 'Oslo' } }), 'addresses.tags': op({ $slice: 1 })
  addresses: op({ $elemMatch: { tags: 'home' } }), tags: op({ $slice: -1 }), 'profile.links': op({ $slice: 1 }), username: 1 | addresses: op({ $elemMatch: { city: op({ $type: 'string' }) } }) | addresses: op({ $elemMatch: { city: op({ $gt: 5 }) } }) | addresses: op({ $elemMatch: { city: op({ $lt: new Date(0) }) } }) | addresses: op({ $elemMatch: { city: op({ $gte: true }) } }) | addresses: op({ $elemMatch: { city: op({ $lte: NaN }) } }) | addresses: op({ $elemMatch: { city: op({ $lt: NaN }) } }) | nick: op({ $elemMatch: { $eq: 'x' } })
  nick: op({ $elemMatch: { $gt: new Long(5) } }) | nick: op({ $elemMatch: { $gt: 5n } }) | nick: op({ $elemMatch: { $gt: Decimal128.fromString('NaN') } }) | nick: op({ $elemMatch: { $gte: Decimal128.fromString('NaN') } }) | nick: op({ $elemMatch: { $gte: new Double(NaN) } }) | nick: op({ $elemMatch: { $lt: ID } }) | nick: op({ $elemMatch: { $gt: new Timestamp(1n) } }) | nick: op({ $elemMatch: { $gt: new Binary(Buffer.from([1])) } }) | nick: op({ $elemMatch: { $gt: new Int32(3) } }) | nick: op({ $elemMatch: { $gt: new Double(3) } }) | nick: op({ $elemMatch: { $gt: /x/ } }) | nick: op({ $elemMatch: { $gt: [1] } })
  nick: op({ $elemMatch: { $regex: 'x', $options: 's' } }) | nick: op({ $elemMatch: { $eq: /x/ } }) | nick: op({ $elemMatch: { $in: [] } }) | nick: op({ $elemMatch: { $ne: /x/ } }) | nick: op({ $elemMatch: { $all: ['x', 'y'] } }) | nick: op({ $elemMatch: { $all: [/x/] } }) | nick: op({ $elemMatch: { $type: 2 } }) | nick: op({ $elemMatch: { $type: ['string', 2] } }) | nick: op({ $elemMatch: { $not: op({ $in: ['x'] }) } }) | nick: op({ $elemMatch: { $gt: '$username' } }) | nick: op({ $elemMatch: { $eq: '$$ROOT' } })
`;

/** Calls that take a projection. */
const CALLS = `
  return await C.findOne({ age: 21 }, { projection: P });
  return (await C.findJson({ age: 21 }, { projection: P })).text();
  return (await C.findOneJson({ age: 23 }, { projection: P }))?.text();
  return await C.findOneAndUpdate({ age: 22 }, { $set: { score: 1 } }, { projection: P });
  return await C.findOneAndDelete({ age: 23 }, { projection: P });
  return await C.paginate({}, { projection: P, limit: 2, sort: { age: 1 } });
  return await C.findPopulated({ age: 21 }, { projection: P, populate: {} }).toArray();
  return await C.insertOne({ username: 'x', email: null, age: 1, score: 1, tags: ['a', 'b'], addresses: [{ city: 'x', tags: [] }] }, { projection: P, trusted: trusted({ set: { password_hash: 'x', joined_at: new Date(0), rank: 1 } }) }).then(({ document }) => document?.age);
  return V.pick({ username: 'x', age: 1, tags: ['a', 'b'], password_hash: 'p', addresses: [{ city: 'c', code: 'd' }] }, P);
  return V.toJSONSchema(P);
  return V.toStandardSchema(P)['~standard'].validate({ username: 'x', tags: ['a', 'b'], addresses: [{ city: 'c' }] });
`;

const SHORT = `{ username: 1 } | ['age', 'tags'] | { tags: op({ $slice: 1 }) } | { addresses: op({ $elemMatch: { city: 'Oslo' } }) } | ['password_hash'] | undefined | V.select(['username', 'addresses']) | W | V | ['nothing']`;

const find = (projection: string): string =>
  `return await C.find({}, { projection: ${projection}, sort: { age: 1 } }).toArray();`;

export const PROJECTIONS_OF_READS: AnswerList = {
  name: 'projections',
  world: PEOPLE_VIEWS,
  calls: distinct(
    listed(PROJECTIONS).map(find),
    listed(LIMITS).map((limit) => find(`{ ${limit} }`)),
    lines(CALLS).flatMap((call) => listed(SHORT).map((projection) => `const P = ${projection}; ${call}`)),
    [
      `const P = ['username', 'age']; await C.findOne({}, { projection: P }); return await C.findOne({}, { projection: ['age', 'username'] });`,
      `await C.findOne({}, { projection: { username: 1, age: 1 } }); return await C.findOne({}, { projection: { username: 1, age: 1, _id: 0 } });`,
      `await C.findOne({}, { projection: ['username'] }); return await C.findOne({}, { projection: { username: 1, age: 0 } });`,
      `await C.findOne({}, { projection: ['username', 'age'] }); return await C.findOne({}, { projection: ['username\\0age'] });`,
      `await C.findOne({}, { projection: ['username'] }); return await C.findOne({}, { projection: ['username', 'username'] });`,
      `await C.findOne({}, { projection: ['username'] }); return await plain.findOne({}, { projection: ['username'] });`,
      `await C.findOne({}, { projection: ['username'] }); return await C.findOne({}, { projection: { username: true } });`,
    ],
  ),
};
