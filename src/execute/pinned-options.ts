import type { Plan } from '../plan/plan.ts';

type Options = Readonly<Record<string, unknown>>;

/** What the driver reads from the options of every operation. */
const EVERY: Options = {
  authdb: undefined,
  bsonRegExp: undefined,
  bypassDocumentValidation: undefined,
  bypassPinningCheck: undefined,
  collation: undefined,
  comment: undefined,
  dbName: undefined,
  documentsReturnedIn: undefined,
  enableUtf8Validation: undefined,
  exhaustAllowed: undefined,
  explain: undefined,
  fieldsAsRaw: Object.freeze(Object.create(null) as object),
  fsync: undefined,
  hedge: undefined,
  hint: undefined,
  ignoreUndefined: false,
  j: undefined,
  journal: undefined,
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
  w: undefined,
  willRetryWrite: undefined,
  wtimeout: undefined,
  wtimeoutMS: undefined,
};

const CURSORS: Options = {
  allowDiskUse: undefined,
  allowPartialResults: undefined,
  awaitData: undefined,
  batchSize: undefined,
  cursor: undefined,
  max: undefined,
  maxAwaitTimeMS: undefined,
  min: undefined,
  noCursorTimeout: undefined,
  oplogReplay: undefined,
  out: undefined,
  returnKey: undefined,
  showRecordId: undefined,
  singleBatch: undefined,
  skip: undefined,
  tailable: undefined,
  timeout: undefined,
  timeoutMode: undefined,
};

const WRITES: Options = {
  arrayFilters: undefined,
  checkKeys: undefined,
  forceServerObjectId: undefined,
  includeResultMetadata: undefined,
  multi: undefined,
  ordered: undefined,
  returnDocument: undefined,
  upsert: undefined,
};

/** Read by every operation too, and deleted by the driver from the options of a find or an aggregation. */
const WRITE_CONCERN: Options = { writeConcern: undefined };

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
export const PINNED_FOR_CURSORS: Options = { ...EVERY, ...CURSORS };
const PINNED_FOR_COMMANDS: Options = { ...EVERY, ...WRITE_CONCERN };
const PINNED_FOR_WRITES: Options = { ...EVERY, ...WRITES, ...WRITE_CONCERN };

const PINNED: Readonly<Record<Plan['operation'], Options>> = {
  find: PINNED_FOR_CURSORS,
  findOne: PINNED_FOR_CURSORS,
  exists: PINNED_FOR_CURSORS,
  aggregate: PINNED_FOR_CURSORS,
  countDocuments: PINNED_FOR_CURSORS,
  distinct: PINNED_FOR_COMMANDS,
  estimatedDocumentCount: PINNED_FOR_COMMANDS,
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
