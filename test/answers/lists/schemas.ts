import type { AnswerList } from '../support/answer-list.ts';
import { PEOPLE_VIEWS } from '../support/people-views.ts';
import { distinct, listed, lines } from '../support/tables.ts';

/** Values for the standard schema of the people. */
const VALUES = `
  {} | 1 | null | undefined | [] | new Map() | 'x' | { username: 'x' } | { username: null } | { username: {} } | { username: ['x'] } | { username: undefined } | { other: 1 } | { password_hash: 1, username: 'x' } | { tags: ['x'] } | { tags: 'x' } | { tags: [['x']] } | { tags: null } | { tags: [{}] } | { nick: 'x' } | { nick: ['x'] } | { nick: [['x']] } | { grid: [[1]] } | { grid: [1] } | { grid: 1 } | { grid: [[[1]]] }
  { profile: { bio: 'x' } } | { profile: { ssn: 'x' } } | { profile: 'x' } | { profile: null } | { profile: [] } | { profile: { bio: 'x', ssn: 1, other: 2 } } | { addresses: [{ city: 'x' }] } | { addresses: [{ city: 'x' }, { code: 'x' }] } | { addresses: { city: 'x' } } | { addresses: [] } | { addresses: [[]] } | { addresses: ['x'] } | { addresses: [null] } | { addresses: [{ tags: ['x'] }] } | { addresses: [{ tags: 'x' }] }
  { settings: { any: [1] } } | { settings: 1 } | { settings: null } | { scores: { 2024: 1 } } | { scores: { 2025: 1 } } | { id: 'AAAAAAAAAAAAAAAAAAAAAA' } | { id: 'x' } | { id: ID } | { id: null } | { id: 1 } | { id: ['AAAAAAAAAAAAAAAAAAAAAA'] } | { id: undefined } | { id: 'AAAAAAAAAAAAAAAAAAAAAAA' } | { id: '?AAAAAAAAAAAAAAAAAAAAA' } | { boss: 'AAAAAAAAAAAAAAAAAAAAAA', id: 'AAAAAAAAAAAAAAAAAAAAAA' }
  { _id: ID } | { boss_id: ID } | { username: new Date(0) } | { username: /x/ } | { username: ID } | { username: () => 1 } | { username: Symbol('x') } | { [Symbol('x')]: 1 } | { username: 1n } | { username: new Long(1) } | { avatar: new Binary(Buffer.from([1])) } | Object.fromEntries(Array.from({ length: 25 }, (_, at) => ['k' + at, 1])) | { addresses: Array.from({ length: 25 }, () => ({ x: 1 })) } | { addresses: [{ city: {} }] } | { addresses: [{ city: 'x', tags: ['a', {}] }] }
  { addresses: Array.from({ length: 25 }, () => ({ x: 1 })), other: 1 } | Object.create({ username: 'x' }) | { get username() { return 'x'; } } | new (class { username = 'x'; })() | { 'profile.bio': 'x' } | Object.fromEntries(Array.from({ length: 20 }, (_, at) => ['k' + at, 1])) | { ...Object.fromEntries(Array.from({ length: 19 }, (_, at) => ['k' + at, 1])), id: 1 } | { ...Object.fromEntries(Array.from({ length: 20 }, (_, at) => ['k' + at, 1])), id: 1 }
`;

/** Descriptions of JSON schemas. */
const DESCRIPTIONS = `
  undefined | null | 1 | [] | {} | { other: 1 } | { leaves: undefined } | { leaves: 1 } | { leaves: {} } | { leaves: { username: { type: 'string' } } } | { leaves: { username: 1 } } | { leaves: { username: null } } | { leaves: { username: [] } } | { leaves: { username: 'x' } } | { leaves: { nothing: {} } } | { leaves: { profile: {} } } | { leaves: { 'profile.bio': { maxLength: 5, enum: ['a', null] } } } | { leaves: { password_hash: {} } }
  { leaves: { settings: { type: 'object' } } } | { leaves: { username: { type: () => 1 } } } | { leaves: { username: { type: undefined } } } | { leaves: { username: new Map() } } | { leaves: { username: true } } | { leaves: { tags: { type: 'array' }, id: { type: 'string' } } } | { leaves: { username: {} }, other: 1 } | { leaves: { username: { const: new Date(0) } } } | { leaves: { username: new Date(0) } } | { leaves: { username: { type: 'string' }, age: { type: 'integer' } } }
`;

