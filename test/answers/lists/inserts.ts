import type { AnswerList } from '../support/answer-list.ts';
import { PEOPLE } from '../support/people.ts';
import { distinct, listed } from '../support/tables.ts';

/** New documents of a caller. */
const DOCUMENTS = `
  {} | { username: 'new' } | { username: 'new', age: 1, tags: ['a'], settings: { a: { b: 1 } }, 'scores': { '2024': 1 } } | { username: 'new', profile: { bio: 'b', links: ['x'] } } | { username: 'new', profile: null }
  { username: 'new', profile: { bio: 'b', ssn: 's' } } | { username: 'new', profile: {} } | { username: 'new', profile: 'x' } | { username: 'new', profile: [{ bio: 'b' }] } | { username: 'new', password_hash: 'x' } | { _id: ID, username: 'new' }
  { username: 'new', addresses: [{ city: 'a', tags: ['t'] }, { city: 'b' }] } | { username: 'new', addresses: [{ city: 'a', code: 'c' }] } | { username: 'new', addresses: { city: 'a' } } | { username: 'new', addresses: ['a'] } | { username: 'new', addresses: [] }
  { username: 'new', addresses: [null] } | { username: ['new'] } | { username: { a: 1 } } | { username: /x/ } | { tags: 'x' } | { tags: [['x']] } | { tags: [{ a: 1 }] } | { grid: [[1], [2]] } | { grid: [1] } | { nick: 'x' } | { nick: ['x'] } | { nick: [['x']] }
  { 'profile.bio': 'x' } | { $set: { age: 1 } } | { age: undefined } | { age: NaN } | { boss: 'aaaaaaaaaaaaaaaaaaaaaa' } | { boss: null } | { boss_id: ID } | { id: 'x' } | { settings: { 'a.b': 1 } } | { settings: { $a: 1 } } | { settings: [1, { a: 2 }] }
  { settings: 5 } | { settings: { a: undefined } } | { scores: { '2025': 1 } } | { scores: 1 } | { api_key: 'k' } | { email: null } | { age: op({ $gt: 1 }) } | { age: trusted(1) } | null | undefined | [] | 'x' | 1 | everything | new Map() | { __proto__: { age: 1 } }
  { avatar: new Binary(Buffer.from([1])), balance: Decimal128.fromString('1'), visits: new Long(5), joined_at: new Date(0) } | { visits: 5n, active: true, score: new Double(2), age: new Int32(3) } | trusted({ username: 'own', password_hash: 'h' })
  trusted({ username: 'own', addresses: [{ city: 'c', code: 'd' }], extra: { deep: [1] } }) | trusted({ username: ['own'] }) | trusted({ _id: ID }) | trusted({ _id: new ObjectId('66666666000000000000ffff') }) | trusted({ $a: 1 }) | trusted({ 'a.b': 1 }) | trusted([]) | trusted(1)
  trusted({ tags: 'x' }) | trusted({ addresses: { city: 'c' } }) | trusted({}) | { missing: 1 } | { place: { type: 'Point', coordinates: [1, 2] } } | { rank: 1 } | { '': 1 } | { username: 'ada', age: 1n << 70n } | { username: Symbol('x') } | { username: () => 1 }
`;

/** What the program sets beside. */
const TRUSTED = `
  { set: { password_hash: 'h', rank: 1 } } | { set: { username: 'other' } } | { set: { profile: { ssn: 's' } } } | { set: { 'profile.ssn': 's' } } | { set: { profile: { bio: 'b' } } } | { set: { tags: 'x' } } | { set: { addresses: [] } } | { set: {} } | {}
  { set: { _id: new ObjectId('66666666000000000000fffe') } } | { set: { a: undefined } } | { set: { $a: 1 } } | { set: 1 } | { set: [{ rank: 1 }] } | { set: [{ rank: 1 }, { rank: 2 }] } | { update: { $set: { rank: 1 } } } | { filter: { rank: 1 } } | 1 | null
  { set: { settings: { theme: 'own' } } } | { set: { scores: { '2025': 5 } } } | { set: { boss_id: ID } } | { set: { boss_id: null } } | { set: { addresses: [{ city: 'x', code: 'y' }] } } | { set: trusted({ rank: 1 }) } | { wrong: 1 } | { set: { nick: [['x']] } }
`;

