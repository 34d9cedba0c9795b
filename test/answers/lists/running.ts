import type { AnswerList } from '../support/answer-list.ts';
import { SHELVES } from '../support/shelves.ts';
import { distinct, listed } from '../support/tables.ts';

/** What the server refuses, by an index, the validator, or an operator. */
const REFUSED_FIELDS = `
  { code: 'c1' } | { barcode: 'b1' } | { shelf: 1, title: 'title 1' } | { title: 'title 2', lender: 'ann' } | { price: 1 } | { price: 5000 } | { _id: ID }
`;

const ASKED = `, { projection: ['code', 'price'] }`;

const CURSORS = `
  await cursor.next() | [await cursor.next(), await cursor.next()] | [await cursor.hasNext(), await cursor.hasNext(), await cursor.next()] | await cursor.toArray() | [await cursor.toArray(), await cursor.toArray()]
  [await cursor.next(), await cursor.toArray()] | await cursor.limit(2).toArray() | await cursor.skip(6).toArray() | await cursor.batchSize(3).toArray() | await cursor.sort({ price: -1 }).limit(1).toArray() | await cursor.sort('price', -1).toArray()
  await cursor.sort([['shelf', 1], ['price', -1]]).skip(1).toArray() | await cursor.limit(0).toArray() | await cursor.limit(-1).toArray() | await cursor.limit(1.5).toArray() | await cursor.skip(-1).toArray() | await cursor.batchSize(0).toArray() | await cursor.sort({ lender: 1 }).toArray()
  await cursor.sort('price').toArray() | await cursor.sort('price', 2).toArray() | await cursor.sort({}).toArray() | await cursor.map(({ code }) => code).toArray() | await cursor.map(({ code }) => code).map((code) => code + '!').limit(2).toArray() | await cursor.map(() => { throw new Error('own') }).toArray()
  await cursor.map(1).toArray() | (await cursor.json()).text() | (await cursor.limit(2).json({ ejson: 'canonical' })).text() | (await cursor.limit(2).json({ ejson: 'wrong' })).text() | (await cursor.map((each) => each).json()).text()
`;

const STEPS = `
  const seen = []; for await (const each of cursor) seen.push(each.code); return seen; | const seen = []; await cursor.forEach((each) => { seen.push(each.code); }); return seen; | const seen = []; await cursor.forEach((each) => { seen.push(each.code); return seen.length < 2; }); return seen;
  const seen = []; for await (const each of cursor.stream()) seen.push(each.code); return seen; | const parts = []; for await (const part of cursor.jsonStream()) parts.push(Buffer.from(part).toString()); return parts.join(''); | const parts = []; for await (const part of cursor.jsonStream({ format: 'ndjson' })) parts.push(Buffer.from(part).toString()); return parts.join('');
  await cursor.next(); cursor.limit(1); return 1; | await cursor.close(); return await cursor.next(); | await cursor.close(); return await cursor.toArray(); | await cursor.next(); await cursor.close(); return await cursor.hasNext(); | await cursor.next(); cursor.map((each) => each); return 1; | cursor.jsonStream({ format: 'wrong' }); return 1;
  const seen = []; for await (const each of cursor.batchSize(2)) { seen.push(each.code); if (seen.length === 3) break; } return seen; | cursor.batchSize(2); return [await cursor.next(), await cursor.next(), await cursor.next(), await cursor.toArray()]; | const [a, b] = await Promise.all([cursor.next(), cursor.next()]); return [a, b];
  const open = cursor; return await open.next(); | cursor.batchSize(2); const seen = []; for await (const each of cursor.jsonStream({ format: 'ndjson' })) seen.push(Buffer.from(each).toString()); return seen; | const stream = cursor.stream(); stream.destroy(); return await cursor.toArray(); | const response = cursor.jsonStream().response?.(); return response === undefined;
`;

