import type { AnswerList } from '../support/answer-list.ts';
import { PEOPLE_VIEWS } from '../support/people-views.ts';
import { distinct, lines, listed, words } from '../support/tables.ts';

/** Options of a find, with right and wrong values. */
const OPTIONS = `
  limit: 1 | limit: 0 | limit: -1 | limit: 1.5 | limit: '1' | limit: null | limit: undefined | limit: NaN | limit: 1n | limit: Infinity | limit: 9007199254740991 | limit: 9007199254740992 | batchSize: 1 | batchSize: 0 | batchSize: '5' | skip: 0 | skip: 2 | skip: -1 | skip: 0.5 | skip: '1' | skip: null
  maxTimeMS: 0 | maxTimeMS: 5000 | maxTimeMS: -1 | maxTimeMS: 'x' | allowDiskUse: true | allowDiskUse: false | allowDiskUse: 1 | noCursorTimeout: true | noCursorTimeout: 'x' | comment: 'hello' | comment: '' | comment: 1 | comment: {} | ordered: true | upsert: true | returnDocument: 'after'
  collation: { locale: 'en' } | collation: { locale: 'en', strength: 1 } | collation: { locale: 'en', strength: '1' } | collation: { strength: 1 } | collation: { locale: 1 } | collation: 'en' | collation: null | collation: [] | collation: {} | collation: { locale: 'en', other: 1 } | collation: { locale: 'simple' } | collation: undefined
  collation: { locale: 'en', caseLevel: true, caseFirst: 'off', numericOrdering: true, alternate: 'shifted', maxVariable: 'punct', backwards: false, normalization: false } | collation: { locale: 'en', caseLevel: 1 } | collation: { locale: 'en', version: '57.1' } | collation: { locale: 'en', strength: undefined } | collation: Object.create({ locale: 'en' })
  readConcern: 'local' | readConcern: { level: 'majority' } | readConcern: new ReadConcern('local') | readConcern: new ReadConcern('other') | readConcern: 'other' | readConcern: { level: 'local', x: 1 } | readConcern: {} | readConcern: { x: 'local' } | readConcern: null | readConcern: 1 | readConcern: 'available' | readConcern: 'snapshot' | readConcern: 'linearizable' | readConcern: ['local']
  readConcern: new Proxy(new ReadConcern('local'), {}) | readConcern: Object.create(new ReadConcern('local')) | readConcern: Object.defineProperty(new ReadConcern('local'), 'level', { get: () => 'majority' }) | readConcern: new (class extends ReadConcern {})('local') | readConcern: { level: { level: 'local' } }
  readPreference: 'primary' | readPreference: 'primaryPreferred' | readPreference: 'nearest' | readPreference: 'other' | readPreference: new ReadPreference('nearest') | readPreference: new ReadPreference('nearest', [{ dc: 'x' }, {}]) | readPreference: new ReadPreference('secondaryPreferred', [], { maxStalenessSeconds: 120 }) | readPreference: { mode: 'primary' } | readPreference: null
  readPreference: Object.assign(new ReadPreference('nearest'), { mode: 'other' }) | readPreference: Object.assign(new ReadPreference('nearest'), { maxStalenessSeconds: -1 }) | readPreference: Object.assign(new ReadPreference('nearest'), { maxStalenessSeconds: 'x' }) | readPreference: Object.assign(new ReadPreference('nearest'), { tags: { dc: 'x' } }) | readPreference: Object.assign(new ReadPreference('nearest'), { tags: [() => 1] })
  readPreference: Object.assign(new ReadPreference('nearest'), { tags: undefined, maxStalenessSeconds: undefined }) | readPreference: new Proxy(new ReadPreference('nearest'), {}) | readPreference: Object.defineProperty(new ReadPreference('nearest'), 'mode', { get: () => 'primary' }) | readPreference: 1 | readPreference: undefined
  session: {} | session: null | session: undefined | session: 'x' | session: Object.create(ClientSession.prototype) | signal: {} | signal: null | signal: AbortSignal.abort() | signal: new AbortController().signal | signal: AbortSignal.abort('x') | signal: new EventTarget() | signal: undefined | signal: Object.create(AbortSignal.prototype)
  hint: { age: 1 } | raw: true | returnKey: true | fields: {} | showRecordId: true | min: {} | max: {} | explain: true | out: 'x' | dbName: 'x' | authdb: 'x' | ignoreUndefined: true | let: {} | tailable: true | includeResultMetadata: true | bypassDocumentValidation: true | serializeFunctions: true | checkKeys: true | forceServerObjectId: true | fieldsAsRaw: {} | other: 1 | other: undefined | hint: undefined
  toString: 1 | ['__proto__']: 1 | [Symbol('x')]: 1 | get limit() { return 1; } | ejson: 'relaxed' | promoteValues: false | timeoutMS: 1 | writeConcern: { w: 1 } | projection: { age: 1 } | trusted: undefined | trusted: {} | trusted: null | trusted: { filter: { rank: 9 } } | trusted: trusted({}) | trusted: trusted({ filter: { password_hash: 'hash 1' } }) | trusted: trusted({ filter: {} }) | trusted: trusted([])
  trusted: trusted({ filter: { age: { $gt: 22 } } }) | trusted: trusted({ filter: { age: op({ $gt: 22 }) } }) | trusted: trusted({ set: {} }) | trusted: trusted({ other: 1 }) | trusted: trusted({ filter: 1 }) | trusted: trusted({ joins: {} }) | trusted: trusted({ update: {}, filter: {} }) | trusted: trusted('x') | trusted: op({ $eq: 1 }) | trusted: everything | trusted: trusted({ password_hash: 'x' }) | trusted: trusted({ arrayFilters: [] }) | trusted: trusted(1)
`;

