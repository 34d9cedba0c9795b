import type { UsedPart } from '../../grammar/trusted-parts.ts';
import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { ValueAt } from '../path-value.ts';
import type { ResultOf } from '../projection.ts';
import type { Trusted, Untrusted } from '../trusted.ts';
import type { WrittenFields } from './update-path.ts';

/** The type of a document's `_id`. */
export type IdOf<TDoc> = ValueAt<Stored<TDoc>, '_id'>;

/** The result of `insertOne`; with a projection, the document's public shape too. */
export type InsertOneResult<TDoc, TPublic, O> = {
  readonly acknowledged: boolean;
  readonly insertedId: IdOf<TDoc>;
} & ProjectedAs<
  'document',
  O extends { readonly projection?: infer P } ? ResultOf<TPublic, Exclude<P, undefined>> : never,
  O
>;

/** The result of `insertMany`; with a projection, the documents' public shape too. */
export type InsertManyResult<TDoc, TPublic, O> = {
  readonly acknowledged: boolean;
  readonly insertedCount: number;
  readonly insertedIds: Readonly<Record<number, IdOf<TDoc>>>;
} & ProjectedAs<
  'documents',
  O extends { readonly projection?: infer P } ? readonly ResultOf<TPublic, Exclude<P, undefined>>[] : never,
  O
>;

/** The additional result of an insert with a projection; it is optional if the projection is. */
type ProjectedAs<Name extends string, Answer, O> = 'projection' extends keyof O
  ? undefined extends O['projection']
    ? { readonly [K in Name]?: Answer }
    : { readonly [K in Name]: Answer }
  : unknown;

/** The result of `updateOne` and `updateMany`. */
export type UpdateResult<TDoc, C extends Capabilities, U, O> = {
  readonly acknowledged: boolean;
  readonly matchedCount: number;
  readonly upsertedCount: number;
  readonly upsertedId: IdOf<TDoc> | null;
} & ModifiedCount<C, U, O>;

/**
 * `modifiedCount` reveals whether a value was stored before, so it exists only if each written path is filterable. The paths that
 * `trusted` writes are known only at run time.
 */
type ModifiedCount<C extends Capabilities, U, O> = [WrittenFields<Untrusted<U>>] extends [C['filterable']]
  ? CountedUnlessTrusted<O>
  : unknown;

type CountedUnlessTrusted<O> = 'trusted' extends keyof O
  ? [OnlySelects<O['trusted']>] extends [true]
    ? { readonly modifiedCount: number }
    : { readonly modifiedCount?: number }
  : { readonly modifiedCount: number };

/** Whether trusted parts write nothing, in each case. */
type OnlySelects<T> =
  Exclude<T, undefined> extends Trusted<infer Parts>
    ? Parts extends unknown
      ? [keyof Parts] extends [never]
        ? false
        : [keyof Parts] extends [SelectingPart]
          ? true
          : false
      : never
    : false;

type SelectingPart = Exclude<UsedPart<'update' | 'replace'>, 'update' | 'set'>;

/** The result of `replaceOne`: it writes every writable path. */
export type ReplaceResult<TDoc, C extends Capabilities, O> = {
  readonly acknowledged: boolean;
  readonly matchedCount: number;
  readonly upsertedCount: number;
  readonly upsertedId: IdOf<TDoc> | null;
} & ([C['writable']] extends [C['filterable']] ? CountedUnlessTrusted<O> : unknown);

/** The result of `findOneAndUpdate`: the document, or with `includeUpserted` the document and whether the call created it. */
export type ModifiedResult<Answer, O> = O extends { readonly includeUpserted: infer Asked }
  ? ([Asked] extends [true] ? never : Answer | null) | (true extends Asked ? UpsertedResult<Answer> : never)
  : 'includeUpserted' extends keyof O
    ? Answer | null | UpsertedResult<Answer>
    : Answer | null;

/** A document, and whether an upsert created it. */
type UpsertedResult<Answer> = {
  /** The document before or after the change, or `null`. */
  readonly value: Answer | null;
  /** Whether no document matched, so that the call created one. */
  readonly upserted: boolean;
};

/** The result of `deleteOne` and `deleteMany`. */
export interface DeleteResult {
  readonly acknowledged: boolean;
  readonly deletedCount: number;
}

/** The result of `bulkWrite`. `modifiedCount` is left out if a written path is not filterable. */
export interface BulkWriteResult<TDoc> {
  readonly insertedCount: number;
  readonly matchedCount: number;
  readonly modifiedCount?: number;
  readonly deletedCount: number;
  readonly upsertedCount: number;
  readonly upsertedIds: Readonly<Record<number, IdOf<TDoc>>>;
  readonly insertedIds: Readonly<Record<number, IdOf<TDoc>>>;
}
