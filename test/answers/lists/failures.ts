import type { AnswerList } from '../support/answer-list.ts';
import { FAILURES } from '../support/failures.ts';
import { distinct, listed, words } from '../support/tables.ts';

/** Each method that reads, and each that writes. */
export const READS = `
  findOne({ code: 'c1' }, { projection: ['code'] }) | findOneJson({ code: 'c1' }, { projection: ['code'] }) | find({ code: 'c1' }, { projection: ['code'] }).toArray() | findJson({ code: 'c1' }, { projection: ['code'] }) | paginate({}, { projection: ['code'], sort: { price: 1 }, limit: 2 }) | exists({ code: 'c1' })
  countDocuments({ code: 'c1' }) | estimatedDocumentCount() | distinct('code', { shelf: 1 }) | aggregate([{ $match: { shelf: 1 } }, { $sort: { price: 1 } }, { $project: { code: 1 } }]).toArray()
`;
export const WRITES = `
  insertOne({ ...NEW }, { trusted: trusted({ set: SET }) }) | insertMany([{ ...NEW }], { trusted: trusted({ set: SET }) }) | updateOne({ code: 'c1' }, { $set: { price: 50 } }) | updateMany({ shelf: 1 }, { $inc: { price: 50 } }) | replaceOne({ code: 'c1' }, NEW) | deleteOne({ code: 'c1' }) | deleteMany({ code: 'c1' })
  findOneAndUpdate({ code: 'c1' }, { $set: { price: 50 } }, { projection: ['code'] }) | findOneAndReplace({ code: 'c1' }, NEW, { projection: ['code'] }) | findOneAndDelete({ code: 'c1' }, { projection: ['code'] }) | bulkWrite([{ deleteOne: { filter: { code: 'c1' } } }])
`;

const READ = `findOne({ code: 'c1' }, { projection: ['code'] })`;
const WRITE = `updateOne({ code: 'c1' }, { $set: { price: 5 } })`;
const BULK = `bulkWrite([{ deleteOne: { filter: { code: 'c1' } } }])`;

/** What the driver or other code throws. */
const ERRORS = `
  new M.MongoOperationTimeoutError('t') | new M.MongoNetworkTimeoutError('t') | new M.MongoNetworkError('t') | new M.MongoServerSelectionError('t', {}) | new M.MongoSystemError('t', {}) | new M.MongoExpiredSessionError() | new M.MongoClientClosedError() | new M.MongoNotConnectedError('t') | new M.MongoServerClosedError() | new M.MongoTopologyClosedError()
  Object.defineProperty(new M.MongoDriverError('t'), 'name', { value: 'MongoWaitQueueTimeoutError' }) | Object.defineProperty(new Error('t'), 'name', { value: 'MongoWaitQueueTimeoutError' }) | Object.defineProperty(new M.MongoDriverError('t'), 'name', { value: 'MongoPoolClosedError' }) | Object.defineProperty(new Error('t'), 'name', { value: 'MongoPoolClosedError' })
  new M.MongoDriverError('t') | new M.MongoError('t') | new M.MongoAPIError('t') | new M.MongoRuntimeError('t') | new M.MongoInvalidArgumentError('t') | new M.MongoInvalidArgumentError('Document is larger than the maximum size 1') | new M.MongoInvalidArgumentError('The Document is larger than the maximum size') | new M.MongoInvalidArgumentError('ClientSession must be from the same MongoClient') | new M.MongoInvalidArgumentError('A ClientSession must be from the same MongoClient')
  new Error('Document is larger than the maximum size') | new Error('ClientSession must be from the same MongoClient') | new RangeError('t') | new RangeError('Maximum call stack size exceeded') | new RangeError('The Maximum call stack') | new TypeError('t') | new M.BSON.BSONError('t') | new M.BSON.BSONVersionError() | new Error('t') | 'text' | null | undefined | 5 | {} | Symbol('s') | new M.MongoServerError({ message: 't' }) | new M.MongoServerError({}) | new M.MongoWriteConcernError({ writeConcernError: { code: 64, errmsg: 't' } })
  new M.MongoServerError({ code: '50' }) | new M.MongoServerError({ code: null }) | new M.MongoServerError({ code: new M.Int32(50) }) | new M.MongoServerError({ code: new M.Int32(11000), keyPattern: { code: 1 } }) | new M.MongoServerError({ code: new M.Double(50) }) | new M.MongoServerError({ code: 2, message: 'object to insert too large. size' }) | new M.MongoServerError({ code: 2, message: 'the object to insert too large' }) | new M.MongoServerError({ code: 3, message: 'object to insert too large' }) | new M.MongoServerError({ message: 'object to insert too large' })
  await C.findOne({}, {}).catch((error) => error) | Object.assign(new M.MongoServerError({ code: 5 }), { message: undefined }) | new M.MongoCursorInUseError() | new M.MongoTransactionError('t') | new M.MongoCompatibilityError('t') | new DOMException('t', 'AbortError') | new AggregateError([], 't')
`;

