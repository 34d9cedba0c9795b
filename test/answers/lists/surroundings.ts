import type { AnswerList } from '../support/answer-list.ts';
import { FAILURES } from '../support/failures.ts';
import { distinct, listed, words } from '../support/tables.ts';
import { READS, WRITES } from './failures.ts';

const CALLS = [...listed(READS), ...listed(WRITES)];

const ONE = `C.findOne({ code: 'c1' }, { projection: ['code'] })`;
const MANY = `C.find({}, { projection: ['code'], batchSize: 3 }).toArray()`;

/** Settings of a collection that would change what is sent or returned. */
const SETTINGS = `
  { raw: true } | { ignoreUndefined: true } | { serializeFunctions: true } | { promoteValues: false } | { promoteLongs: false } | { useBigInt64: true } | { bsonRegExp: true } | { fieldsAsRaw: { value: true, cursor: true, n: true, keyPattern: true } } | { promoteBuffers: true } | { readConcern: { level: 'majority' } } | { readPreference: 'nearest' } | { checkKeys: true }
`;

/** The same for calls that fail, because the driver reads errors with these settings. */
const REFUSED = `
  C.insertOne({ ...NEW, code: 'c1' }, { trusted: trusted({ set: SET }) }) | C.bulkWrite([{ updateOne: { filter: { code: 'c2' }, update: { $set: { code: 'c1' } } } }]) | C.insertMany([{ ...NEW, code: 'c1' }], { trusted: trusted({ set: SET }) }) | C.findOneAndUpdate({ code: 'c2' }, { $set: { code: 'c1' } }, { projection: ['code'] }) | C.findOneAndUpdate({ code: 'zz' }, { $set: { price: 77 } }, { projection: ['code'], upsert: true, includeUpserted: true })
  C.findOneAndUpdate({ code: 'c2' }, { $set: { price: 77 } }, { projection: ['code'], includeUpserted: true }) | C.updateOne({ code: 'zz' }, { $set: { shelf: 7 } }, { upsert: true, trusted: trusted({ update: { $setOnInsert: { price: 9, barcode: 'zz', lender: 'x' } } }) }) | C.find({}, { projection: ['code'], collation: { locale: 'wrong' } }).toArray() | C.distinct('title') | C.distinct('price', { shelf: 1 })
`;

/** Options of calls that the driver gets. */
const GIVEN = `
  C.find({}, { projection: ['code'], limit: 3 }).toArray() | C.find({}, { projection: ['code'], batchSize: 2, limit: 5 }).toArray() | C.find({}, { projection: ['code'], sort: { price: -1 } }).toArray() | C.find({}, { projection: ['code'], maxTimeMS: 9000 }).toArray() | C.find({}, { projection: ['code'], signal: new AbortController().signal }).toArray() | C.findOne({}, { projection: ['code'], sort: { price: -1 } }) | C.find({}, { projection: ['code'] }).next()
  C.updateOne({ code: 'c1' }, { $set: { price: 60 } }, { upsert: true }) | C.updateOne({ code: 'c1' }, { $set: { price: 60 } }, { writeConcern: { w: 1 } }) | C.findOneAndUpdate({ code: 'c1' }, { $set: { price: 60 } }, { projection: ['code'], returnDocument: 'after', sort: { price: 1 } }) | C.findOneAndUpdate({ code: 'c1' }, { $set: { price: 60 } }, { projection: ['code'], includeUpserted: true }) | C.insertMany([{ ...NEW }], { ordered: false, trusted: trusted({ set: SET }) }) | C.bulkWrite([{ deleteOne: { filter: { code: 'c1' } } }], { ordered: false }) | C.countDocuments({}, { limit: 2, skip: 1 })
  C.exists({}) | C.aggregate([{ $project: { code: 1 } }], { batchSize: 2 }).toArray() | C.aggregate([{ $project: { code: 1 } }], { allowDiskUse: true }).toArray() | C.paginate({}, { projection: ['code'], limit: 2, batchSize: 1 }) | C.findJson({}, { projection: ['code'], limit: 2 })
`;