/** Sorts. */
const SORTS = `
  undefined | null | 1 | 'age' | {} | [] | { age: 1 } | { age: -1 } | { age: 1, username: -1 } | { username: -1, age: 1 } | { age: 0 } | { age: 2 } | { age: 'asc' } | { age: true } | { age: null } | { age: undefined } | { age: { $meta: 'textScore' } } | { $natural: 1 } | { $natural: -1 } | { profile: 1 } | { 'profile.bio': 1 } | { 'profile.ssn': 1 } | { rank: 1 } | { score: 1 }
  { password_hash: 1 } | { addresses: 1 } | { 'addresses.city': -1 } | { 'addresses.0.city': 1 } | { tags: 1 } | { 'tags.0': 1 } | { id: 1 } | { boss: 1 } | { _id: 1 } | { settings: 1 } | { 'settings.theme': 1 } | { 'scores.2024': -1 } | { '': 1 } | { 'a..b': 1 } | [['age', 1]] | [['age', -1], ['username', 1]] | [['age', 1], ['age', -1]] | [['age']] | ['age'] | [['age', 1, 1]] | [[1, 1]] | [['password_hash', 1]] | 'age'
  [{ age: 1 }] | new Map([['age', 1]]) | { age: new Int32(1) } | { age: 1n } | [['age', 0]] | [['age', '1']] | op({ $eq: 1 }) | { age: -0 } | { email: 1 } | { avatar: 1 } | { place: 1 }
`;

