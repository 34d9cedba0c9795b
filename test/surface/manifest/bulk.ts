import { type ClassManifest, INTERNAL } from './manifest.ts';

/** The ordered and the unordered one. */
export const BULK_OPERATION: ClassManifest = {
  wrapped: ['insert', 'find', 'execute', 'length'],
  refused: {
    'it takes a write that was not checked': ['raw', 'addToOperationsList'],
    'it shows the documents to be written': ['batches', 's'],
    'it leads to the raw collection': ['collection'],
    'it shows how the server is set up': ['bsonOptions', 'writeConcern', 'retryWrites'],
    [INTERNAL]: ['isOrdered', 'operationId', 'handleWriteError', 'shouldForceServerObjectId'],
  },
  own: [],
};

export const FIND_OPERATORS: ClassManifest = {
  wrapped: ['update', 'updateOne', 'replaceOne', 'deleteOne', 'delete', 'upsert', 'collation', 'arrayFilters'],
  refused: {
    'it leads to the raw bulk': ['bulkOperation'],
    'an index on a private path changes which documents match': ['hint'],
  },
  own: [],
};