/** Reads and writes, to be made with a session or on a bad collection. */
const CALLS = `
  findOne({ code: 'c1' }, { projection: ['code'], session }) | find({}, { projection: ['code'], session, limit: 1 }).toArray() | countDocuments({ code: 'c1' }, { session }) | exists({ code: 'c1' }, { session }) | distinct('code', { shelf: 1 }, { session }) | estimatedDocumentCount({ session })
  aggregate([{ $match: { shelf: 1 } }, { $project: { code: 1 } }], { session }).toArray() | insertOne(NEW, { session, trusted: trusted({ set: SET }) }) | updateOne({ code: 'c1' }, { $set: { price: 50 } }, { session }) | deleteOne({ code: 'c1' }, { session }) | findOneAndUpdate({ code: 'c1' }, { $set: { price: 50 } }, { projection: ['code'], session })
  bulkWrite([{ deleteOne: { filter: { code: 'c1' } } }], { session }) | replaceOne({ code: 'c1' }, NEW, { session }) | findOneAndDelete({ code: 'c1' }, { projection: ['code'], session }) | findOneJson({ code: 'c1' }, { projection: ['code'], session }) | paginate({}, { projection: ['code'], sort: { price: 1 }, limit: 2, session })
`;

const SESSIONS = `
  {} | null | 1 | other() | Object.create(client.startSession()) | new Proxy(client.startSession(), {}) | Object.assign(client.startSession(), { own() {} }) | Object.assign(client.startSession(), { clusterTime: { clusterTime: { own: 1 } } }) | Object.assign(client.startSession(), { operationTime: new Date(0) })
  Object.assign(client.startSession(), { transaction: { isActive() { return true; } } }) | Object.defineProperty(client.startSession(), 'x', { get() { return 1; } }) | Object.assign(client.startSession(), { x: new Proxy({}, {}) })
`;

const IN_TRANSACTION = `
  return await users.updateOne({ code: 'c1' }, { $set: { price: 70 } }); | await users.deleteOne({ code: 'c1' }); return await users.countDocuments(); | await users.insertOne(NEW, { trusted: trusted({ set: SET }) }); return await users.findOne({ code: 'new' }, { projection: ['code'] });
  await users.updateOne({ code: 'c1' }, { $set: { code: 'c2' } }).catch(() => 0); return 1; | await users.findOne({ secret: 1 }, { projection: ['code'] }).catch(() => 0); return 1; | throw new Error('own'); | return await users.find({}, { projection: ['code'] }).toArray(); | return await Promise.all([users.countDocuments(), users.exists({ code: 'c1' })]);
  return await users.findOne({}, { projection: ['code'], session: client.startSession() }); | late.push(users); return 1; | return await users.estimatedDocumentCount(); | return await users.distinct('code'); | return await users.bulkWrite([{ deleteOne: { filter: { code: 'c1' } } }]); | for await (const each of users.find({}, { projection: ['code'] })) return each;
`;

/** Reads of trusted code that the server ends: by an operator that fails, a hint without an index, or a limit. */
const FAILING = `
  C.find({}, { projection: ['code'], hint: 'none' }).toArray() | C.findOne({}, { projection: ['code'], hint: { none: 1 } }) | C.countDocuments({}, { hint: 'none' }) | C.exists({ code: 'x' }, { hint: 'none' }) | C.aggregate([{ $project: { x: { $divide: ['$price', 0] } } }]).toArray()
  C.aggregate([{ $project: { x: { $toInt: '$title' } } }]).toArray() | C.aggregate([{ $project: { x: { $dateFromString: { dateString: '$title' } } } }]).toArray() | C.updateOne({ code: 'c1' }, { $inc: { title: 1 } }) | C.updateMany({ price: op({ $lt: 2 }) }, { $set: { code: 'same' } })
  C.bulkWrite([{ updateOne: { filter: { code: 'c1' }, update: { $inc: { title: 1 } } } }]) | C.find({}, { projection: ['code'], collation: { locale: 'wrong' } }).toArray()
  C.find({}, { projection: ['code'], readConcern: { level: 'wrong' } }).toArray() | C.insertOne(NEW, { trusted: trusted({ set: SET }), writeConcern: { w: 5, wtimeout: 1 } }) | C.bulkWrite([{ insertOne: { document: NEW, trusted: trusted({ set: SET }) } }], { writeConcern: { w: 5, wtimeout: 1 } })
  C.distinct('code', {}, { signal: AbortSignal.abort(new Error('stop')) }) | C.find({}, { projection: ['code'], signal: AbortSignal.abort('text') }).toArray() | C.findOne({}, { projection: ['code'], signal: {} })
`;