const PICKED = `
  V.pick() | V.pick(1) | V.pick(null) | V.pick([]) | V.pick(new Map()) | V.pick({ username: 'x' }) | V.pick({ username: 'x' }, undefined) | V.pick({ username: 'x' }, {}) | V.pick({ username: 'x', boss: 1 }, ['username', 'boss']) | V.pick({ username: 'x', id: 1 }, ['id']) | V.pick({ username: {} }, ['username']) | V.pick({ tags: 'x' }, ['tags']) | V.pick({ tags: [['x']] }, ['tags']) | V.pick({ tags: ['x'], age: 1 }, { tags: 1 }) | V.pick({ tags: ['x'] }, { tags: op({ $slice: 1 }) }) | V.pick({ username: 'x' }, V)
  W.pick({ username: 'x', _id: ID, tags: ['x'], rank: 1 }) | W.pick({ username: 'x', _id: ID }, { username: 1 }) | W.pick({ username: 'x', _id: ID }, { _id: 1 }) | W.pick({ username: undefined }) | W.pick({}) | W.pick({ username: 'x' }, W.select(['username'])) | W.pick({ username: 'x' }, V.select(['username'])) | POST.pick({ lines: [{ text: 'x', secret: 'y' }, 5, null], draft: 1 }) | POST.pick({ lines: { text: 'x' } }) | POST.pick({ lines: [[{ text: 'x' }]] }) | OPEN.pick({ settings: { a: { b: [1] } }, x: 1 })
  OPEN.pick({ settings: { a: { b: [1] } } }, ['settings.a']) | OPEN.pick({ settings: [{ a: 1 }, { a: 2, b: 3 }] }, ['settings.a']) | V.toJSONSchema() | V.toJSONSchema(undefined) | V.toJSONSchema(null) | V.toJSONSchema(['tags', 'nick', 'grid', 'profile', 'id', 'boss', 'addresses', 'settings', 'scores']) | V.toJSONSchema(['password_hash']) | V.toJSONSchema(V.select(['age'])) | V.toJSONSchema(W) | OPEN.toJSONSchema() | OPEN.toJSONSchema(['settings.a.b']) | W.toJSONSchema() | POST.toJSONSchema(POST)
  V.toStandardSchema(undefined) | V.toStandardSchema(['nothing']) | V.toStandardSchema({ tags: op({ $slice: 1 }) }) | [Object.isFrozen(V), Object.isFrozen(V.toStandardSchema()), Object.isFrozen(V.toStandardSchema()['~standard']), V.toStandardSchema()['~standard'].vendor, V.toStandardSchema()['~standard'].version] | Object.keys(V) | [Object.isFrozen(V.select(['age'])), Object.getPrototypeOf(V.select(['age']))] | W.toStandardSchema()['~standard'].validate({ _id: ID, username: 'x' }) | W.toStandardSchema(['username'])['~standard'].validate({ _id: ID, username: 'x' })
  OPEN.toStandardSchema()['~standard'].validate({ settings: { a: () => 1 } }) | OPEN.toStandardSchema(['settings.a'])['~standard'].validate({ settings: { a: 1, b: 2 } }) | OPEN.toStandardSchema(['settings.a'])['~standard'].validate({ settings: [{ a: 1 }, [{ a: 1, b: 2 }]] })
`;