/** Calls with options `O`. */
const METHODS = `
  C.findOne({ age: 21 }, { projection: ['age'], ...O })
  C.findJson({ age: 21 }, { projection: ['age', 'joined_at', 'visits'], ...O }).then((json) => json.text())
  C.findOneJson({ age: 21 }, { projection: ['age', 'joined_at', 'visits'], ...O }).then((json) => json.text())
  C.exists({ age: 21 }, O)
  C.countDocuments({ age: op({ $gt: 21 }) }, O)
  C.distinct('age', { age: op({ $gt: 21 }) }, O)
  C.estimatedDocumentCount(O)
  C.aggregate([{ $match: { age: 21 } }, { $project: { age: 1 } }], O).toArray()
  C.paginate({ age: op({ $gt: 22 }) }, { projection: ['age'], limit: 2, ...O })
  C.findPopulated({ age: 21 }, { projection: ['age'], populate: {}, ...O }).toArray()
  C.watch({}, { projection: ['age'], ...O }).then((stream) => stream.close())
  C.consume({}, { projection: ['age'], group: '', ...O }, () => 1)
  C.insertOne({}, O)
  C.insertMany([{}], O)
  C.updateOne({ age: 21 }, { $set: { score: 5 } }, O)
  C.updateMany({ age: 21 }, { $set: { score: 5 } }, O)
  C.replaceOne({ age: 21 }, { username: 'x', email: null, age: 1, score: 1, tags: [], addresses: [] }, O)
  C.deleteOne({ age: 21 }, O)
  C.deleteMany({ age: 21 }, O)
  C.findOneAndUpdate({ age: 21 }, { $set: { score: 5 } }, { projection: ['age', 'score'], ...O })
  C.findOneAndReplace({ age: 21 }, {}, { projection: ['age', 'score'], ...O })
  C.findOneAndDelete({ age: 21 }, { projection: ['age', 'score'], ...O })
  C.bulkWrite([{ deleteOne: { filter: { age: 21 } } }], O)
  C.initializeOrderedBulkOp(O).find({ age: 21 }).deleteOne().execute()
  C.initializeUnorderedBulkOp().find({ age: 21 }).deleteOne().execute(O)
  P.findOne({ age: 21 }, { projection: ['age'], ...O })
  P.exists({ age: 21 }, O)
  P.countDocuments({ age: 21 }, O)
  P.distinct('age', { age: 21 }, O)
`;

/** Options of all of these. */
const OF_EACH = `
  undefined | null | 1 | [] | {} | { hint: 1 } | { other: 1 } | { comment: 'c' } | { comment: 1 } | { comment: undefined } | { collation: { locale: 'en', strength: 1 } } | { limit: 1 } | { trusted: trusted({ filter: { rank: 8 } }) } | { trusted: trusted({ set: { rank: 1 } }) } | { trusted: 1 } | new Map() | { ejson: 'relaxed' }
`;