/** Uses of a cursor with small batches, whose rest has to be closed on the server. */
const LEFT = `
  await cursor.next() | await cursor.close() | (await cursor.next(), await cursor.close()) | (await cursor.next(), await cursor.close(), await cursor.close()) | (await cursor.toArray(), await cursor.close()) | (await Promise.all([cursor.next(), cursor.close()])) | (await cursor.next(), await Promise.all([cursor.close(), cursor.close()])) | (await cursor.next(), await cursor[Symbol.asyncDispose]()) | await (async () => { for await (const each of cursor) return each; })()
  await (async () => { for await (const each of cursor) throw new Error('own'); })().catch(String) | await cursor.forEach(() => false) | await cursor.map(() => { throw new Error('own'); }).next().catch(String) | await (async () => { for await (const part of cursor.jsonStream()) return Buffer.from(part).toString(); })() | await (async () => { const reader = cursor.jsonStream().web().getReader(); await reader.read(); await reader.cancel(); })() | await (async () => { const reader = cursor.jsonStream().web().getReader(); await reader.cancel(); })()
  await (async () => { const stream = cursor.stream(); for await (const each of stream) { stream.destroy(); return each; } })() | await (async () => { const stream = cursor.jsonStream().node(); stream.destroy(); return stream.destroyed; })() | (await cursor.next(), stop.abort('why'), await cursor.next().catch(String)) | (await cursor.next(), stop.abort('why')) | (stop.abort('why'), await cursor.next().catch(String)) | (await cursor.hasNext(), stop.abort('why'), await cursor.close())
  (client.once('commandStarted', () => stop.abort('why')), await cursor.next().catch(String)) | (client.once('commandSucceeded', () => stop.abort('why')), await cursor.next().catch(String)) | (await cursor.next(), await cursor.next(), client.once('commandStarted', () => stop.abort('why')), await cursor.next().catch(String)) | (await cursor.next(), await cursor.next(), client.once('commandStarted', () => void cursor.close()), await cursor.next().catch(String)) | (client.once('commandStarted', () => void cursor.close()), await cursor.next().catch(String))
`;

const left = (open: string, use: string): string =>
  `const stop = new AbortController(); const cursor = ${open}; return await killing(async () => ${use});`;

/** Values that take the place of a session. */
const SESSIONS = `
  client.startSession() | client.startSession({ causalConsistency: false }) | client.startSession({ snapshot: true }) | Object.assign(client.startSession(), { clusterTime: null }) | Object.assign(client.startSession(), { clusterTime: undefined }) | Object.assign(client.startSession(), { operationTime: new M.Timestamp({ t: 1, i: 1 }) }) | Object.assign(client.startSession(), { operationTime: null }) | Object.assign(client.startSession(), { operationTime: Object.assign(new M.Timestamp({ t: 1, i: 1 }), { own() {} }) })
  Object.assign(client.startSession(), { operationTime: Object.create(new M.Timestamp({ t: 1, i: 1 })) }) | Object.assign(client.startSession(), { operationTime: 5 }) | Object.assign(client.startSession(), { operationTime: new Proxy(new M.Timestamp({ t: 1, i: 1 }), {}) }) | Object.assign(client.startSession(), { clusterTime: { clusterTime: new M.Timestamp({ t: 1, i: 1 }), signature: 1 } }) | Object.assign(client.startSession(), { clusterTime: { clusterTime: new M.Long(1) } })
  Object.assign(client.startSession(), { clusterTime: { get clusterTime() { return 1; } } }) | Object.assign(client.startSession(), { clusterTime: { greaterThan() {} } }) | Object.assign(client.startSession(), { clusterTime: new Proxy({}, {}) }) | Object.assign(client.startSession(), { supports: { get causalConsistency() { return true; } } }) | Object.assign(client.startSession(), { supports: { causalConsistency() {} } }) | Object.assign(client.startSession(), { defaultTransactionOptions: { get x() { return 1; } } }) | Object.assign(client.startSession(), { supports: 5 }) | Object.assign(client.startSession(), { supports: null })
  Object.assign(client.startSession(), { [Symbol('s')]: () => 1 }) | Object.assign(client.startSession(), { [Symbol('s')]: 1 }) | Object.defineProperty(client.startSession(), Symbol('s'), { get: () => 1 }) | Object.defineProperty(client.startSession(), 'own', { value: () => 1 }) | Object.assign(client.startSession(), { own: 1 }) | Object.assign(client.startSession(), { own: { f() {} } }) | Object.assign(client.startSession(), { toJSON() { return 1; } }) | Object.setPrototypeOf(client.startSession(), Object.create(M.ClientSession.prototype))
  new Proxy(Object.assign(await ended(), {}), {}) | await ended() | Object.setPrototypeOf(await ended(), Object.prototype) | Object.assign(Object.create(M.ClientSession.prototype), { hasEnded: true }) | Object.assign(Object.create(M.ClientSession.prototype), { hasEnded: 1 }) | Object.assign(Object.create(M.ClientSession.prototype), { hasEnded: false }) | Object.defineProperty(Object.create(M.ClientSession.prototype), 'hasEnded', { get: () => true }) | { hasEnded: true } | 'session' | true | () => 1 | Symbol('s') | [] | new (class extends M.ClientSession {})(client, client.s.sessionPool, {})
`;

