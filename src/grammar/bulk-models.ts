/** The models of a bulk with their fields. `replaceOne` is not one: it erases the fields that it does not name. */
export const BULK_MODELS = {
  insertOne: ['document', 'trusted'],
  updateOne: ['filter', 'update', 'arrayFilters', 'upsert', 'collation', 'trusted'],
  updateMany: ['filter', 'update', 'arrayFilters', 'upsert', 'collation', 'trusted'],
  deleteOne: ['filter', 'collation', 'trusted'],
  deleteMany: ['filter', 'collation', 'trusted'],
} as const;

export type BulkOperation = keyof typeof BULK_MODELS;

/** The fields of one model of a bulk. */
export type BulkField<Model extends BulkOperation> = (typeof BULK_MODELS)[Model][number];