const CODES = words(
  `1 2 5 6 7 8 11 13 26 43 48 50 51 64 79 88 89 90 91 112 121 133 134 135 136 189 190 251 262 263 280 286 9001 10107 10334 11000 11001 11600 11601 11602 13435 13436 17280 17419 17420 17421`,
);

/** Labels and the names of codes. Only a name is shown. */
const LABELS = listed(`
  'TransientTransactionError' | 'UnknownTransactionCommitResult' | 'RetryableWriteError' | 'RetryableError' | 'Retryable' | 'NotRetryable' | 'retryable' | 'PoolRequestedRetry' | 'HandshakeError' | 'ResumableChangeStreamError' | 'two words' | '' | 'with1digit' | 'x'.repeat(64) | 'x'.repeat(65) | 'A' | 'x y' | 'value\\n'
`);

const KINDS = listed(`new M.MongoServerError({ code: 5 }) | new M.MongoNetworkError('t') | new M.MongoError('t')`);

const labelled = (error: string, label: string): string =>
  `(() => { const error = ${error}; error.addErrorLabel(${label}); return error; })()`;

const NAMES = `'BadValue' | 'two words' | '' | 5 | null | 'x'.repeat(64) | 'x'.repeat(65) | 'A1' | 'É' | undefined`;

/** The fields of the unique index that refused a write. */
const PATTERNS = `
  { code: 1 } | { code: -1 } | { barcode: 1 } | { code: 1, price: 1 } | { code: 1, barcode: 1 } | {} | null | undefined | 'code' | 1 | [] | ['code'] | { lender: 1 } | { lender: 1, code: 1 } | { code: 1, lender: 1 } | { _id: 1 } | { reader_id: 1 } | { reader: 1 } | { reader_id: 1, code: 1 } | { 'at.shelf': 1 } | { at: 1 } | { 'at.room': 1 } | { 'code.x': 1 }
`;

/** The names of such indexes, as they are in the text of a failed write. */
const INDEXES = words(
  `code_1 code_-1 code_2 code_1_price_1 code_1_price_-1 code_-1_price_1 code_1_price code_1price_1 _1 code_ code barcode_1 code_1_barcode_1 lender_1 lender_1_code_1 code_1_lender_1 _id_ reader_id_1 reader_1 code_1_reader_id_1 at.shelf_1 at_1 at.room_1 code_text code_hashed own_name x_code_1 code_1_ code_-1_lender_-1 code_--1 price_1_1`,
);
const text = (name: string): string =>
  `E11000 duplicate key error collection: db.books index: ${name} dup key: { code: \\"x_1\\" }`;
const MESSAGES = listed(
  `'x' | undefined | '' | 'E11000 duplicate key error collection: db.books index: code_1' | ' ${text('code_1')}' | 'E11000 duplicate key error collection: db books index: code_1 dup key: {' | 'E11000 duplicate key error collection: db.books index: own code_1 dup key: {' | 'E11000 duplicate key error index: code_1 dup key: {'`,
);

/** How a bulk can fail. */
const BULKS = `
  { message: 't', code: 121, writeErrors: [{ index: 0, code: 121, errmsg: 'secret' }] } | { message: 't', code: 11000, writeErrors: [{ index: 0, code: 11000, errmsg: 'secret' }, { index: 3, code: 10334, errmsg: 's' }, { index: 4, code: 2, errmsg: 'object to insert too large' }, { index: 5, code: 2, errmsg: 'other' }, { index: 6, code: 17419 }] } | { message: 't', code: 5, writeErrors: { index: 2, code: 17280, errmsg: 't' } } | { message: 't', code: 5, writeErrors: [{ index: 0, code: 121, errmsg: 'E11000 duplicate key error collection: db.books index: code_1 dup key: { code: 1 }' }] } | { message: 't', code: 5, writeErrors: [] } | { message: 't', code: 50 } | { message: 't', code: 11000, keyPattern: { code: 1 } }
  new M.MongoNetworkError('t') | new M.MongoServerError({ code: 50 }) | new M.MongoServerError({ code: 112, errorLabels: ['TransientTransactionError'] }) | new M.MongoOperationTimeoutError('t') | new M.MongoServerError({ code: 11000, keyPattern: { code: 1 } }) | new TypeError('t') | await C.findOne({}, {}).catch((error) => error) | {}, { getWriteConcernError: () => ({ code: 64 }) } | { message: 't', code: 64, codeName: 'WriteConcernFailed' }, { getWriteConcernError: () => ({ code: 64 }) } | new M.MongoNetworkError('t'), { getWriteConcernError: () => ({ code: 64 }) }
  { message: 't', code: 5, writeErrors: [{ index: 1, code: 5 }] }, { getWriteConcernError: () => ({ code: 64 }) } | { message: 't', code: 5, codeName: 'Name', writeErrors: [{ index: 1, code: 5 }] }
`;