/** Prototypes, their keys, and how these are defined. */
const KEYS = `
  Object.prototype, 'x', 'a value' | Object.prototype, 'x', 'a value that is not enumerable' | Object.prototype, 'x', 'undefined' | Object.prototype, 'x', 'an accessor' | Object.prototype, 'hint', 'a value' | Object.prototype, 'toBSON', 'a value' | Object.prototype, '0', 'a value that is not enumerable' | Object.prototype, Symbol('s'), 'a value' | Object.prototype, '__lookupGetter__', 'missing' | Object.prototype, 'isPrototypeOf', 'missing'
  Array.prototype, 'x', 'a value' | Array.prototype, 'x', 'a value that is not enumerable' | Array.prototype, '0', 'a value that is not enumerable' | Array.prototype, '1', 'a value that is not enumerable' | Array.prototype, '15', 'a value that is not enumerable' | Array.prototype, '16', 'a value that is not enumerable' | Array.prototype, '19', 'a value that is not enumerable' | Array.prototype, '20', 'a value that is not enumerable' | Array.prototype, 'toBSON', 'a value that is not enumerable' | Array.prototype, '_bsontype', 'a value that is not enumerable' | Array.prototype, Symbol('s'), 'a value'
  String.prototype, 'toBSON', 'a value' | Number.prototype, 'toBSON', 'a value' | Boolean.prototype, 'toBSON', 'a value' | BigInt.prototype, 'toBSON', 'a value' | Date.prototype, 'toBSON', 'a value' | Uint8Array.prototype, 'toBSON', 'a value' | RegExp.prototype, 'toBSON', 'a value' | Map.prototype, 'toBSON', 'a value' | Object.getPrototypeOf(Uint8Array.prototype), 'toBSON', 'a value' | Buffer.prototype, 'toBSON', 'a value' | String.prototype, 'x', 'a value' | Date.prototype, 'x', 'a value'
`;

const ADDED = `Object.prototype, 'x', 'a value'`;
const TWENTY = `C.insertMany(Array.from({ length: 20 }, (_, at) => ({ code: 'n' + at, shelf: 9, title: 'n' + at, price: 100 + at })), { trusted: trusted({ set: Array.from({ length: 20 }, (_, at) => ({ barcode: 'n' + at, lender: 'x' })) }) }).then(({ insertedCount }) => insertedCount)`;

const polluted = (phase: string, keys: string, call: string): string =>
  `return await polluted('${phase}', ${keys}, () => ${call});`;

/** Calls that send something more than once, or that ask something before. */
const LONGER = `
  ${MANY} | C.find({}, { projection: ['code'], batchSize: 3 }).next() | C.find({}, { projection: ['code'] }).json() | C.aggregate([{ $project: { code: 1 } }], { batchSize: 3 }).toArray() | withTransaction(client, async (tx) => await tx.bind(C).countDocuments()) | withTransaction(shop, async ({ collections }) => await collections.books.find({}, { projection: ['code'] }).toArray()) | C.watch({}, { projection: ['code'] }) | C.updateOne({ code: 'zz' }, { $set: { price: 1 } }) | P().findOne({}, { projection: ['code'] })
`;

