import type { Plan } from '../plan/plan.ts';

type Options = Readonly<Record<string, unknown>>;

const NO_FIELDS = Object.freeze(Object.create(null) as object);

/** What the driver reads from the options of every operation. */
const EVERY: Options = {
  bsonRegExp: undefined,
  bypassPinningCheck: undefined,
  collation: undefined,
  comment: undefined,
  enableUtf8Validation: undefined,
  exhaustAllowed: undefined,
  explain: undefined,
  fieldsAsRaw: NO_FIELDS,
  ignoreUndefined: false,
  level: undefined,
  maxTimeMS: undefined,
  // Not `undefined`, for which the driver would ask the command, and so Object.prototype, for a write concern.
  moreToCome: false,
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
  timeoutMS: undefined,
  useBigInt64: undefined,
  willRetryWrite: undefined,
};

/** What it reads from those of a cursor. */
const CURSORS: Options = {
  allowDiskUse: undefined,
  awaitData: undefined,
  batchSize: undefined,
  hint: undefined,
  let: undefined,
  limit: undefined,
  maxAwaitTimeMS: undefined,
  skip: undefined,
  tailable: undefined,
  timeoutContext: undefined,
  timeoutMode: undefined,
};

const FINDS: Options = {
  allowPartialResults: undefined,
  authdb: undefined,
  dbName: undefined,
  max: undefined,
  min: undefined,
  noCursorTimeout: undefined,
  oplogReplay: undefined,
  projection: undefined,
  returnKey: undefined,
  showRecordId: undefined,
  singleBatch: undefined,
  sort: undefined,
  timeout: undefined,
};

const AGGREGATIONS: Options = {
  bypassDocumentValidation: undefined,
  cursor: undefined,
  documentsReturnedIn: undefined,
  out: undefined,
};

/** What it reads from those of a command that it gives no cursor. */
const COMMANDS: Options = {
  authdb: undefined,
  dbName: undefined,
  documentsReturnedIn: undefined,
  hint: undefined,
  omitMaxTimeMS: undefined,
};

const INSERTS: Options = {
  bypassDocumentValidation: undefined,
  checkKeys: undefined,
  forceServerObjectId: undefined,
  ordered: undefined,
  timeoutContext: undefined,
};

/** What it reads from those of an update or a removal. */
const CHANGES: Options = {
  arrayFilters: undefined,
  bypassDocumentValidation: undefined,
  let: undefined,
  sort: undefined,
  upsert: undefined,
};

const STATEMENTS: Options = {
  limit: undefined,
  multi: undefined,
  ordered: undefined,
};