const write = (fields: string): readonly string[] => [
  `return await C.insertOne({ ...NEW }, { trusted: trusted({ set: { ...SET, ...${fields} } }) }).catch((error) => [error.code, error.paths, error.serverCode, error.serverCodeName, error.retryable, error.labels, error.message, heard]);`,
  `return await C.insertMany([{ code: 'z', shelf: 8, title: 'z', price: 98 }, {}], { trusted: trusted({ set: [SET, { ...NEW, barcode: 'y', lender: 'x', ...${fields} }] }) }).catch((error) => [error.code, error.failures, error.counts, error.message]);`,
  `return await C.updateOne({ code: 'c5' }, {}, { trusted: trusted({ update: { $set: ${fields} } }) }).catch((error) => [error.code, error.paths, error.message, heard]);`,
  `return await own.updateOne({ code: 'c4' }, {}, { trusted: trusted({ update: { $set: ${fields} } }) });`,
  `return await C.findOneAndUpdate({ code: 'c5' }, {}, { trusted: trusted({ update: { $set: ${fields} } }), projection: ['code'] });`,
  `return await C.bulkWrite([{ updateOne: { filter: { code: 'c5' }, update: {}, trusted: trusted({ update: { $set: ${fields} } }) } }, { deleteOne: { filter: { code: 'c6' } } }], { ordered: false }).catch((error) => [error.code, error.failures, error.counts, error.message, heard]);`,
];

const TARGETED = `
  find({ shelf: 1 }, { projection: ['code'] }).toArray() | find({ price: 1 }, { projection: ['code'] }).toArray() | findOne({ shelf: op({ $in: [1, 2] }) }, { projection: ['code'] }) | countDocuments({ shelf: op({ $gt: 0 }) }) | countDocuments({}) | exists({ code: 'c1' }) | distinct('code', { shelf: 1 }) | distinct('code')
  updateOne({ shelf: 1, code: 'c1' }, { $set: { price: 60 } }) | updateOne({ code: 'c1' }, { $set: { price: 60 } }) | updateMany({ code: 'c1' }, { $set: { price: 60 } }) | deleteMany({ shelf: 1 }) | deleteMany({ code: 'c1' }) | deleteOne({ code: 'c1' }) | deleteOne({ $and: [{ shelf: 1 }, { code: 'c1' }] }) | estimatedDocumentCount()
  aggregate([{ $match: { shelf: 1 } }, { $project: { code: 1 } }]).toArray() | aggregate([{ $project: { code: 1 } }]).toArray() | aggregate([{ $match: { price: 1 } }, { $match: { shelf: 1 } }, { $project: { code: 1 } }]).toArray() | bulkWrite([{ updateMany: { filter: { price: 1 }, update: { $set: { price: 61 } } } }]) | bulkWrite([{ deleteOne: { filter: { price: 1 } } }])
  findOneAndUpdate({ code: 'c1' }, { $set: { price: 60 } }, { projection: ['code'] }) | findOneAndDelete({ shelf: 1 }, { projection: ['code'] }) | replaceOne({ code: 'c1' }, NEW) | replaceOne({ shelf: 1 }, { ...NEW, shelf: 1 }) | updateOne({ shelf: 1 }, { $set: { shelf: 2 } }) | findOneJson({ code: 'c1' }, { projection: ['code'] }) | findJson({}, { projection: ['code'] }) | updateOne({ shelf: op({ $eq: 1 }) }, { $set: { price: 1000 } })
  updateOne({ shelf: op({ $in: [1] }) }, { $set: { price: 60 } }) | updateOne({ _id: ID }, { $set: { price: 60 } }) | deleteOne({ $or: [{ shelf: 1 }] }) | updateOne({ shelf: 7 }, { $set: { price: 60 } }, { upsert: true }) | updateOne({ shelf: 1 }, { $set: { price: 60 } }, { collation: { locale: 'en' } }) | updateOne({ shelf: null }, { $set: { price: 60 } })
`;