/** Calls in whose middle a prototype gets a key. */
const MIDDLE = `
  const clean = []; try { return await P(() => { clean.push(pollute(Object.prototype, 'x')); }).findOne({}, { projection: ['code'] }); } finally { clean.forEach((each) => each()); }
  const clean = []; try { return await P(async () => { await null; clean.push(pollute(Object.prototype, 'x')); }).find({}, { projection: ['code'] }).toArray(); } finally { clean.forEach((each) => each()); }
  return await P(() => { throw new Error('own'); }).findOne({}, { projection: ['code'] });
  return await P(async () => { throw new Error('own'); }).find({}, { projection: ['code'] }).toArray();
  const seen = []; const cursor = P(() => { seen.push('asked'); }).find({}, { projection: ['code'], batchSize: 3 }); const first = await cursor.next(); await cursor.next(); await cursor.toArray(); return [first !== null, seen];
  const cursor = P(() => { throw new Error('own'); }).find({}, { projection: ['code'] }); return [await cursor.next().catch(String), await cursor.hasNext().catch(String), await cursor.toArray().catch(String), await cursor.close()];
  const cursor = P(() => 1).find({}, { projection: ['code'] }); await cursor.close(); return await cursor.next();
  const cursor = C.find({}, { projection: ['code'], batchSize: 2 }); await cursor.next(); const clean = pollute(Object.prototype, 'x'); const seen = [await cursor.next().catch(String), await cursor.next().catch(String), await cursor.close().catch(String)]; clean(); return [seen, await cursor.close().catch(String)];
  const cursor = C.find({}, { projection: ['code'], batchSize: 2 }); await cursor.next(); const clean = pollute(Object.prototype, 'x'); const seen = [await cursor.close().catch(String)]; clean(); return [seen, await cursor.next().catch(String), await cursor.close()];
  const cursor = C.find({}, { projection: ['code'], batchSize: 2 }); await cursor.next(); await cursor.next(); const asked = cursor.next(); const clean = pollute(Object.prototype, 'x'); const seen = [await asked.catch(String)]; clean(); return [seen, await cursor.next().catch(String)];
  const cursor = C.find({}, { projection: ['code'] }); await cursor.toArray(); const clean = pollute(Object.prototype, 'x'); const seen = await cursor.close().catch(String); clean(); return seen;
  const clean = []; try { return await withTransaction(client, async (tx) => { clean.push(pollute(Object.prototype, 'x')); return 1; }); } catch (error) { clean.forEach((each) => each()); throw error; }
  const clean = []; try { return await withTransaction(client, async (tx) => { clean.push(pollute(Object.prototype, 'x')); await tx.bind(C).countDocuments().catch(() => 0); clean.pop()(); return await tx.bind(C).countDocuments(); }); } finally { clean.forEach((each) => each()); }
  const clean = []; try { return await withTransaction(client, async (tx) => { const asked = tx.bind(C).countDocuments(); await null; clean.push(pollute(Object.prototype, 'x')); await asked.catch(() => 0); clean.pop()(); return await tx.bind(C).countDocuments(); }); } finally { clean.forEach((each) => each()); }
  const clean = []; client.once('commandSucceeded', () => clean.push(pollute(Object.prototype, 'x'))); try { return await withTransaction(client, async (tx) => { await tx.bind(C).countDocuments().catch(() => 0); clean.pop()(); return await tx.bind(C).countDocuments(); }); } finally { clean.forEach((each) => each()); }
`;

