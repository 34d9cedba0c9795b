import type { Refused } from './manifest.ts';

/** Options of the driver that every method refuses, apart from those whose reason the error names. */
export const UNKNOWN_EVERYWHERE: Refused = {
  'how values are decoded is decided once, for the collection': [
    'bsonRegExp',
    'enableUtf8Validation',
    'promoteBuffers',
    'promoteLongs',
    'promoteValues',
    'useBigInt64',
  ],
  'a write without an answer is reported as done whatever happens': ['noResponse'],
  'it is a setting of the client': ['retryWrites', 'willRetryWrite', 'timeoutMS', 'timeoutMode', 'timeout'],
  'it keeps a cursor open past its result': ['awaitData', 'maxAwaitTimeMS', 'oplogReplay'],
  'the answer of some shards looks like the whole': ['allowPartialResults'],
  'the library decides on the batches of a cursor': ['singleBatch', 'cursor'],
  'it is a setting of a client, which the driver no longer reads': ['maxStalenessSeconds', 'hedge', 'omitMaxTimeMS'],
};

const WRITES_READ_FROM_THE_PRIMARY = 'a write is sent to the primary and reads there';

const ON_WRITES: Refused = { [WRITES_READ_FROM_THE_PRIMARY]: ['readConcern', 'readPreference'] };
const ON_INSERTS: Refused = { ...ON_WRITES, 'nothing is compared': ['collation'] };
const ON_BULKS: Refused = { ...ON_WRITES, 'each part has its own': ['collation'] };
const ON_BUILT_BULKS: Refused = { ...ON_BULKS, 'the name of the method says it': ['ordered'] };
const ON_DELETES: Refused = { ...ON_WRITES, 'there is one part only': ['ordered'] };
const ON_READS: Refused = { 'a read has no write concern': ['writeConcern'] };
const ON_SORTED_UPDATES: Refused = {
  ...ON_WRITES,
  'findOneAndUpdate() and findOneAndReplace() take it; the server has it for this method since 8.0 only': ['sort'],
};

/** Options that other methods take and that the driver declares for this one too. */
export const REFUSED_HERE: Readonly<Record<string, Refused>> = {
  findOne: { 'one document needs no batches': ['batchSize', 'limit', 'noCursorTimeout'] },
  countDocuments: { ...ON_READS, 'the answer is one number': ['allowDiskUse', 'batchSize'] },
  distinct: ON_READS,
  aggregate: ON_READS,
  watch: {
    ...ON_READS,
    'the library decides what the events are made of': [
      'fullDocument',
      'fullDocumentBeforeChange',
      'showExpandedEvents',
    ],
    'a stream continues after an event, by its sealed token': ['startAfter', 'startAtOperationTime'],
    'the filter compares byte by byte, as scopes do': ['collation'],
    'a stream has no end, and reads what the majority has': [
      'allowDiskUse',
      'maxTimeMS',
      'readConcern',
      'readPreference',
      'session',
    ],
  },
  estimatedDocumentCount: { ...ON_READS, 'nothing is compared': ['collation'] },
  insertOne: ON_INSERTS,
  insertMany: ON_INSERTS,
  updateOne: ON_SORTED_UPDATES,
  updateMany: ON_WRITES,
  replaceOne: ON_SORTED_UPDATES,
  deleteOne: ON_DELETES,
  deleteMany: ON_DELETES,
  findOneAndUpdate: ON_WRITES,
  findOneAndReplace: ON_WRITES,
  findOneAndDelete: ON_WRITES,
  bulkWrite: ON_BULKS,
  initializeOrderedBulkOp: ON_BUILT_BULKS,
  initializeUnorderedBulkOp: ON_BUILT_BULKS,
  execute: ON_BUILT_BULKS,
};
