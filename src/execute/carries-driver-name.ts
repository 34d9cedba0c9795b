/**
 * Whether an object carries any name that the driver reads from, or sets on, objects of its own (driver 7.9). Written out name by
 * name because V8 answers `in` with a constant name from the hidden class: all of them cost less than one look-up in a loop.
 */
export function carriesDriverName(holder: object): boolean {
  return (
    // options
    'allowDiskUse' in holder || 'allowPartialResults' in holder || 'arrayFilters' in holder || 'authdb' in holder ||
    'awaitData' in holder || 'batchSize' in holder || 'bsonRegExp' in holder || 'bypassDocumentValidation' in holder ||
    'bypassPinningCheck' in holder || 'checkKeys' in holder || 'collation' in holder || 'comment' in holder || 'cursor' in holder ||
    'dbName' in holder || 'directConnection' in holder || 'documentsReturnedIn' in holder || 'enableUtf8Validation' in holder ||
    'exhaustAllowed' in holder || 'explain' in holder || 'fieldsAsRaw' in holder || 'forceServerObjectId' in holder ||
    'fsync' in holder || 'hedge' in holder || 'hint' in holder || 'ignoreUndefined' in holder || 'includeResultMetadata' in holder ||
    'j' in holder || 'journal' in holder || 'let' in holder || 'level' in holder || 'limit' in holder || 'max' in holder ||
    'maxAwaitTimeMS' in holder || 'maxCommitTimeMS' in holder || 'maxStalenessSeconds' in holder || 'maxTimeMS' in holder ||
    'min' in holder || 'moreToCome' in holder || 'multi' in holder || 'noCursorTimeout' in holder || 'noResponse' in holder ||
    'omitMaxTimeMS' in holder || 'oplogReplay' in holder || 'ordered' in holder || 'out' in holder || 'projection' in holder ||
    'promoteBuffers' in holder || 'promoteLongs' in holder || 'promoteValues' in holder || 'raw' in holder || 'rawData' in holder ||
    'readConcern' in holder || 'readPreference' in holder || 'readPreferenceTags' in holder || 'returnDocument' in holder ||
    'retryWrites' in holder || 'returnKey' in holder || 'serializeFunctions' in holder || 'session' in holder ||
    'showRecordId' in holder || 'signal' in holder || 'singleBatch' in holder || 'skip' in holder || 'sort' in holder ||
    'tailable' in holder || 'timeout' in holder || 'timeoutContext' in holder || 'timeoutMS' in holder || 'timeoutMode' in holder ||
    'upsert' in holder || 'useBigInt64' in holder || 'w' in holder || 'willRetryWrite' in holder || 'writeConcern' in holder ||
    'wtimeout' in holder || 'wtimeoutMS' in holder ||
    // what is set on commands and on the statements in them
    '$clusterTime' in holder || '$db' in holder || '$readPreference' in holder || 'afterClusterTime' in holder ||
    'atClusterTime' in holder || 'autocommit' in holder || 'fields' in holder || 'lsid' in holder || 'new' in holder ||
    'query' in holder || 'recoveryToken' in holder || 'remove' in holder || 'startTransaction' in holder || 'txnNumber' in holder ||
    'update' in holder ||
    // fields of commands, answers, sessions, cursors and operations
    '__nodejs_mock_server__' in holder || '_batch' in holder || '_id' in holder || '_serverSession' in holder || '_session' in holder ||
    'abortTransaction' in holder || 'aspects' in holder || 'batchType' in holder || 'bson' in holder || 'bsonOptions' in holder ||
    'cache' in holder || 'causalConsistency' in holder || 'chunks' in holder || 'client' in holder || 'clientOptions' in holder ||
    'clusterTime' in holder || 'code' in holder || 'collection' in holder || 'collectionName' in holder || 'command' in holder ||
    'commitTransaction' in holder || 'compressor' in holder || 'cursorClient' in holder || 'cursorFilter' in holder ||
    'cursorId' in holder || 'cursorNamespace' in holder || 'cursorOptions' in holder || 'cursorSession' in holder || 'data' in holder ||
    'db' in holder || 'defaultTransactionOptions' in holder || 'deletedCount' in holder || 'deserializationOptions' in holder ||
    'documents' in holder || 'elements' in holder || 'encryptedResponse' in holder || 'explicit' in holder || 'field' in holder ||
    'filter' in holder || 'findOptions' in holder || 'hash' in holder || 'head' in holder || 'header' in holder || 'id' in holder ||
    'idleTime' in holder || 'index' in holder || 'indexFound' in holder || 'initialClusterTime' in holder ||
    'insertedCount' in holder || 'insertedIds' in holder || 'iterated' in holder || 'key' in holder || 'keyId' in holder ||
    'matchedCount' in holder || 'modifiedCount' in holder || 'n' in holder || 'nModified' in holder || 'ns' in holder ||
    'offset' in holder || 'ok' in holder || 'operations' in holder || 'options' in holder || 'opts' in holder ||
    'originalIndexes' in holder || 'pinnedConnection' in holder || 'pipeline' in holder || 'rejection' in holder ||
    'result' in holder || 's' in holder || 'sections' in holder || 'selectedServer' in holder ||
    'serializedDocumentsLength' in holder || 'serializedOperations' in holder || 'server' in holder || 'sessionPool' in holder ||
    'snapshot' in holder || 'socketTimeoutMS' in holder || 'state' in holder || 'statements' in holder || 'supports' in holder ||
    'target' in holder || 'transaction' in holder || 'transform' in holder || 'txnNumberIncrement' in holder || 'upserted' in holder ||
    'upsertedCount' in holder || 'upsertedIds' in holder || 'values' in holder || 'writeErrors' in holder
  );
}