/** What a program can do in a transaction in another order than expected. */
const ORDERS = `
  const late = []; const result = await withTransaction(client, async (tx) => { const users = tx.bind(C); late.push(users.countDocuments(), users.updateOne({ code: 'c1' }, { $set: { price: 71 } }), users.exists({ price: 71 })); return 'done'; }); return [result, await Promise.all(late)];
  const late = []; await withTransaction(client, async (tx) => { const users = tx.bind(C); late.push(users.countDocuments().then(() => users.countDocuments()).catch(described)); }); return await Promise.all(late);
  const late = []; await withTransaction(client, async (tx) => { const users = tx.bind(C); late.push(users.countDocuments().then(() => users.find({}, { projection: ['code'] }).toArray()).catch(described)); }); return await Promise.all(late);
  const late = []; const cursor = await withTransaction(client, async (tx) => { const made = tx.bind(C).find({}, { projection: ['code'], batchSize: 2 }); late.push(await made.next()); return { made }; }); return [late, await cursor.made.next().catch(described), await cursor.made.next().catch(described), await cursor.made.close()];
  const late = []; await withTransaction(client, async (tx) => { const users = tx.bind(C); const [a, b] = [users.countDocuments(), users.countDocuments()]; late.push(a.then(() => users.exists({ code: 'c1' })).catch(described), b); }); return await Promise.all(late);
  const late = []; await withTransaction(client, async (tx) => { const users = tx.bind(C); const [a, b] = [users.countDocuments(), users.countDocuments()]; late.push(a.then(() => users.find({}, { projection: ['code'] }).next()).catch(described), b); }); return await Promise.all(late);
  const cursor = await withTransaction(client, async (tx) => ({ made: tx.bind(C).find({}, { projection: ['code'], batchSize: 2 }) })); return await cursor.made.next();
  const cursor = await withTransaction(client, async (tx) => { const made = tx.bind(C).find({}, { projection: ['code'] }); await made.next(); return { made }; }); return [await cursor.made.next().catch(described), await cursor.made.toArray().catch(described)];
  const cursor = await withTransaction(client, async (tx) => { const made = tx.bind(C).find({}, { projection: ['code'] }); await made.toArray(); return { made }; }); return [await cursor.made.next().catch(described), await cursor.made.toArray().catch(described)];
  const late = []; const work = async (tx) => { const users = tx.bind(C); late.push(users.updateOne({ code: 'c1' }, { $set: { price: 71 } }).catch(described), users.countDocuments().catch(described)); throw new Error('own'); }; return [await withTransaction(client, work).catch(String), await Promise.all(late)];
  const late = []; const work = async (tx) => { const users = tx.bind(C); const first = users.countDocuments(); late.push(first.catch(described), first.then(() => users.countDocuments()).catch(described)); await first; throw new Error('own'); }; return [await withTransaction(client, work).catch(String), await Promise.all(late)];
  const work = async (tx) => { const cursor = tx.bind(C).find({}, { projection: ['code'], batchSize: 2 }); await cursor.next(); throw new Error('own'); }; return await withTransaction(client, work).catch(String);
  return await withTransaction(client, async (tx) => { const users = tx.bind(C); const cursor = users.find({}, { projection: ['code'], batchSize: 2, sort: { price: 1 } }); const [a, b, c, d] = [cursor.next(), users.updateOne({ code: 'c2' }, { $set: { price: 72 } }), cursor.next(), cursor.next()]; return await Promise.all([a, b, c, d, cursor.close()]); });
  return await withTransaction(client, async (tx) => { const cursor = tx.bind(C).find({}, { projection: ['code'], batchSize: 2 }); await cursor.next(); await cursor.close(); await cursor.close(); return await cursor.next(); }).catch(described);
  return await withTransaction(client, async (tx) => { for await (const each of tx.bind(C).find({}, { projection: ['code'], batchSize: 2, sort: { price: 1 } })) return each; });
  return await withTransaction(client, async (tx) => await tx.bind(tx.bind(C)).countDocuments());
  return await withTransaction(client, async (tx) => await tx.bind(silent).updateOne({ code: 'c1' }, { $set: { price: 71 } }));
  return await withTransaction(client, async (tx) => await tx.bind(C).watch({}, { projection: ['code'] }));
  return await withTransaction(client, async (tx) => await tx.bind(C).consume({}, { projection: ['code'], group: 'g' }, () => 1));
  return await withTransaction(client, async (tx) => await tx.bind({}).countDocuments());
  return await withTransaction(client, async (tx) => await tx.bind(C).findOne({ code: 'c1' }, { projection: ['code'], signal: AbortSignal.abort(new Error('own')) }));
  return await withTransaction(client, async (tx) => { await tx.bind(C).findOne({ code: 'c1' }, { projection: ['code'], signal: AbortSignal.abort(new Error('own')) }).catch(String); return 'caught'; });
  return await withTransaction(client, async (tx) => { const stop = new AbortController(); const asked = tx.bind(C).findOne({ code: 'c1' }, { projection: ['code'], signal: stop.signal }); stop.abort(new Error('own')); await asked.catch(String); return 'caught'; });
  let runs = 0; return await withTransaction(client, async (tx) => { runs += 1; const users = tx.bind(C); await users.updateOne({ code: 'c1' }, { $inc: { price: 100 } }); if (runs === 1) await C.updateOne({ code: 'c1' }, { $set: { title: 'other' } }, { maxTimeMS: 20 }).catch(() => 0); return runs; });
`;

/** Aborts at a moment of a call. */
const ABORTS = `
  ${ONE.replace(' })', `, signal: stop.signal })`)} | C.countDocuments({}, { signal: stop.signal }) | C.find({}, { projection: ['code'], batchSize: 3, signal: stop.signal }).toArray() | C.find({}, { projection: ['code'], signal: stop.signal }).next() | C.aggregate([{ $project: { code: 1 } }], { batchSize: 3, signal: stop.signal }).toArray() | C.find({}, { projection: ['code'], signal: stop.signal }).json() | C.exists({}, { signal: stop.signal }) | C.distinct('code', {}, { signal: stop.signal })
`;

/** After an abort, nothing waits for what is still sent. */
const settled = (steps: string): string =>
  `const done = await (async () => { ${steps} })(); await new Promise((resolve) => setTimeout(resolve, 25)); return done;`;

const aborted = (read: string): readonly string[] =>
  [
    `const asked = ${read}; stop.abort('why'); return await asked.catch((error) => ['ended', error]);`,
    `client.once('commandStarted', () => stop.abort('why')); return await ${read}.catch((error) => ['ended', error]);`,
    `client.once('commandSucceeded', () => stop.abort('why')); return await ${read}.catch((error) => ['ended', error]);`,
    `const result = await ${read}; stop.abort('why'); return result;`,
    `stop.abort(); return await ${read}.catch((error) => ['ended', error.name]);`,
  ].map((steps) => `const stop = new AbortController(); ${settled(steps)}`);