/** Options of writes, and others that few methods have. */
const OTHERS = `
  C.updateOne({ age: 21 }, { $set: { score: 5 } }, { writeConcern: W })
  C.deleteMany({ age: 21 }, { writeConcern: W })
`;
const WRITE_CONCERNS = `
  { w: 1 } | { w: 'majority' } | { w: 0 } | { w: -1 } | { w: 'x' } | { w: 1.5 } | { journal: true } | { journal: 1 } | { wtimeoutMS: 0 } | { wtimeoutMS: 100 } | { wtimeoutMS: -1 } | { wtimeoutMS: '1' } | {} | 1 | null | [] | { j: true } | { w: 1, journal: true, wtimeoutMS: 5 } | { w: undefined } | 'majority' | { w: 1, other: 1 }
`;
const FEW = `
  C.findOneAndUpdate({ age: 21 }, { $set: { score: 5 } }, { projection: ['age', 'score'], returnDocument: 'after' }) | C.findOneAndUpdate({ age: 21 }, { $set: { score: 5 } }, { projection: ['score'], returnDocument: 'before' }) | C.findOneAndUpdate({ age: 21 }, { $set: { score: 5 } }, { projection: ['score'], returnDocument: 'x' })
  C.findOneAndUpdate({ age: 21 }, { $set: { score: 5 } }, { projection: ['score'], includeUpserted: true }) | C.findOneAndUpdate({ age: 21 }, { $set: { score: 5 } }, { projection: ['score'], includeUpserted: false }) | C.findOneAndUpdate({ age: 21 }, { $set: { score: 5 } }, { projection: ['score'], includeUpserted: 1 }) | C.findOneAndUpdate({ age: 21 }, { $set: { score: 5 } }, { projection: ['score'], includeUpserted: undefined })
  C.findOneAndDelete({}, { projection: ['score'], sort: { age: -1 } }) | C.findOneAndDelete({}, { projection: ['score'], sort: { password_hash: -1 } }) | C.findOneAndDelete({}, { projection: ['score'], sort: {} }) | C.findOneAndDelete({}, {}) | C.findOneAndDelete({})
  C.bulkWrite([{ deleteOne: { filter: { age: 21 } } }], { ordered: false }) | C.bulkWrite([{ deleteOne: { filter: { age: 21 } } }], { ordered: 1 }) | C.insertMany([{}], { ordered: false }) | C.updateOne({ age: 21 }, { $set: { score: 5 } }, { upsert: 1 }) | C.updateOne({ age: 21 }, { $set: { score: 5 } }, { upsert: false })
  C.initializeOrderedBulkOp().insert({}, {}) | C.initializeOrderedBulkOp().insert({}, { trusted: undefined }) | C.initializeOrderedBulkOp().insert({}, { hint: 1 }) | C.initializeOrderedBulkOp().insert({}, { other: 1 }) | C.initializeOrderedBulkOp().insert({}, 1) | C.initializeOrderedBulkOp().find({}, { trusted: trusted({ filter: { rank: 8 } }) }).deleteOne().execute() | C.initializeOrderedBulkOp().find({}, { ordered: 1 })
  C.distinct('age') | C.distinct('tags') | C.distinct('addresses.city', {}) | C.distinct('profile') | C.distinct('password_hash') | C.distinct('boss') | C.distinct('id', { age: 21 }) | C.distinct(1) | C.distinct() | C.distinct('settings.theme') | C.distinct('settings') | C.distinct('grid') | C.distinct(['age']) | C.distinct('') | C.distinct('scores.2024') | C.distinct('scores') | C.distinct('addresses') | C.distinct('nick') | C.distinct('tags', { age: op({ $near: 1 }) })
  C.estimatedDocumentCount() | C.countDocuments() | C.exists() | C.countDocuments({}, { limit: 2, skip: 1 }) | C.countDocuments({}, { limit: 0 }) | C.exists({ age: 99 }) | C.exists({ rank: 9 }) | C.exists({ api_key: 'x' }) | C.find({}, { projection: ['age'] }).sort({ age: -1 }).limit(2).skip(1).batchSize(1).toArray() | C.find({}, { projection: ['age'] }).limit(0) | C.find({}, { projection: ['age'] }).skip(-1) | C.find({}, { projection: ['age'] }).batchSize('x')
  C.find({}, { projection: ['age'], sort: { age: 1 } }).sort({ username: -1 }).toArray() | C.find({}, { projection: ['age'] }).sort({ password_hash: 1 }) | C.find({}, { projection: ['age'] }).sort() | C.find({}, { projection: ['age'] }).sort('age') | C.find({}, { projection: ['age'] }).sort([['age', -1]]).limit(1).toArray() | C.find({}, { projection: ['age'], limit: 3 }).limit(1).toArray() | C.find({}, { projection: ['age'], comment: 'c' }).skip(4).toArray()
  C.find({ age: 21 }, { projection: ['age', 'joined_at'] }).json({ ejson: 'relaxed' }).then((json) => json.text()) | C.find({ age: 21 }, { projection: ['age', 'joined_at'] }).json({ ejson: 'canonical' }).then((json) => json.text()) | C.find({ age: 21 }, { projection: ['age', 'joined_at'] }).json({}).then((json) => json.text()) | C.find({}, { projection: ['age'] }).json({ ejson: 'x' }) | C.find({}, { projection: ['age'] }).json({ format: 'array' }) | C.find({}, { projection: ['age'] }).json(1)
  C.findJson({ age: 21 }, { projection: ['age', 'joined_at'], ejson: 'canonical' }).then((json) => json.text()) | C.findJson({ age: 21 }, { projection: ['age'], ejson: 'x' }) | C.findJson({ age: 21 }, { projection: ['age'], ejson: 1 }) | C.findJson({ age: 21 }, { projection: ['age'], ejson: undefined }).then((json) => json.text()) | C.findOneJson({ age: 21 }, { projection: ['age', 'joined_at'], ejson: 'canonical' }).then((json) => json.text()) | C.findOneJson({ age: 99 }, { projection: ['age'] })
  chunks(C.find({}, { projection: ['age'] }).jsonStream({ format: 'ndjson' })) | chunks(C.find({}, { projection: ['age'] }).jsonStream({ format: 'array', ejson: 'canonical' })) | chunks(C.find({}, { projection: ['age'] }).jsonStream()) | C.find({}, { projection: ['age'] }).jsonStream({ format: 'x' }) | C.find({}, { projection: ['age'] }).jsonStream({ other: 1 }) | C.find({}, { projection: ['age'] }).jsonStream([])
`;