const SHOWN = `['username', 'age'] | { boss: 1, tags: 1 } | { 'addresses.city': 1, 'profile.bio': 1, settings: 1 } | ['password_hash'] | {} | undefined | 1`;

const NEW = `{ username: 'new', profile: { bio: 'b' }, scores: { '2024': 1 } }`;

const MODELS = `
  { insertOne: { document: { username: 'new' } } } | { insertOne: { document: { username: 'new' }, trusted: trusted({ set: { rank: 1 } }) } } | { insertOne: { document: { password_hash: 'x' } } } | { insertOne: {} } | { insertOne: { document: 1 } }
  { updateOne: { filter: { age: 21 }, update: { $set: { age: 30 } } } } | { updateOne: { filter: { age: 21 }, update: { $inc: { age: 1 } }, upsert: true } } | { updateOne: { filter: { password_hash: 'x' }, update: { $set: { age: 30 } } } }
  { updateOne: { filter: { age: 21 } } } | { updateOne: { update: { $set: { age: 1 } } } } | { updateOne: { filter: { age: 21 }, update: { $set: { rank: 1 } } } } | { updateOne: { filter: { age: 21 }, update: { $set: { age: 1 } }, wrong: 1 } }
  { updateMany: { filter: { age: op({ $gt: 21 }) }, update: { $push: { tags: 'x' } } } } | { updateMany: { filter: {}, update: { $set: { age: 1 } } } } | { updateMany: { filter: everything, update: { $set: { age: 1 } } } }
  { updateOne: { filter: { age: 21 }, update: { $set: { age: 1 } }, collation: { locale: 'en' } } } | { updateOne: { filter: { age: 21 }, update: { $set: { age: 1 } }, hint: '_id_' } } | { updateOne: { filter: { age: 21 }, update: {}, trusted: trusted({ update: { $set: { rank: 1 } } }) } }
  { replaceOne: { filter: { age: 21 }, replacement: { username: 'r' }, trusted: trusted({ set: { addresses: [] } }) } } | { replaceOne: { filter: { age: 21 }, replacement: { username: 'r' } } } | { replaceOne: { filter: { age: 21 }, replacement: { rank: 1 } } }
  { replaceOne: { filter: { age: 21 }, replacement: { username: 'r' }, keep: 'private', trusted: trusted({ set: { addresses: [] } }) } } | { replaceOne: { filter: { age: 21 }, replacement: { username: 'r' }, keep: 'all' } } | { replaceOne: { filter: { age: 21 } } }
  { deleteOne: { filter: { age: 21 } } } | { deleteMany: { filter: { age: op({ $gt: 23 }) } } } | { deleteMany: { filter: {} } } | { deleteMany: { filter: everything } } | { deleteOne: { filter: { password_hash: 1 } } } | { deleteOne: {} } | { deleteOne: { filter: { age: 21 }, wrong: 1 } }
  { wrong: {} } | {} | null | 1 | [] | { insertOne: { document: { username: 'a' } }, deleteOne: { filter: { age: 1 } } } | { deleteOne: { filter: { age: 21 }, trusted: trusted({ filter: { rank: 1 } }) } } | trusted({ deleteOne: { filter: {} } })
`;

const OPTIONS = `
  {} | { ordered: false } | { ordered: 1 } | { comment: 'c' } | { writeConcern: { w: 1 } } | { writeConcern: { w: 0 } } | { bypassDocumentValidation: true } | { wrong: 1 } | null | 1 | { let: {} } | { session: {} } | { signal: AbortSignal.abort(new Error('stopped')) } | { signal: 1 }
  { maxTimeMS: 100 } | { retryWrites: false } | { forceServerObjectId: true } | { upsert: true } | { hint: { age: 1 } } | { collation: { locale: 'en', strength: 2 } } | { collation: { locale: 1 } } | { timeoutMS: 5000 } | { timeoutMS: -1 } | { trusted: trusted({ set: { rank: 3 } }) }
`;

