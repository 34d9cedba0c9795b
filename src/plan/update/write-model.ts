import type { Emitted } from '../emit.ts';

/** A document to be stored. */
export interface InsertModel {
  readonly kind: 'insertOne';
  readonly document: Emitted;
}

/** A change to the documents that match. */
export interface UpdateModel {
  readonly kind: 'updateOne' | 'updateMany';
  readonly filter: Emitted;
  readonly update: Emitted;
  readonly arrayFilters: readonly Emitted[];
  readonly upsert: boolean;
  /** Whether `modifiedCount` may be told: it shows whether a value was there before, so each written path is filterable. */
  readonly tellsModified: boolean;
  /** The filter without the demanded version, where one was demanded. */
  readonly unversioned: Emitted | undefined;
}

/** The removal of the documents that match. */
export interface DeleteModel {
  readonly kind: 'deleteOne' | 'deleteMany';
  readonly filter: Emitted;
  readonly unversioned: Emitted | undefined;
}

/** One authorised write, alone or in a bulk. */
export type WriteModel = InsertModel | UpdateModel | DeleteModel;