/** What a stream is opened with. */
const STREAMS = `
  {}, { projection: ['age'] } | { age: 21 }, { projection: ['age', 'id', 'addresses'] } | {}, {} | {}, undefined | undefined, { projection: ['age'] } | { password_hash: 'x' }, { projection: ['age'] } | {}, { projection: ['password_hash'] } | {}, { projection: { tags: op({ $slice: 1 }) } } | {}, { projection: ['age'], resumeAfter: 'x' } | {}, { projection: ['age'], resumeAfter: 1 } | {}, { projection: ['age'], batchSize: 0 } | {}, { projection: ['age'], comment: 'x' } | {}, { projection: ['age'], fullDocument: 'x' }
  { tags: 'all', age: op({ $gt: 1, $lt: 30 }) }, { projection: V } | { $or: [{ age: 21 }, { username: /^A/i }] }, { projection: ['profile'] } | { age: op({ $mod: [2, 0] }) }, { projection: ['age'] } | { place: op({ $geoWithin: { $box: [[0, 0], [1, 1]] } }) }, { projection: ['age'] } | { addresses: op({ $elemMatch: { city: 'Oslo' } }) }, { projection: ['age'] } | { 'addresses.city': 'Oslo' }, { projection: ['age'] } | { 'profile.bio': 'x' }, { projection: ['age'] } | { boss: null }, { projection: ['boss'] }
  {}, { projection: ['age'], trusted: trusted({ filter: { rank: 1 } }) } | { $nor: [{ age: op({ $exists: false }) }] }, { projection: ['age'] } | { $and: [{ age: op({ $type: 'number' }) }] }, { projection: ['age'] } | { tags: op({ $size: 1 }) }, { projection: ['age'] } | { tags: op({ $all: ['x'] }) }, { projection: ['age'] } | { 'settings.theme': 'dark' }, { projection: ['settings'] } | { 'addresses.tags': 'x' }, { projection: ['age'] } | { 'profile.links': 'x' }, { projection: ['age'] } | { email: 'x' }, { projection: ['age'] } | { joined_at: op({ $gte: new Date(0) }) }, { projection: ['age'] }
`;

const GROUPS = `
  group: 'g' | group: '' | group: 1 | group: 'x'.repeat(101) | group: 'x'.repeat(100), lease: 1 | lease: 1000 | group: 'g', lease: 499 | group: 'g', lease: 500.5 | group: 'g', lease: '1000' | group: 'g', lease: null | group: 'g', projection: undefined | group: 'g', projection: ['nothing'] | group: 'g', signal: 1
`;

const find = (options: string): string =>
  `return await C.find({}, { projection: ['age'], ...{ ${options} } }).toArray();`;

export const OPTIONS_OF_CALLS: AnswerList = {
  name: 'options',
  world: PEOPLE_VIEWS,
  calls: distinct(
    listed(OPTIONS).map(find),
    listed(SORTS).map((sort) => find(`sort: ${sort}`)),
    lines(METHODS).flatMap((method, number) =>
      listed(OF_EACH)
        .filter((_, at) => at < 4 || (at + number) % 3 === 0)
        .map((options) => `const O = ${options}; return await ${method};`),
    ),
    lines(OTHERS).flatMap((call) =>
      listed(WRITE_CONCERNS).map((concern) => `const W = ${concern}; return await ${call};`),
    ),
    listed(FEW).map((call) => `return await ${call};`),
    listed(STREAMS).map((given) => `const S = await C.watch(${given}); return await S.close();`),
    listed(GROUPS).map(
      (group) =>
        `return await C.consume({}, { projection: ['age'], signal: AbortSignal.abort(), ...{ ${group} } }, () => 1);`,
    ),
    words('limit skip batchSize noCursorTimeout').map(
      (name) => `return await C.aggregate([{ $project: { age: 1 } }], { ${name}: 1 }).toArray();`,
    ),
  ),
};
