import type { CollationOptions } from 'mongodb';

import type { Capabilities } from '../capabilities.ts';
import type { CheckCollation } from '../check-collation.ts';
import type { CheckFilter, CheckManyFilter } from '../filter.ts';
import type { Refused } from '../refused.ts';
import type { CheckTrusted } from '../trusted.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckArrayFilters } from './check-array-filters.ts';
import type { CheckInsert } from './check-insert.ts';
import type { CheckPlaced } from './check-placed.ts';
import type { CheckUpdate } from './check-update.ts';
import type { CheckUpsert } from './check-upsert.ts';
import type { RequiredKeys } from './required-fields.ts';
import type { TrustedSet } from './trusted-set.ts';

/** The operations of a bulk, as in the driver. `replaceOne` is not among them. */
export type BulkOperation = 'insertOne' | 'updateOne' | 'updateMany' | 'deleteOne' | 'deleteMany';

/** What completion offers as a model of a bulk. */
export type BulkModelShape = { readonly [K in BulkOperation]?: object } | object;

/** Written models held to the view, each by itself. */
export type CheckModels<TDoc, C extends Capabilities, M> =
  IsAny<M> extends true ? never : { readonly [I in keyof M]: CheckModel<TDoc, C, M[I]> };

type CheckModel<TDoc, C extends Capabilities, X> =
  IsAny<X> extends true
    ? never
    : {
        readonly [K in keyof X]: IsAny<X[K]> extends true
          ? never
          : K extends BulkOperation
            ? CheckBody<TDoc, C, K, X[K]> & Needs<TDoc, C, K>
            : Refused<`'${K & string}' is not an operation of a bulk`>;
      };

/** The fields that a model can't do without. */
type Needs<TDoc, C extends Capabilities, K> = K extends 'insertOne'
  ? { readonly document: unknown } & ([RequiredKeys<TrustedSet<TDoc, C>>] extends [never] ? unknown : { readonly trusted: unknown })
  : K extends 'updateOne' | 'updateMany'
    ? { readonly filter: unknown; readonly update: unknown }
    : { readonly filter: unknown };

type CheckBody<TDoc, C extends Capabilities, K, B> = {
  readonly [Field in keyof B]: IsAny<B[Field]> extends true
    ? never
    : Field extends 'document'
      ? K extends 'insertOne'
        ? CheckInsert<TDoc, C, B[Field], B>
        : Refused<`'${Field & string}' is not a field of '${K & string}' in a bulk`>
      : Field extends 'trusted'
        ? CheckTrusted<TDoc, C, B[Field], K extends 'insertOne' ? 'set' : K extends 'deleteOne' | 'deleteMany' ? 'filter' : 'filter' | 'update' | 'arrayFilters'>
        : Field extends 'filter'
          ? K extends 'insertOne'
            ? Refused<`'${Field & string}' is not a field of '${K & string}' in a bulk`>
            : (K extends 'updateMany' | 'deleteMany' ? CheckManyFilter<TDoc, C, B[Field]> : CheckFilter<TDoc, C, B[Field]>) & CheckUpsert<TDoc, C, B[Field], B, B extends { readonly update: infer U } ? U : {}>
          : Field extends 'collation'
            ? K extends 'insertOne'
              ? Refused<`'${Field & string}' is not a field of '${K & string}' in a bulk`>
              : CollationOptions & (B extends { readonly filter: infer F } ? CheckCollation<C, F, B[Field]> : unknown)
            : K extends 'updateOne' | 'updateMany'
              ? CheckUpdateField<TDoc, C, Field, B, B[Field], K>
              : Refused<`'${Field & string}' is not a field of '${K & string}' in a bulk`>;
};

type CheckUpdateField<TDoc, C extends Capabilities, Field, B, X, K> = Field extends 'update'
  ? CheckUpdate<TDoc, C, X, B> & (B extends { readonly filter: infer F } ? CheckPlaced<TDoc, C, F, X, B> : unknown)
  : Field extends 'upsert'
    ? boolean
    : Field extends 'arrayFilters'
      ? readonly object[] & (B extends { readonly update: infer U } ? CheckArrayFilters<TDoc, C, U, X> : unknown)
      : Refused<`'${Field & string}' is not a field of '${K & string}' in a bulk`>;
