import type { Plan } from '../plan/plan.ts';

type Options = Readonly<Record<string, unknown>>;

/** What the driver reads from the options of every operation. */
const EVERY: Options = {
  authdb: undefined,
  bsonRegExp: undefined,
  bypassPinningCheck: undefined,
  collation: undefined,
  comment: undefined,
  dbName: undefined,
  // Not read, but added by the driver to its last copy, which would end the hidden class.
  directConnection: undefined,
  documentsReturnedIn: undefined,
  enableUtf8Validation: undefined,
  exhaustAllowed: undefined,
  explain: undefined,
  fieldsAsRaw: Object.freeze(Object.create(null) as object),
  hedge: undefined,
  hint: undefined,
  ignoreUndefined: false,
  let: undefined,
  level: undefined,
  limit: undefined,
  maxStalenessSeconds: undefined,
  maxTimeMS: undefined,
  // Not `undefined`, for which the driver would ask the command, and so Object.prototype, for a write concern.
  moreToCome: false,
  noResponse: undefined,
  omitMaxTimeMS: undefined,
  projection: undefined,
  promoteBuffers: undefined,
  promoteLongs: undefined,
  promoteValues: undefined,
  raw: false,
  rawData: undefined,
  readConcern: undefined,
  readPreference: undefined,
  readPreferenceTags: undefined,
  serializeFunctions: false,
  session: undefined,
  signal: undefined,
  sort: undefined,
  timeoutContext: undefined,
  timeoutMS: undefined,
  useBigInt64: undefined,
  willRetryWrite: undefined,
};

/** What it reads from those of a cursor. */
const CURSORS: Options = {
  allowDiskUse: undefined,
  awaitData: undefined,
  batchSize: undefined,
  maxAwaitTimeMS: undefined,
  singleBatch: undefined,
  tailable: undefined,
  timeoutMode: undefined,
};

const FINDS: Options = {
  allowPartialResults: undefined,
  max: undefined,
  min: undefined,
  noCursorTimeout: undefined,
  oplogReplay: undefined,
  returnKey: undefined,
  showRecordId: undefined,
  skip: undefined,
  timeout: undefined,
};

const AGGREGATIONS: Options = {
  bypassDocumentValidation: undefined,
  cursor: undefined,
  out: undefined,
  skip: undefined,
};

const WRITES: Options = {
  arrayFilters: undefined,
  bypassDocumentValidation: undefined,
  checkKeys: undefined,
  forceServerObjectId: undefined,
  includeResultMetadata: undefined,
  multi: undefined,
  ordered: undefined,
  returnDocument: undefined,
  upsert: undefined,
};

/**
 * The driver reads counts and the codes of errors by these, and compares them itself: a collection that has its numbers
 * wrapped would miss a version conflict, a duplicate key and a modified document. What is stored is decoded here, apart from
 * the values of `distinct` and the ids of an upsert, which are 64-bit integers as the collection says.
 */
const PROMOTED: Options = { promoteLongs: true, promoteValues: true };
const NUMBERS: Options = { ...PROMOTED, useBigInt64: false };

/** Read by every operation too, but a find or an aggregation drops what comes of it. */
const WRITE_CONCERN: Options = {
  fsync: undefined,
  j: undefined,
  journal: undefined,
  w: undefined,
  writeConcern: undefined,
  wtimeout: undefined,
  wtimeoutMS: undefined,
};

/**
 * Every option that the driver reads from its options object, set to what it means when nobody wrote it. The driver
 * reads through the prototype, so `Object.prototype.returnKey = true` would be honoured; an own property stops that.
 * It also stops the collection's own `raw`, `fieldsAsRaw`, `ignoreUndefined` and `serializeFunctions` from being
 * inherited (driver 7.9, resolveBSONOptions). `undefined` leaves an option to the collection: how it reads numbers, dates
 * and bytes stays as it was set there.
 *
 * The driver copies the object some six times for each command, and V8 copies it fast only as long as it keeps a hidden
 * class. So each kind of operation has its own names and no more; they are spread here, by which V8 learns the classes
 * that the driver's `Object.assign` goes through; and the records are not frozen, but never leave this folder. A find or
 * an aggregation has no `writeConcern`: the driver deletes it, which would end the class.
 */
export const PINNED_FOR_FINDS: Options = { ...EVERY, ...CURSORS, ...FINDS, ...NUMBERS };
const PINNED_FOR_AGGREGATIONS: Options = { ...EVERY, ...CURSORS, ...AGGREGATIONS, ...NUMBERS };
const PINNED_FOR_DISTINCT: Options = { ...EVERY, ...WRITE_CONCERN };
const PINNED_FOR_ESTIMATES: Options = { ...PINNED_FOR_DISTINCT, ...NUMBERS };
const PINNED_FOR_WRITES: Options = { ...EVERY, ...WRITES, ...WRITE_CONCERN, ...PROMOTED };

const PINNED: Readonly<Record<Plan['operation'], Options>> = {
  find: PINNED_FOR_FINDS,
  findOne: PINNED_FOR_FINDS,
  exists: PINNED_FOR_FINDS,
  aggregate: PINNED_FOR_AGGREGATIONS,
  countDocuments: PINNED_FOR_AGGREGATIONS,
  distinct: PINNED_FOR_DISTINCT,
  estimatedDocumentCount: PINNED_FOR_ESTIMATES,
  insertOne: PINNED_FOR_WRITES,
  insertMany: PINNED_FOR_WRITES,
  updateOne: PINNED_FOR_WRITES,
  updateMany: PINNED_FOR_WRITES,
  deleteOne: PINNED_FOR_WRITES,
  deleteMany: PINNED_FOR_WRITES,
  findOneAndUpdate: PINNED_FOR_WRITES,
  findOneAndDelete: PINNED_FOR_WRITES,
  bulkWrite: PINNED_FOR_WRITES,
};

/** The options to begin with for an operation. */
export function pinnedFor(operation: Plan['operation']): Options {
  return PINNED[operation];
}