/** Reads of a cursor with a signal that is aborted between two of them. */
const BETWEEN = `
  await cursor.next(); stop.abort('why'); return [await cursor.next().catch(String), await cursor.next().catch(String), await cursor.close()];
  await cursor.next(); await cursor.next(); stop.abort('why'); return [await cursor.hasNext().catch(String), await cursor.toArray().catch(String)];
  await cursor.next(); await cursor.next(); const asked = [cursor.next(), cursor.hasNext(), cursor.toArray()]; stop.abort('why'); return await Promise.all(asked.map((each) => each.catch(String)));
  await cursor.next(); await cursor.close(); stop.abort('why'); return await cursor.next().catch(String);
  const all = await cursor.toArray(); stop.abort('why'); return [all.length, await cursor.next().catch(String), await cursor.close()];
  const seen = []; try { for await (const each of cursor) { seen.push(each.code); if (seen.length === 3) stop.abort('why'); } } catch (error) { return [seen, String(error)]; }
  const seen = []; try { for await (const part of cursor.jsonStream({ format: 'ndjson' })) { seen.push(Buffer.from(part).toString()); stop.abort('why'); } } catch (error) { return [seen, String(error)]; }
  const asked = [cursor.next(), cursor.close()]; return await Promise.all(asked.map((each) => each.catch(described)));
  await cursor.next(); await cursor.next(); const asked = [cursor.next(), cursor.close(), cursor.close()]; return await Promise.all(asked.map((each) => each.catch(described)));
  return await Promise.all([cursor.next(), cursor.next(), cursor.hasNext(), cursor.next(), cursor.toArray()]);
  return await Promise.all([cursor.hasNext(), cursor.hasNext(), cursor.next(), cursor.next()]);
  return [await cursor.next(), await cursor.next(), await cursor.next(), await cursor.close(), await cursor.close()];
`;

/** Calls that search. */
const SEARCHES = `
  T.find({ $text: { $search: 'red' } }, { projection: ['title'], sort: { title: 1 } }).toArray() | T.findOne({ $text: { $search: 'red' }, shelf: 1 }, { projection: ['title'] }) | T.countDocuments({ $text: { $search: 'red' } }) | T.exists({ $and: [{ $text: { $search: 'red' } }] }) | T.distinct('title', { $text: { $search: 'red' } }) | T.updateMany({ $text: { $search: 'red' } }, { $set: { shelf: 5 } })
  T.deleteOne({ $text: { $search: 'red' } }) | T.bulkWrite([{ insertOne: { document: { title: 'n', shelf: 2 } } }, { deleteMany: { filter: { $text: { $search: 'red' } } } }]) | T.findJson({ $text: { $search: 'red' } }, { projection: ['title'], sort: { title: 1 } }).then((json) => json.text()) | T.find({ title: 'red' }, { projection: ['title'] }).toArray() | T.find({ $text: { $search: 'red' } }, { projection: ['title'] }).hasNext() | read(T.find({ $text: { $search: 'red' } }, { projection: ['title'], sort: { title: 1 } }).jsonStream()) | read(T.find({ $text: { $search: 'red' } }, { projection: ['title'], sort: { title: 1 }, batchSize: 1 })) | T.find({ $text: { $search: 'red' } }, { projection: ['title'] }).close() | T.paginate({ $text: { $search: 'red' } }, { projection: ['title'], limit: 1 }).then(({ items }) => items) | T.deleteMany({ title: 'red' }) | T.insertOne({ title: 'x', shelf: 1 }) | T.estimatedDocumentCount()
`;

const searched = (name: string, call: string): string =>
  `const T = texts('${name}'); const read = async (all) => { const seen = []; for await (const each of all) seen.push(each instanceof Uint8Array ? Buffer.from(each).toString() : each); return seen; }; return await ${call};`;

/** What asking for the indexes may end with. */
const ASKED_INDEXES = listed(`
  async () => [{ weights: { title: 1 } }] | async () => [{ weights: { title: 1, other: 1 } }] | async () => [{ name: 'x' }, { weights: {} }] | async () => [] | async () => { throw new M.MongoServerError({ code: 26 }); } | async () => { throw new M.MongoServerError({ code: 13, codeName: 'Unauthorized' }); } | async () => { throw new TypeError('t'); } | async () => { throw null; } | async () => { throw { code: 26 }; } | async () => { throw new M.MongoNetworkError('t'); } | async () => [Object.create({ weights: { other: 1 } })]
`);