const failed = (error: string, call: string, view = 'book', more = ''): string =>
  `return await failedIn('${view}', ${error}, (C) => C.${call}${more});`;

const both = (error: string): readonly string[] => [failed(error, READ), failed(error, WRITE)];

/** Errors of a commit, and of the work of a transaction. */
const COMMITS = `
  new M.MongoNetworkError('t') | ${labelled(`new M.MongoNetworkError('t')`, `'TransientTransactionError'`)} | ${labelled(`new M.MongoServerError({ code: 251 })`, `'TransientTransactionError'`)} | ${labelled(`new M.MongoServerError({ code: 251 })`, `'UnknownTransactionCommitResult'`)} | ${labelled(`new M.MongoServerError({ code: 189 })`, `'RetryableWriteError'`)} | new M.MongoServerSelectionError('t', {}) | new TypeError('t') | undefined | new M.MongoServerError({ code: 11000, keyPattern: { code: 1 } }) | new M.MongoExpiredSessionError() | Object.assign(new Error('t'), { errorLabels: ['TransientTransactionError'] })
`;

const TRANSACTIONS = `
  return await withTransaction(client, async (tx) => { await tx.bind(broken(E)).${READ}; });
  return await withTransaction(client, async (tx) => { await tx.bind(broken(E)).${READ}.catch(() => 0); return await tx.bind(C).countDocuments(); });
  return await withTransaction(client, async (tx) => { await tx.bind(broken(E)).${READ}.catch(() => 0); return 1; });
  return await withTransaction(client, async (tx) => { const seen = await tx.bind(broken(E)).${WRITE}.catch(described); told.push(seen); throw new Error('own'); });
  return await withTransaction(client, async (tx) => { await tx.bind(C).updateOne({ code: 'c1' }, { $set: { price: 77 } }); await tx.bind(broken(E)).find({}, { projection: ['code'] }).toArray(); });
  return await withTransaction(client, async (tx) => { throw E; });
  return await withTransaction(client, async (tx) => await Promise.all([tx.bind(C).countDocuments(), tx.bind(broken(E)).${WRITE}, tx.bind(C).countDocuments()]));
  return await withTransaction(client, async (tx) => { const cursor = tx.bind(C).find({}, { projection: ['code'], batchSize: 2 }); await cursor.next(); await tx.bind(broken(E)).${READ}.catch(() => 0); return await cursor.toArray(); });
`;

const IN_TRANSACTION = listed(`
  new M.MongoServerError({ code: 5 }) | new M.MongoNetworkError('t') | new M.MongoServerError({ code: 11000, keyPattern: { code: 1 } }) | new TypeError('t') | await C.findOne({}, {}).catch((error) => error)
`);

const CURSOR = `C.find({}, { projection: ['code'] })`;

/** Reads of a cursor after one that failed. */
const AFTER = `
  await cursor.next().catch(described), await cursor.next().catch(described) | await cursor.toArray().catch(described), await cursor.toArray().catch(described) | await cursor.hasNext().catch(described), await cursor.next().catch(described), await cursor.hasNext().catch(described) | await cursor.next().catch(described), await cursor.close(), await cursor.next().catch(described) | await Promise.all([cursor.next().catch(described), cursor.hasNext().catch(described), cursor.toArray().catch(described)]) | await cursor.json().catch(described), await cursor.json().catch(described) | await cursor.forEach(() => 1).catch(described), await cursor.close()
  await new Response(cursor.jsonStream().web()).text().catch(described)
`;

const transaction = (error: string, work: string): string =>
  `const E = ${error}; const told = []; try { ${work} } catch (error) { return [described(error), error === E, told]; }`;

