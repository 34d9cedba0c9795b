/** Options that are passed to the driver after a check. */
export const PASSED_OPTIONS = [
  'limit',
  'batchSize',
  'skip',
  'maxTimeMS',
  'allowDiskUse',
  'noCursorTimeout',
  'comment',
  'ordered',
  'upsert',
  'returnDocument',
  'writeConcern',
  'collation',
  'readConcern',
  'readPreference',
  'session',
  'signal',
] as const;

export type PassedOption = (typeof PASSED_OPTIONS)[number];

/** Options that the library itself reads. */
const PLAN_OPTIONS = [
  'projection',
  'populate',
  'sort',
  'trusted',
  'arrayFilters',
  'version',
  'includeUpserted',
  'ejson',
  'keep',
  'resumeAfter',
  'group',
  'lease',
  'after',
  'before',
] as const;

/** The options of all methods. */
export type AnyOption = PassedOption | (typeof PLAN_OPTIONS)[number];

const CALL = ['session', 'readConcern', 'readPreference', 'collation', 'maxTimeMS', 'comment', 'trusted'] as const;
const FIND = [
  ...CALL,
  'projection',
  'sort',
  'limit',
  'skip',
  'batchSize',
  'allowDiskUse',
  'noCursorTimeout',
  'signal',
] as const;
const FIND_ONE = [...CALL, 'projection', 'sort', 'skip', 'allowDiskUse', 'signal'] as const;
const BULK = ['session', 'writeConcern', 'maxTimeMS', 'comment'] as const;
const WRITE = ['session', 'writeConcern', 'maxTimeMS', 'comment', 'trusted'] as const;

/** The options of each method. All other options are refused. */
export const METHOD_OPTIONS = {
  find: FIND,
  findOne: FIND_ONE,
  findJson: [...FIND, 'ejson'],
  findOneJson: [...FIND_ONE, 'ejson'],
  exists: [...CALL, 'signal'],
  countDocuments: [...CALL, 'limit', 'skip', 'signal'],
  distinct: [...CALL],
  aggregate: [...CALL, 'batchSize', 'allowDiskUse', 'signal'],
  watch: ['trusted', 'projection', 'resumeAfter', 'batchSize', 'comment', 'signal'],
  consume: ['trusted', 'projection', 'group', 'lease', 'batchSize', 'comment', 'signal'],
  findPopulated: [...CALL, 'projection', 'populate', 'sort', 'skip', 'limit', 'batchSize', 'allowDiskUse', 'signal'],
  paginate: [...CALL, 'projection', 'sort', 'limit', 'after', 'before', 'allowDiskUse', 'signal'],
  insertOne: [...WRITE, 'projection'],
  insertMany: [...WRITE, 'projection', 'ordered'],
  updateOne: [...WRITE, 'collation', 'upsert', 'arrayFilters', 'version'],
  updateMany: [...WRITE, 'collation', 'upsert', 'arrayFilters'],
  replaceOne: [...WRITE, 'collation', 'upsert', 'version', 'keep'],
  deleteOne: [...WRITE, 'collation', 'version'],
  deleteMany: [...WRITE, 'collation'],
  findOneAndUpdate: [
    ...WRITE,
    'collation',
    'upsert',
    'arrayFilters',
    'version',
    'projection',
    'sort',
    'returnDocument',
    'includeUpserted',
  ],
  findOneAndReplace: [
    ...WRITE,
    'collation',
    'upsert',
    'version',
    'keep',
    'projection',
    'sort',
    'returnDocument',
    'includeUpserted',
  ],
  findOneAndDelete: [...WRITE, 'collation', 'version', 'projection', 'sort'],
  bulkWrite: [...BULK, 'ordered'],
  initializeOrderedBulkOp: BULK,
  initializeUnorderedBulkOp: BULK,
  execute: BULK,
  estimatedDocumentCount: ['session', 'readConcern', 'readPreference', 'maxTimeMS', 'comment'],
} as const satisfies Readonly<Record<string, readonly AnyOption[]>>;

/** The name of a method that takes options. */
export type MethodName = keyof typeof METHOD_OPTIONS;

/** Options of the driver that no method here accepts, with the reason. */
export const REFUSED_OPTIONS = {
  raw: 'it returns the stored bytes',
  returnKey: 'it overrides the projection with index keys',
  fields: 'it is an old name of the projection',
  fieldsAsRaw: 'it returns stored bytes',
  showRecordId: 'it adds a field that the view does not declare',
  hint: 'an index on a private path changes the order of rows and drops some',
  min: 'it limits rows by a private index',
  max: 'it limits rows by a private index',
  explain: 'it returns the plan, not the result',
  out: 'it writes to another collection',
  dbName: 'it sends the command to another database',
  authdb: 'it sends the command to another database',
  ignoreUndefined: 'it would drop conditions of a filter; to drop undefined keys, pass defined(object)',
  let: 'it passes variables to expressions',
  tailable: 'it keeps a cursor open past its result',
  includeResultMetadata:
    'it adds server metadata; to learn if an upsert created a document, pass includeUpserted: true',
  bypassDocumentValidation: 'it turns schema validation off',
  serializeFunctions: 'it stores code',
  checkKeys: 'it changes which keys are stored',
  forceServerObjectId: 'it changes where the _id is made',
} as const satisfies Readonly<Record<string, string>> & { readonly [name in AnyOption]?: never };