/** Privileged reads. */
const PRIVILEGED = `
  P.findOne({ password_hash: 'hash 1' }, { projection: ['username', 'password_hash'] }) | P.findOne({ age: 21 }, { projection: { username: 1, api_key: 1, _id: 0 } }) | P.findOne({ age: 21 }, { projection: { 'profile.ssn': 1, 'profile.bio': 1 } }) | P.findOne({ age: 21 }, { projection: ['profile'] }) | P.findOne({ age: 21 }, { projection: ['addresses'] }) | P.findOne({ age: 22 }, { projection: ['addresses.code', 'addresses.city'] }) | P.findOne({ age: 22 }, { projection: ['addresses.0.code'] }) | P.findOne({ age: 22 }, { projection: { place: subtree } }) | P.findOne({ age: 22 }, { projection: ['place'] })
  P.findOne({ age: 22 }, { projection: ['place.type'] }) | P.findOne({ age: 22 }, { projection: { 'place.coordinates': subtree, username: 1 } }) | P.findOne({ age: 22 }, { projection: { settings: 1 } }) | P.findOne({ age: 22 }, { projection: { settings: subtree } }) | P.findOne({ age: 22 }, { projection: { 'settings.theme': 1 } }) | P.findOne({ age: 22 }, { projection: { username: subtree } }) | P.findOne({ age: 22 }, { projection: { rank: subtree } }) | P.findOne({ age: 22 }, { projection: { scores: subtree } }) | P.findOne({ age: 22 }, { projection: ['scores.2025', 'scores.2024'] })
  P.findOne({ age: 22 }, { projection: ['boss_id'] }) | P.findOne({ age: 22 }, { projection: ['boss'] }) | P.findOne({ age: 22 }, { projection: ['boss', 'boss_id'] }) | P.findOne({ age: 22 }, { projection: ['_id'] }) | P.findOne({ age: 22 }, { projection: { _id: 1, id: 1 } }) | P.findOne({ age: 22 }, { projection: ['id'] }) | P.findOne({ age: 22 }, { projection: { _id: false } }) | P.findOne({ age: 22 }, { projection: {} }) | P.findOne({ age: 22 }, { projection: [] }) | P.findOne({ age: 22 }, {}) | P.findOne({ age: 22 }, { projection: null }) | P.findOne({ age: 22 }) | P.findOne({ age: 22 }, { projection: V })
  P.findOne({ age: 22 }, { projection: V.select(['age']) }) | P.findOne({ age: 22 }, { projection: ['age', 1] }) | P.findOne({ age: 22 }, { projection: ['age', 'age'] }) | P.findOne({ age: 22 }, { projection: ['rank', 'rank'] }) | P.findOne({ age: 22 }, { projection: { 'profile.ssn': 1, 'profile.ssn.x': 1 } }) | P.findOne({ age: 22 }, { projection: { 'place.x': 1, place: 1 } }) | P.findOne({ age: 22 }, { projection: { age: 0 } }) | P.findOne({ age: 22 }, { projection: { age: true, rank: 'x' } }) | P.findOne({ age: 22 }, { projection: { age: { x: 1 } } }) | P.findOne({ age: 22 }, { projection: { age: { $slice: 1 } } })
  P.findOne({ age: 22 }, { projection: { age: Symbol('x') } }) | P.findOne({ age: 22 }, { projection: { age: () => 1 } }) | P.findOne({ age: 22 }, { projection: { tags: op({ $slice: 1 }) } }) | P.findOne({ age: 22 }, { projection: ['$x'] }) | P.findOne({ age: 22 }, { projection: [''] }) | P.findOne({ age: 22 }, { projection: ['a..b'] }) | P.findOne({ age: 22 }, { projection: 'age' }) | P.findOne({ age: 22 }, { projection: ['tags', 'grid', 'nick', 'addresses.tags', 'profile.links'] }) | P.findOne({ nothing: null }, { projection: ['nothing', 'nothing2.deep', 'age'] })
  P.find({ rank: op({ $gt: 6 }) }, { projection: ['rank', 'api_key'], sort: { api_key: -1 } }).toArray() | P.find({}, { projection: ['age'], sort: { password_hash: -1 }, limit: 2 }).toArray() | P.find({}, { projection: ['age'], sort: { 'addresses.0.city': 1 } }) | P.find({}, { projection: ['age'], sort: { boss: 1 } }) | P.find({}, { projection: ['age'], sort: { boss_id: 1 }, limit: 1 }).toArray() | P.find({}, { projection: ['age'], sort: { profile: 1 }, limit: 1 }).toArray() | P.find({}, { projection: ['age'] }).sort({ password_hash: 1 }) | P.find({}, { projection: ['age'] }).sort({ age: -1 }).limit(1).toArray()
  P.find(trusted({ age: 21 }), { projection: ['age'] }) | P.findOne({ api_key: { $ne: null } }, { projection: ['age'] }) | P.findOne({ $where: '1' }, { projection: ['age'] }) | P.findOne({ $expr: {} }, { projection: ['age'] }) | P.find({ age: 21 }, { projection: ['age'], trusted: trusted({ filter: {} }) }) | P.find({ age: 21 }, { projection: ['age'], trusted: undefined }).toArray() | P.find({ place: op({ $near: { $geometry: { type: 'Point', coordinates: [1, 51] } } }) }, { projection: ['age'] }).toArray() | P.countDocuments({ place: op({ $near: { $geometry: { type: 'Point', coordinates: [1, 51] } } }) }) | P.countDocuments({ password_hash: /1$/ })
  P.countDocuments() | P.exists({ api_key: 'key 1' }) | P.exists({ api_key: 'no' }) | P.distinct('api_key') | P.distinct('age') | P.distinct('addresses.code') | P.distinct('addresses') | P.distinct('profile') | P.distinct('boss') | P.distinct('boss_id') | P.distinct('tags', { password_hash: 'hash 1' }) | P.distinct(1) | P.distinct() | P.distinct('') | P.distinct('settings.theme') | P.distinct('place.type') | P.distinct('_id', { age: 21 }) | P.distinct('rank').then((all) => all.map((each) => each.expose())) | P.findOne({ age: 21 }, { projection: ['password_hash'] }).then((found) => found.password_hash.expose())
`;

