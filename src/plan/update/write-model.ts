import type { Emitted } from '../emit.ts';
import type { BoundFilter } from '../scope/bound.ts';
import type { BoundDocument } from '../scope/bound-document.ts';

/** A document to be stored. */
export interface InsertModel {
  readonly kind: 'insertOne';
  readonly document: BoundDocument;
}

/** An update of the matching documents. */
export interface UpdateModel {
  readonly kind: 'updateOne' | 'updateMany';
  readonly filter: BoundFilter;
  readonly update: Emitted;
  readonly arrayFilters: readonly Emitted[];
  readonly upsert: boolean;
  /** Whether the result may have `modifiedCount`. It reveals whether the value was stored before, so each written path has to be filterable. */
  readonly tellsModified: boolean;
  /** The filter without the version, if the call has one. */
  readonly unversioned: BoundFilter | undefined;
}

/** A deletion of the matching documents. */
export interface DeleteModel {
  readonly kind: 'deleteOne' | 'deleteMany';
  readonly filter: BoundFilter;
  readonly unversioned: BoundFilter | undefined;
}

/** One authorised write, by itself or in a bulk. */
export type WriteModel = InsertModel | UpdateModel | DeleteModel;