/** Reports of commands that go to all shards. */
const TOLD = `
  const told = []; const T = telling((event) => { told.push([event, Object.isFrozen(event)]); }); await T.countDocuments({ price: 1 }); return told;
  const T = telling(() => { throw new Error('own'); }); return await T.countDocuments({ price: 1 });
  const T = telling(async () => { throw new Error('own'); }); return await T.countDocuments({ price: 1 });
  const T = telling(() => new Promise(() => 1)); return await T.countDocuments({ price: 1 });
  const T = telling(undefined); return await T.countDocuments({ price: 1 });
  const T = telling(1); return await T.countDocuments({ price: 1 });
  const told = []; const T = telling(({ operation }) => { told.push(operation); }); const cursor = T.find({ price: 1 }, { projection: ['code'] }); const before = told.length; await cursor.toArray(); await T.paginate({ price: op({ $lt: 3 }) }, { projection: ['code'], limit: 1 }); await T.findJson({ price: 1 }, { projection: ['code'] }); await T.exists({ shelf: 1 }); await T.aggregate([{ $sort: { price: 1 } }, { $match: { shelf: 1 } }, { $project: { code: 1 } }]).toArray(); return [before, told];
  const told = []; const T = telling(({ operation }) => { told.push(operation); }); await T.bulkWrite([{ deleteMany: { filter: { shelf: 1 } } }, { updateMany: { filter: { code: 'c2' }, update: { $set: { price: 91 } } } }]); await T.bulkWrite([{ deleteMany: { filter: { shelf: 1 } } }, { insertOne: { document: NEW, trusted: trusted({ set: SET }) } }]); await T.updateMany({ shelf: 0 }, { $inc: { price: 100 } }); await T.estimatedDocumentCount(); return told;
  const told = []; const T = telling(({ operation }) => { told.push(operation); }); await T.countDocuments({ shelf: 'x' }, { collation: { locale: 'en' } }); await T.countDocuments({ shelf: 1 }, { collation: { locale: 'en' } }); await T.countDocuments({ shelf: op({ $in: [1, 'x'] }) }, { collation: { locale: 'en' } }); await T.countDocuments({ shelf: /x/ }); await T.countDocuments({ $and: [{ price: 1 }, { shelf: 1 }] }); await T.countDocuments({ $or: [{ shelf: 1 }] }); return told;
  const told = []; const T = telling(({ operation }) => { told.push(operation); }); await T.bulkWrite([{ deleteMany: { filter: { code: 'c2' } } }]); return told;
  const told = []; const T = telling(({ operation }) => { told.push(operation); }); const found = await T.findOneAndReplace({ shelf: 1, code: 'c1' }, { ...NEW, shelf: 1 }, { projection: ['code'] }); return [found, told];
  const told = []; const T = telling(({ operation }) => { told.push(operation); }); const stream = await T.watch({}, { projection: ['code'] }).catch(({ code }) => code); return [typeof stream, told];
`;