/** Whether a cursor of an aggregation can be used like this too. */
const isOfBoth = (use: string): boolean => !/cursor\.(?:limit|skip|sort|batchSize)/.test(use);

export const RUNNING: AnswerList = {
  name: 'running',
  world: SHELVES,
  calls: distinct(
    listed(REFUSED_FIELDS).flatMap(write),
    listed(CURSORS).map((read) => `const cursor = C.find({ price: op({ $lt: 7 }) }${ASKED}); return ${read};`),
    listed(STEPS).map((steps) => `const cursor = C.find({}, { projection: ['code'], sort: { price: 1 } }); ${steps}`),
    listed(CURSORS)
      .filter(isOfBoth)
      .map(
        (read) =>
          `const cursor = C.aggregate([{ $match: { shelf: 1 } }, { $project: { code: 1, shelf: 1 } }]); return ${read};`,
      ),
    listed(STEPS)
      .filter(isOfBoth)
      .map((steps) => `const cursor = C.aggregate([{ $sort: { price: 1 } }, { $project: { code: 1 } }]); ${steps}`),
    listed(CALLS).flatMap((call) => [
      `const session = client.startSession(); try { return await C.${call}; } finally { await session.endSession(); }`,
      `const session = client.startSession(); await session.endSession(); return await C.${call};`,
      `const session = other(); return await C.${call};`,
      `const session = undefined; return await silent.${call};`,
      `const session = undefined; const gone = away(); await gone.close(); return await on(gone).${call};`,
      `const session = undefined; const gone = away(); try { return await on(gone).${call}; } finally { await gone.close(); }`,
    ]),
    listed(SESSIONS).map(
      (session) => `const session = ${session}; return await C.findOne({}, { projection: ['code'], session });`,
    ),
    listed(IN_TRANSACTION).flatMap((work) => [
      `const late = []; const result = await withTransaction(client, async (tx) => { const users = tx.bind(C); ${work} }); return late.length === 0 ? result : await late[0].countDocuments();`,
      `const late = []; const result = await withTransaction(shop, async ({ collections: { books: users } }) => { ${work} }, { writeConcern: { w: 'majority' } }); return late.length === 0 ? result : await late[0].find({}, { projection: ['code'] }).toArray();`,
    ]),
    [
      `{ wrong: 1 }`,
      `null`,
      `1`,
      `{ maxCommitTimeMS: 1000 }`,
      `{ readPreference: 'primary' }`,
      `{ readConcern: { level: 'snapshot' } }`,
    ].map(
      (options) => `return await withTransaction(client, async (tx) => await tx.bind(C).countDocuments(), ${options});`,
    ),
    [`{}`, `null`, `C`, `db`].map((place) => `return await withTransaction(${place}, async () => 1);`),
    listed(FAILING).map(
      (call) =>
        `return await ${call}.catch((error) => { throw Object.assign(error, { message: error.message + JSON.stringify([error.serverCode, error.serverCodeName, error.labels, error.retryable]) }); });`,
    ),
    listed(TARGETED).map(
      (call) =>
        `const result = await targeted.${call}; await null; return [result instanceof Object && 'text' in result ? result.text() : result, heard];`,
    ),
  ),
};
