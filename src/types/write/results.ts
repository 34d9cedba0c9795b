import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { ValueAt } from '../path-value.ts';
import type { ResultOf } from '../projection.ts';
import type { Untrusted } from '../trusted.ts';
import type { WrittenFields } from './update-path.ts';

/** The type of a document's `_id`. */
export type IdOf<TDoc> = ValueAt<Stored<TDoc>, '_id'>;

/** What `insertOne` answers; with a projection, the document's public shape too. */
export type InsertOneResult<TDoc, TPublic, O> = {
  readonly acknowledged: boolean;
  readonly insertedId: IdOf<TDoc>;
} & ProjectedAs<
  'document',
  O extends { readonly projection?: infer P } ? ResultOf<TPublic, Exclude<P, undefined>> : never,
  O
>;

/** What `insertMany` answers; with a projection, the documents' public shape too. */
export type InsertManyResult<TDoc, TPublic, O> = {
  readonly acknowledged: boolean;
  readonly insertedCount: number;
  readonly insertedIds: Readonly<Record<number, IdOf<TDoc>>>;
} & ProjectedAs<
  'documents',
  O extends { readonly projection?: infer P } ? readonly ResultOf<TPublic, Exclude<P, undefined>>[] : never,
  O
>;

/** What an insert answers in addition if it has a projection; it may be missing where the projection may. */
type ProjectedAs<Name extends string, Answer, O> = 'projection' extends keyof O
  ? undefined extends O['projection']
    ? { readonly [K in Name]?: Answer }
    : { readonly [K in Name]: Answer }
  : unknown;

/** What `updateOne` and `updateMany` answer. */
export type UpdateResult<TDoc, C extends Capabilities, U, O> = {
  readonly acknowledged: boolean;
  readonly matchedCount: number;
  readonly upsertedCount: number;
  readonly upsertedId: IdOf<TDoc> | null;
} & ModifiedCount<C, U, O>;

/**
 * `modifiedCount` tells whether a value was there before, so it is there only where each written path is filterable. What
 * `trusted` writes is known at run time alone.
 */
type ModifiedCount<C extends Capabilities, U, O> = [WrittenFields<Untrusted<U>>] extends [C['filterable']]
  ? 'trusted' extends keyof O
    ? { readonly modifiedCount?: number }
    : { readonly modifiedCount: number }
  : unknown;

/** What `deleteOne` and `deleteMany` answer. */
export interface DeleteResult {
  readonly acknowledged: boolean;
  readonly deletedCount: number;
}

/** What `bulkWrite` answers. `modifiedCount` is left out where a written path is not filterable. */
export interface BulkWriteResult<TDoc> {
  readonly insertedCount: number;
  readonly matchedCount: number;
  readonly modifiedCount?: number;
  readonly deletedCount: number;
  readonly upsertedCount: number;
  readonly upsertedIds: Readonly<Record<number, IdOf<TDoc>>>;
  readonly insertedIds: Readonly<Record<number, IdOf<TDoc>>>;
}