/** Calls in an unusual process, by what is unusual. */
const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  'driver-options': distinct(
    CALLS.map((call) => `return await passed({}, (C) => C.${call});`),
    listed(GIVEN).map((call) => `return await passed({}, (C) => ${call});`),
    [
      `const session = client.startSession(); try { return await passed({}, (C) => C.findOne({}, { projection: ['code'], session })); } finally { await session.endSession(); }`,
      `return await withTransaction(client, async (tx) => await passed({}, (C) => tx.bind(C).countDocuments()));`,
    ],
    listed(SETTINGS).flatMap((settings) =>
      [...CALLS.map((call) => `C.${call}`), ...listed(REFUSED)].map(
        (call) =>
          `const C = book(${settings}); return await ${call}.then((result) => result?.text?.() ?? result, described);`,
      ),
    ),
  ),
  sessions: distinct(
    listed(SESSIONS).flatMap((session) => [
      `const ended = async () => { const made = client.startSession(); await made.endSession(); return made; }; const session = ${session}; return await C.findOne({ code: 'c1' }, { projection: ['code'], session });`,
      `const ended = async () => { const made = client.startSession(); await made.endSession(); return made; }; const session = ${session}; return await C.updateOne({ code: 'c1' }, { $set: { price: 61 } }, { session });`,
    ]),
    [
      `const gone = away(); const session = gone.startSession(); gone.s.activeSessions = [session]; return await on(gone).findOne({}, { projection: ['code'], session });`,
      `const gone = away(); const session = gone.startSession(); const X = on(gone); delete gone.s; return await X.findOne({}, { projection: ['code'], session });`,
      `const session = client.startSession(); const made = C.bulkWrite([{ deleteOne: { filter: { code: 'zz' } } }], { session }); Object.setPrototypeOf(session, Object.create(M.ClientSession.prototype)); return await made;`,
      `const session = client.startSession(); await session.endSession(); const made = C.bulkWrite([{ deleteOne: { filter: { code: 'zz' } } }], { session }); Object.setPrototypeOf(session, null); return await made;`,
      `const session = client.startSession(); const made = C.bulkWrite([{ deleteOne: { filter: { code: 'zz' } } }], { session }); session.own = () => 1; return await made;`,
      `const session = client.startSession(); const before = session._serverSession; session._serverSession = { get id() { return 1; } }; try { return await C.findOne({}, { projection: ['code'], session }); } finally { session._serverSession = before; }`,
      `const session = client.startSession(); const before = session.transaction; session.transaction = { isActive() { return false; } }; try { return await C.findOne({}, { projection: ['code'], session }); } finally { session.transaction = before; }`,
      `const session = Object.assign(client.startSession(), { clusterTime: {} }); return await C.findOne({}, { projection: ['code'], session });`,
      `const session = Object.assign(client.startSession(), { clusterTime: 5 }); return await C.findOne({}, { projection: ['code'], session });`,
      `return await silent.updateOne({ code: 'c1' }, { $set: { price: 71 } }, { writeConcern: { w: 1 } });`,
      `return await silent.updateOne({ code: 'c1' }, { $set: { price: 71 } }, { writeConcern: { w: 0 } });`,
      `return await silent.bulkWrite([{ deleteOne: { filter: { code: 'c1' } } }], { writeConcern: { w: 'majority' } });`,
    ],
  ),
  prototypes: distinct(
    listed(KEYS).flatMap((keys) => [
      polluted('before', keys, ONE),
      polluted('only before', keys, `C.updateOne({ code: 'c1' }, { $set: { price: 61 } })`),
      polluted('during', keys, ONE),
      polluted('at commandSucceeded', keys, ONE),
      polluted('only before', keys, TWENTY),
      polluted('only before', keys, MANY),
    ]),
    [...CALLS.map((call) => `C.${call}`), ...listed(LONGER)].flatMap((call) =>
      ['before', 'only before', 'during', 'at commandStarted', 'at commandSucceeded'].map((phase) =>
        polluted(phase, ADDED, call),
      ),
    ),
  ),
  searches: distinct(
    words('none exact fewer more other every plain mixed nothing').flatMap((name) =>
      listed(SEARCHES).map((call) => searched(name, call)),
    ),
    ASKED_INDEXES.flatMap((asked) => [
      `return await texts('exact', ${asked}).find({ $text: { $search: 'red' } }, { projection: ['title'] }).toArray().catch(described);`,
      `return [await texts('exact', ${asked}).countDocuments({ $text: { $search: 'red' } }).catch(described), heard];`,
      `return await withTransaction(client, async (tx) => await tx.bind(texts('exact', ${asked})).countDocuments({ $text: { $search: 'red' } }));`,
    ]),
  ),
  broadcasts: distinct(listed(TOLD)),
  'left-cursors': distinct(
    listed(LEFT).flatMap((use) => [
      left(`C.find({}, { projection: ['code'], batchSize: 2, sort: { price: 1 }, signal: stop.signal })`, use),
      left(`C.aggregate([{ $sort: { price: 1 } }, { $project: { code: 1 } }], { batchSize: 2 })`, use),
    ]),
    listed(LEFT).map(
      (use) =>
        `const stop = new AbortController(); return await killing(async () => await withTransaction(client, async (tx) => { const cursor = tx.bind(C).find({}, { projection: ['code'], batchSize: 2, sort: { price: 1 } }); return ${use}; }));`,
    ),
  ),
  'first-calls': distinct(
    [
      ...CALLS.slice(0, 4).map((call) => `C.${call}`),
      `C.bulkWrite([{ deleteOne: { filter: { code: 'zz' } } }])`,
      `C.insertMany([{ ...NEW, code: 'c1' }], { trusted: trusted({ set: SET }) })`,
    ].flatMap((call) => [
      `const { client, C } = fresh(); try { return await ${call}.catch(described); } finally { await client.close(); }`,
      `const { client, C } = fresh(); const made = ${call}.catch(described); const clean = pollute(Object.prototype, 'x', 'a value that is not enumerable'); try { return await made; } finally { clean(); await client.close(); }`,
    ]),
  ),
  'changed-midway': distinct(listed(MIDDLE)),
  'transaction-orders': distinct(listed(ORDERS)),
  aborts: distinct(
    listed(ABORTS).flatMap(aborted),
    listed(BETWEEN).map(
      (steps) =>
        `const stop = new AbortController(); const cursor = C.find({}, { projection: ['code'], batchSize: 2, sort: { price: 1 }, signal: stop.signal }); ${settled(steps)}`,
    ),
    listed(BETWEEN).map(
      (steps) =>
        `const stop = new AbortController(); const cursor = C.aggregate([{ $sort: { price: 1 } }, { $project: { code: 1 } }], { batchSize: 2, signal: stop.signal }); ${settled(steps)}`,
    ),
  ),
};

export const SURROUNDINGS: readonly AnswerList[] = Object.entries(BY_KIND).map(([name, calls]) => ({
  name,
  world: FAILURES,
  calls,
}));
