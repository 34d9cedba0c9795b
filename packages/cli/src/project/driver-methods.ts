/** What a method of the driver's collection does, and the positions of its arguments. */
export interface DriverMethodShape {
  /** `read` returns documents, `count` says how many or whether, `write` changes some, `other` is administration. */
  readonly kind: 'read' | 'count' | 'write' | 'other';
  readonly filter?: number;
  readonly pipeline?: number;
  readonly document?: number;
  readonly update?: number;
  readonly options?: number;
  /** Whether only the driver uses this name, so that a call on an untyped receiver is reported. */
  readonly telling?: true;
}

const METHODS = {
  find: { kind: 'read', filter: 0, options: 1 },
  findOne: { kind: 'read', filter: 0, options: 1 },
  findOneAndUpdate: { kind: 'read', filter: 0, update: 1, options: 2, telling: true },
  findOneAndReplace: { kind: 'read', filter: 0, document: 1, options: 2, telling: true },
  findOneAndDelete: { kind: 'read', filter: 0, options: 1, telling: true },
  findAndModify: { kind: 'read', filter: 0, update: 2, options: 3, telling: true },
  aggregate: { kind: 'read', pipeline: 0, options: 1 },
  watch: { kind: 'read', pipeline: 0, options: 1 },
  distinct: { kind: 'read', filter: 1, options: 2 },
  count: { kind: 'count', filter: 0, options: 1 },
  countDocuments: { kind: 'count', filter: 0, options: 1, telling: true },
  estimatedDocumentCount: { kind: 'count', options: 0, telling: true },
  insert: { kind: 'write', document: 0, options: 1 },
  insertOne: { kind: 'write', document: 0, options: 1, telling: true },
  insertMany: { kind: 'write', document: 0, options: 1, telling: true },
  save: { kind: 'write', document: 0, options: 1 },
  update: { kind: 'write', filter: 0, update: 1, options: 2 },
  updateOne: { kind: 'write', filter: 0, update: 1, options: 2, telling: true },
  updateMany: { kind: 'write', filter: 0, update: 1, options: 2, telling: true },
  replaceOne: { kind: 'write', filter: 0, document: 1, options: 2, telling: true },
  remove: { kind: 'write', filter: 0, options: 1 },
  deleteOne: { kind: 'write', filter: 0, options: 1, telling: true },
  deleteMany: { kind: 'write', filter: 0, options: 1, telling: true },
  bulkWrite: { kind: 'write', document: 0, options: 1, telling: true },
  initializeOrderedBulkOp: { kind: 'write', options: 0, telling: true },
  initializeUnorderedBulkOp: { kind: 'write', options: 0, telling: true },
  createIndex: { kind: 'other', options: 1 },
  createIndexes: { kind: 'other', options: 1 },
  ensureIndex: { kind: 'other', options: 1 },
  dropIndex: { kind: 'other', options: 1 },
  dropIndexes: { kind: 'other', options: 0 },
  indexes: { kind: 'other', options: 0 },
  listIndexes: { kind: 'other', options: 0 },
  drop: { kind: 'other', options: 0 },
  rename: { kind: 'other', options: 1 },
  stats: { kind: 'other', options: 0 },
  mapReduce: { kind: 'other', options: 2 },
} as const satisfies Record<string, DriverMethodShape>;

export type DriverMethod = keyof typeof METHODS;

export function methodShape(name: DriverMethod): DriverMethodShape {
  return METHODS[name];
}

export function isDriverMethod(name: string): name is DriverMethod {
  return Object.hasOwn(METHODS, name);
}