/** Errors of the driver, by what they try. */
const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  'driver-errors': distinct(
    listed(ERRORS).flatMap(both),
    listed(ERRORS).map((error) => failed(error, BULK)),
    ['new M.MongoExpiredSessionError()', `new M.MongoServerError({ code: 5 })`].map(
      (error) =>
        `const session = client.startSession(); try { return await failedIn('book', ${error}, (C) => C.findOne({}, { projection: ['code'], session })); } finally { await session.endSession(); }`,
    ),
    ['() => { throw new Error() }', 'async () => { throw new Error() }', '() => new Promise(() => 1)', 'undefined'].map(
      (hook) => `return await failedIn('book', new M.MongoError('t'), (C) => C.${READ}, { onDriverError: ${hook} });`,
    ),
  ),
  'error-codes': distinct(
    CODES.flatMap((code) => both(`new M.MongoServerError({ message: 't', code: ${code}, codeName: 'Name' })`)),
  ),
  'error-labels': distinct(
    KINDS.flatMap((error) => LABELS.flatMap((label) => both(labelled(error, label)))),
    listed(NAMES).map((name) => failed(`new M.MongoServerError({ code: 5, codeName: ${name} })`, READ)),
  ),
  'failing-methods': distinct(
    listed(READS).flatMap((call) => [
      failed(`new M.MongoServerError({ code: 189 })`, call),
      failed(labelled(`new M.MongoServerError({ code: 5 })`, `'RetryableWriteError'`), call),
      failed(`new M.MongoExpiredSessionError()`, call),
    ]),
    listed(WRITES).flatMap((call) => [
      failed(`new M.MongoServerError({ code: 189 })`, call),
      failed(labelled(`new M.MongoServerError({ code: 189 })`, `'RetryableWriteError'`), call),
      failed(labelled(`new M.MongoNetworkError('t')`, `'RetryableWriteError'`), call),
      failed(`new M.MongoServerError({ code: 11000, keyPattern: { code: 1 } })`, call),
    ]),
    listed(AFTER).map(
      (reads) =>
        `return await failedIn('book', new M.MongoServerError({ code: 189 }), async (C) => { const cursor = ${CURSOR}; return [${reads}]; });`,
    ),
  ),
  'unique-indexes': distinct(
    ['book', 'own', 'lent'].flatMap((view) => [
      ...listed(PATTERNS).map((pattern) =>
        failed(`new M.MongoServerError({ code: 11000, keyPattern: ${pattern} })`, WRITE, view),
      ),
      ...[...INDEXES.map((name) => `'${text(name)}'`), ...MESSAGES].map((message) =>
        failed(
          `bulkError({ message: 't', code: 5, writeErrors: [{ index: 0, code: 11000, errmsg: ${message} }] })`,
          BULK,
          view,
        ),
      ),
    ]),
    listed(BULKS).flatMap((given) => [
      failed(`bulkError(${given})`, BULK),
      failed(`bulkError(${given})`, `insertMany([{ ...NEW }], { trusted: trusted({ set: SET }) })`),
    ]),
  ),
  'failing-transactions': distinct(
    listed(COMMITS).map(
      (error) =>
        `const gone = away(); const E = ${error}; gone.withSession = async () => { throw E; }; return await withTransaction(gone, async () => 1).catch(described);`,
    ),
    listed(COMMITS).map(
      (error) =>
        `const E = ${error}; let runs = 0; const work = async (tx) => { runs += 1; return runs > 2 ? runs : await tx.bind(broken(E)).${READ}; }; return [await withTransaction(client, work).catch(described), runs];`,
    ),
    IN_TRANSACTION.flatMap((error) => listed(TRANSACTIONS).map((work) => transaction(error, work))),
  ),
  'failing-views': distinct(
    listed(ERRORS).map((error) => `return await viewed(${error});`),
    listed(`new M.MongoServerError({ code: 5 }) | new M.MongoNetworkError('t') | new TypeError('t')`).map(
      (error) => `return await viewed(new M.MongoServerError({ code: 48 }), ${error});`,
    ),
    [
      `return await viewed(new M.MongoServerError({ code: 48 }));`,
      `return await viewed(Object.assign(new Error('t'), { code: 48 }));`,
      `return await viewed();`,
      `const clean = pollute(Object.prototype, 'x'); const made = viewed(); clean(); return await made;`,
      `const made = viewed(new M.MongoServerError({ code: 48 })); const clean = pollute(Object.prototype, 'x', 'a value that is not enumerable'); try { return await made; } finally { clean(); }`,
    ],
  ),
};

export const FAILING: readonly AnswerList[] = Object.entries(BY_KIND).map(([name, calls]) => ({
  name,
  world: FAILURES,
  calls,
}));