/** Settings of a privileged collection. */
const SETTINGS = `
  {} | undefined | null | 1 | { reason: '' } | { reason: 1 } | { reason: 'x' } | { reason: 'x', other: 1 } | { reason: 'x', ...SEAL } | { reason: 'x', ...SEAL, onPrivilegedRead: 1 } | { reason: 'x', ...SEAL, onDriverError: 1 } | { reason: 'x', ...SEAL, onBroadcast: 1 } | { reason: 'x', sealKeys: [] } | { reason: 'x', sealKeys: 1 } | { reason: 'x', sealKeys: [Buffer.alloc(3)] }
`;

export const SCHEMAS: AnswerList = {
  name: 'schemas',
  world: PEOPLE_VIEWS,
  calls: distinct(
    listed(VALUES).map((value) => `return V.toStandardSchema()['~standard'].validate(${value});`),
    listed(DESCRIPTIONS).map(
      (description) =>
        `return V.toJSONSchema(['username', 'profile', 'tags', 'settings', 'id', 'age'], ${description});`,
    ),
    listed(PICKED).map((call) => `return ${call};`),
    listed(PRIVILEGED).map((call) => `return JSON.stringify(await ${call});`),
    listed(SETTINGS).map(
      (settings) =>
        `return await new PrivilegedCollection(db.collection('people'), V, ${settings}).exists({ age: 21 });`,
    ),
    lines(`
      { onPrivilegedRead: (read) => void seen.push({ ...read }) }
      { onPrivilegedRead: async (read) => void seen.push({ ...read }) }
      { onPrivilegedRead: () => { throw new Error('no'); } }
      { onPrivilegedRead: async () => { throw new Error('no'); } }
    `).flatMap((hook) =>
      listed(
        `findOne({ rank: 8 }, { projection: ['api_key', 'profile.ssn'], sort: { api_key: 1 } }) | find({ $or: [{ api_key: 'x' }, { age: op({ $gt: 22 }) }] }, { projection: { username: 1, place: subtree } }).toArray() | exists({ api_key: 'x' }) | countDocuments({ rank: 1 }) | distinct('rank', { age: 21 })`,
      ).map(
        (call) =>
          `const seen = []; const R = new PrivilegedCollection(db.collection('people'), V, { reason: 'why', ...SEAL, ...${hook} }); return [JSON.stringify(await R.${call}), seen];`,
      ),
    ),
  ),
};