const BUILDERS = `
  find({ age: 21 }).update({ $set: { age: 1 } }) | find({ age: 21 }).updateOne({ $set: { age: 1 } }) | find({ age: 21 }).upsert().updateOne({ $set: { score: 1 } }) | find({ age: 21 }).delete() | find({ age: 21 }).deleteOne() | find({}).delete() | find(everything).delete()
  find({ password_hash: 1 }).deleteOne() | find({ age: 21 }).replaceOne({ username: 'r' }, { trusted: trusted({ set: { addresses: [] } }) }) | find({ age: 21 }).replaceOne({ username: 'r' }) | find({ age: 21 }).arrayFilters([{ 'a.city': 'x' }]).update({ $set: { 'addresses.$[a].city': 'y' } })
  find({ age: 21 }).collation({ locale: 'en' }).deleteOne() | find({ age: 21 }).hint('_id_').updateOne({ $set: { age: 1 } }) | find({ age: 21 }).update({ $set: { rank: 1 } }) | find({ age: 21 }).update({}) | insert({ username: 'new' }) | insert({ rank: 1 }) | insert({ username: 'new' }, { trusted: trusted({ set: { rank: 1 } }) })
  find({ age: 21 }).update({ $set: { age: 1 } }, { trusted: trusted({ update: { $set: { rank: 1 } } }) }) | find() | find(null) | find({ age: 21 }).upsert().replaceOne({ username: 'r' }, { trusted: trusted({ set: { addresses: [] } }) }) | find({ age: 21 }).deleteOne({ trusted: trusted({ filter: { rank: 1 } }) })
`;

const FILTERS = `{ age: 21 } | { username: op({ $in: ['bob', 'cyd'] }) } | {} | { password_hash: 'hash 1' } | trusted({ password_hash: 'hash 1' }) | { username: 'nobody' } | everything | null | { _id: ID } | { id: 'aaaaaaaaaaaaaaaaaaaaaa' }`;

const RETURNED = `
  { projection: ['username', 'age'] } | { projection: { id: 1, tags: 1 }, sort: { age: -1 } } | { projection: ['username'], sort: { score: 1 } } | { projection: ['username'], sort: { rank: -1 } } | { projection: ['username'], returnDocument: 'after' } | { projection: ['username'], returnDocument: 'before' }
  { projection: ['username'], returnDocument: 'x' } | { projection: ['password_hash'] } | {} | { projection: ['username'], includeUpserted: true } | { projection: ['username'], includeUpserted: false } | { projection: ['username'], includeUpserted: 1 } | { projection: ['username'], includeResultMetadata: true }
  { projection: ['username'], upsert: true } | { projection: ['username'], upsert: 1 } | { projection: ['username'], wrong: 1 } | { projection: ['username'], upsert: true, includeUpserted: true, returnDocument: 'after' } | undefined | { projection: ['username'], maxTimeMS: 100, comment: 'c', hint: '_id_' }
`;

export const INSERTS: AnswerList = {
  name: 'inserts',
  world: PEOPLE,
  calls: distinct(
    listed(DOCUMENTS).flatMap((document) => [
      `return await C.insertOne(${document});`,
      `return await C.insertMany([{ username: 'first' }, ${document}]);`,
      `return await C.replaceOne({ age: 22 }, ${document}, { trusted: trusted({ set: { addresses: [] } }) });`,
    ]),
    listed(TRUSTED).flatMap((parts) => [
      `return await C.insertOne(${NEW}, { trusted: trusted(${parts}) });`,
      `return await C.insertMany([${NEW}, { age: 2 }], { trusted: trusted(${parts}) });`,
      `return await C.replaceOne({ age: 22 }, ${NEW}, { trusted: trusted(${parts}) });`,
      `return await C.findOneAndReplace({ age: 23 }, ${NEW}, { trusted: trusted(${parts}), projection: ['username'], returnDocument: 'after' });`,
    ]),
    listed(SHOWN).flatMap((shown) => [
      `return await C.insertOne(${NEW}, { projection: ${shown}, trusted: trusted({ set: { addresses: [{ city: 'c', code: 'd' }] } }) });`,
      `return await C.insertMany([${NEW}], { projection: ${shown} });`,
    ]),
    [`[]`, `null`, `{}`, `'x'`, `trusted([{ username: 'own' }])`, `trusted([])`].map(
      (list) => `return await C.insertMany(${list});`,
    ),
    listed(OPTIONS).flatMap((options) => [
      `return await C.insertOne({ username: 'new' }, ${options});`,
      `return await C.insertMany([{ username: 'new' }], ${options});`,
      `return await C.updateOne({ age: 21 }, { $set: { score: 1 } }, ${options});`,
      `return await C.deleteOne({ age: 21 }, ${options});`,
      `return await C.replaceOne({ age: 20 }, { username: 'r' }, ${options});`,
      `return await C.bulkWrite([{ deleteOne: { filter: { age: 21 } } }], ${options});`,
      `return await C.initializeOrderedBulkOp(${options}).insert({ username: 'n' }).execute();`,
    ]),
  ),
};

