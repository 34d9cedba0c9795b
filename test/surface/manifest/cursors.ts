import { type ClassManifest, INTERNAL, type Refused } from './manifest.ts';

const READS = [
  'map',
  'next',
  'hasNext',
  'toArray',
  'forEach',
  'stream',
  'close',
  'Symbol.asyncIterator',
  'Symbol.asyncDispose',
] as const;

const OWN = ['json', 'jsonStream'] as const;

/** Refused for both kinds of cursors. */
const REFUSED = {
  'its documents are not decoded by the view': ['tryNext', 'readBufferedDocuments', 'bufferedCount'],
  'the copy would be a raw cursor': ['clone'],
  'it would send the command again, with settings that were changed since': ['rewind'],
  'it changes settings of a read that is authorised already; pass them as options': [
    'addCursorFlag',
    'withReadPreference',
    'withReadConcern',
    'maxTimeMS',
  ],
  'it returns the plan, not the result': ['explain'],
  'it shows how the server is set up, or the state of a connection': [
    'id',
    'namespace',
    'readPreference',
    'readConcern',
    'server',
    'session',
    'client',
    'isDead',
    'closed',
    'killed',
    'loadBalanced',
  ],
} as const satisfies Refused;

const INTERNAL_NAMES = [
  '_initialize',
  'getMore',
  'resolveExplainTimeoutOptions',
  'asyncDispose',
  'trackCursor',
  'cursorInit',
  'fetchBatch',
  'cleanup',
  'emitClose',
  'transformDocument',
  'throwIfInitialized',
  'emitAndLog',
  'emitAndLogHeartbeat',
  'emitAndLogCommand',
  'signal',
  'abortListener',
  'documents',
  'hasEmittedClose',
  'cursorClient',
  'cursorNamespace',
  'cursorId',
  'initialized',
  'isClosed',
  'isKilled',
  'cursorOptions',
  'cursorSession',
  'deserializationOptions',
  'timeoutContext',
  'transform',
  'selectedServer',
] as const;

export const FIND_CURSOR: ClassManifest = {
  wrapped: [...READS, 'sort', 'limit', 'skip', 'batchSize'],
  refused: {
    ...REFUSED,
    'it replaces what was authorised; pass it to find()': ['filter', 'project', 'collation'],
    'an index on a private path changes the order of rows and drops some': ['hint', 'min', 'max'],
    'it returns keys of an index, or a field that the view does not declare': ['returnKey', 'showRecordId'],
    'it changes settings of a read that is authorised already; pass them as options': [
      ...REFUSED['it changes settings of a read that is authorised already; pass them as options'],
      'comment',
      'allowDiskUse',
      'maxAwaitTimeMS',
    ],
    'it sets any option of the command': ['addQueryModifier'],
    'it is deprecated; countDocuments() takes its place': ['count'],
    [INTERNAL]: [...INTERNAL_NAMES, 'numReturned', 'cursorFilter', 'findOptions'],
  },
  own: OWN,
};

export const AGGREGATION_CURSOR: ClassManifest = {
  wrapped: READS,
  refused: {
    ...REFUSED,
    'it adds a stage that was not checked; pass all stages to aggregate()': [
      'addStage',
      'group',
      'limit',
      'match',
      'out',
      'project',
      'lookup',
      'redact',
      'skip',
      'sort',
      'unwind',
      'geoNear',
      'pipeline',
    ],
    'it changes settings of a read that is authorised already; pass them as options': [
      ...REFUSED['it changes settings of a read that is authorised already; pass them as options'],
      'batchSize',
    ],
    [INTERNAL]: [...INTERNAL_NAMES, 'aggregateOptions'],
  },
  own: OWN,
};
