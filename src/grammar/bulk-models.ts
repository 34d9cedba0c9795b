/** The models of a bulk with their fields. */
export const BULK_MODELS = {
  insertOne: ['document', 'trusted'],
  updateOne: ['filter', 'update', 'arrayFilters', 'upsert', 'collation', 'trusted'],
  updateMany: ['filter', 'update', 'arrayFilters', 'upsert', 'collation', 'trusted'],
  replaceOne: ['filter', 'replacement', 'upsert', 'collation', 'trusted', 'keep'],
  deleteOne: ['filter', 'collation', 'trusted'],
  deleteMany: ['filter', 'collation', 'trusted'],
} as const;

export type BulkOperation = keyof typeof BULK_MODELS;

/** The fields of one model of a bulk. */
export type BulkField<Model extends BulkOperation> = (typeof BULK_MODELS)[Model][number];