const FINDS_AND_MODIFIES: Options = {
  includeResultMetadata: undefined,
  projection: undefined,
  returnDocument: undefined,
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
 * The driver copies the object some six times for each command, key by key, so each kind of operation has the names that
 * drivers 7.0 to 7.9 read for it and no more. They are spread here, by which V8 learns the classes that the driver's
 * `Object.assign` goes through; and the records are not frozen, but never leave this folder. A find or an aggregation has no
 * `writeConcern`: the driver deletes it, which would end the hidden class, and make each copy slower still.
 */
const PINNED_FOR_FINDS: Options = { ...EVERY, ...CURSORS, ...FINDS, ...NUMBERS };
const PINNED_FOR_AGGREGATIONS: Options = { ...EVERY, ...CURSORS, ...AGGREGATIONS, ...NUMBERS };
const PINNED_FOR_DISTINCT: Options = { ...EVERY, ...COMMANDS, ...WRITE_CONCERN };
const PINNED_FOR_ESTIMATES: Options = { ...PINNED_FOR_DISTINCT, ...NUMBERS };
const PINNED_FOR_INSERTS: Options = { ...EVERY, ...COMMANDS, ...INSERTS, ...WRITE_CONCERN, ...PROMOTED };
const PINNED_FOR_STATEMENTS: Options = { ...EVERY, ...COMMANDS, ...CHANGES, ...STATEMENTS, ...WRITE_CONCERN, ...PROMOTED };
const PINNED_FOR_FINDS_AND_MODIFIES: Options = { ...EVERY, ...COMMANDS, ...CHANGES, ...FINDS_AND_MODIFIES, ...WRITE_CONCERN, ...PROMOTED };
const PINNED_FOR_BULKS: Options = { ...EVERY, ...COMMANDS, ...INSERTS, ...CHANGES, ...STATEMENTS, ...WRITE_CONCERN, ...PROMOTED };

/**
 * What the driver reads of a single write's options while it makes the operation, before it waits for anything (drivers 7.0 to
 * 7.9). It does not read them again, so they need no pin where Object.prototype has none of them by then. A third of the options
 * is copied less; and `checkKeys`, `limit` and `multi`, which the driver sets itself, would make its copies of the rest slow.
 */
const AT_ONCE = ['authdb', 'dbName', 'explain', 'fsync', 'j', 'journal', 'level', 'readPreferenceTags', 'w', 'wtimeout', 'wtimeoutMS'];
const LATER_FOR_INSERTS = without(PINNED_FOR_INSERTS, [...AT_ONCE, 'checkKeys', 'forceServerObjectId']);
const LATER_FOR_STATEMENTS = without(PINNED_FOR_STATEMENTS, [...AT_ONCE, 'arrayFilters', 'hint', 'limit', 'multi', 'sort', 'upsert']);
const LATER_FOR_FINDS_AND_MODIFIES = without(PINNED_FOR_FINDS_AND_MODIFIES, AT_ONCE);

function without(options: Options, names: readonly string[]): Options {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
}

/** Each copy is written out: V8 makes it at once where it has met one hidden class, and key by key where it has met many. */
const COPIES: Readonly<Record<Plan['operation'], () => Record<string, unknown>>> = {
  find: () => ({ ...PINNED_FOR_FINDS }),
  findOne: () => ({ ...PINNED_FOR_FINDS }),
  exists: () => ({ ...PINNED_FOR_FINDS }),
  aggregate: () => ({ ...PINNED_FOR_AGGREGATIONS }),
  countDocuments: () => ({ ...PINNED_FOR_AGGREGATIONS }),
  distinct: () => ({ ...PINNED_FOR_DISTINCT }),
  estimatedDocumentCount: () => ({ ...PINNED_FOR_ESTIMATES }),
  insertOne: () => ({ ...PINNED_FOR_INSERTS }),
  insertMany: () => ({ ...PINNED_FOR_INSERTS }),
  updateOne: () => ({ ...PINNED_FOR_STATEMENTS }),
  updateMany: () => ({ ...PINNED_FOR_STATEMENTS }),
  deleteOne: () => ({ ...PINNED_FOR_STATEMENTS }),
  deleteMany: () => ({ ...PINNED_FOR_STATEMENTS }),
  findOneAndUpdate: () => ({ ...PINNED_FOR_FINDS_AND_MODIFIES }),
  findOneAndDelete: () => ({ ...PINNED_FOR_FINDS_AND_MODIFIES }),
  bulkWrite: () => ({ ...PINNED_FOR_BULKS }),
};

/** The options to begin with for an operation. */
export function pinnedFor(operation: Plan['operation']): Record<string, unknown> {
  return COPIES[operation]();
}

/** The same while Object.prototype has no name that the driver reads. The driver's method is called in the same turn. */
export function pinnedLaterFor(operation: Plan['operation']): Record<string, unknown> {
  switch (operation) {
    case 'insertOne':
      return { ...LATER_FOR_INSERTS };
    case 'updateOne':
    case 'updateMany':
    case 'deleteOne':
    case 'deleteMany':
      return { ...LATER_FOR_STATEMENTS };
    case 'findOneAndUpdate':
    case 'findOneAndDelete':
      return { ...LATER_FOR_FINDS_AND_MODIFIES };
    default:
      return pinnedFor(operation);
  }
}

/**
 * What is left of them for a read of one document while Object.prototype has no name that the driver reads: what the collection's
 * own options would otherwise decide. Written out, because the driver copies the object of a literal at once, and one that was
 * spread key by key: 4 % of a `findOne`.
 */
export function unpinnedForOne(): Record<string, unknown> {
  return {
    fieldsAsRaw: NO_FIELDS,
    ignoreUndefined: false,
    raw: false,
    serializeFunctions: false,
    promoteLongs: true,
    promoteValues: true,
    useBigInt64: false,
  };
}