export const BULKS: AnswerList = {
  name: 'bulks',
  world: PEOPLE,
  calls: distinct(
    listed(MODELS).flatMap((model) => [
      `return await C.bulkWrite([${model}]);`,
      `return await C.bulkWrite([{ deleteOne: { filter: { age: 24 } } }, ${model}], { ordered: false });`,
    ]),
    [`[]`, `null`, `{}`, `trusted([])`].map((models) => `return await C.bulkWrite(${models});`),
    [`() => 1`, `Symbol('x')`].flatMap((value) => [
      `return await C.bulkWrite([{ insertOne: { document: ${value} } }]);`,
      `return await C.bulkWrite([{ updateOne: { filter: ${value}, update: { $set: { score: 1 } } } }]);`,
      `return await C.bulkWrite([{ updateMany: { filter: { age: 21 }, update: ${value} } }]);`,
      `return await C.bulkWrite([{ deleteOne: { filter: { age: 21 }, collation: ${value} } }]);`,
    ]),
    listed(BUILDERS).flatMap((steps) => [
      `return await C.initializeOrderedBulkOp().${steps}.execute();`,
      `const bulk = C.initializeUnorderedBulkOp(); bulk.find({ age: 25 }).deleteOne(); bulk.${steps}; return await bulk.execute();`,
    ]),
    [
      `return await C.initializeOrderedBulkOp().execute();`,
      `const bulk = C.initializeOrderedBulkOp(); bulk.insert({ username: 'x' }); await bulk.execute(); return await bulk.execute();`,
      `const bulk = C.initializeOrderedBulkOp(); await bulk.insert({ username: 'x' }).execute(); return bulk.insert({ username: 'y' });`,
      `return await C.bulkWrite([{ insertOne: { document: trusted({ _id: ID }) } }, { deleteOne: { filter: { age: 21 } } }]);`,
      `return await C.bulkWrite([{ insertOne: { document: trusted({ _id: ID }) } }, { deleteOne: { filter: { age: 21 } } }], { ordered: false });`,
    ],
    listed(FILTERS).flatMap((filter) => [
      `return await C.deleteOne(${filter});`,
      `return await C.findOneAndDelete(${filter}, { projection: ['username', 'tags'] });`,
      `return await C.findOneAndReplace(${filter}, { username: 'r' }, { projection: ['username'], trusted: trusted({ set: { addresses: [] } }) });`,
      `return await C.replaceOne(${filter}, { username: 'r', profile: { bio: 'b' } }, { trusted: trusted({ set: { addresses: [] } }) });`,
    ]),
    listed(RETURNED).flatMap((options) => [
      `return await C.findOneAndUpdate({ age: op({ $gte: 21 }) }, { $set: { active: true } }, ${options});`,
      `return await C.findOneAndUpdate({ username: 'none' }, { $set: { active: true } }, ${options});`,
      `return await C.findOneAndDelete({ age: op({ $gte: 21 }) }, ${options});`,
      `return await posts.findOneAndReplace({ words: 100 }, { title: 'r' }, ${options.replaceAll('username', 'title').replaceAll('age', 'words').replaceAll('tags', 'author')});`,
    ]),
  ),
};
