import type { CollationOptions } from 'mongodb';

import type { BulkField, BulkOperation } from '../../grammar/bulk-models.ts';
import type { UsedPart } from '../../grammar/trusted-parts.ts';
import type { AnyFields } from '../any-value.ts';
import type { Capabilities } from '../capabilities.ts';
import type { CheckCollation } from '../check-collation.ts';
import type { CheckOf, Faults } from '../every-member.ts';
import type { CheckFilter, CheckManyFilter } from '../filter.ts';
import type { IsOpaque } from '../is-opaque.ts';
import type { IsUnion } from '../is-union.ts';
import type { Refused } from '../refused.ts';
import type { SameNames } from '../same-names.ts';
import type { CheckTargeted, CheckTargetedUpsert } from '../shard-key.ts';
import type { CheckTrusted, Untrusted } from '../trusted.ts';
import type { IsAny } from '../type-fest.ts';
import type { CheckArrayFilters } from './check-array-filters.ts';
import type { CheckInsert } from './check-insert.ts';
import type { CheckPlaced } from './check-placed.ts';
import type { CheckReplacement, CheckReplaceTrusted, ReplacingUpdate } from './check-replacement.ts';
import type { CheckUpdate } from './check-update.ts';
import type { CheckUpsert } from './check-upsert.ts';

/** Completions for a model of a bulk. */
export type BulkModelShape = { readonly [K in BulkOperation]?: ModelShape } | object;

interface ModelShape {
  readonly document?: AnyFields | {};
  readonly filter?: AnyFields | {};
  readonly update?: { readonly [operator: string]: AnyFields | {} } | {};
  readonly replacement?: AnyFields | {};
}

/** Models checked against the view, each by itself. */
export type CheckModels<TDoc, C extends Capabilities, M> = 0 extends 1 & C
  ? unknown
  : IsAny<M> extends true
    ? never
    : { readonly [I in keyof M]: CheckModel<TDoc, C, M[I]> };

type CheckModel<TDoc, C extends Capabilities, X> =
  IsAny<X> extends true
    ? never
    : IsUnion<X> extends true
      ? CheckOf<X extends unknown ? Faults<CheckModel<TDoc, C, X>> : never>
      : IsOpaque<X> extends true
        ? Refused<'a model of a bulk must be a literal: this type does not say what it writes'>
        : {
            readonly [K in keyof X]: IsAny<X[K]> extends true
              ? never
              : K extends BulkOperation
                ? CheckBody<TDoc, C, K, X[K]> & Needs<K>
                : Refused<`'${K & string}' is not an operation of a bulk`>;
          };

/** The required fields of a model. */
type Needs<K> = K extends 'insertOne'
  ? { readonly document: unknown }
  : K extends 'updateOne' | 'updateMany'
    ? { readonly filter: unknown; readonly update: unknown }
    : K extends 'replaceOne'
      ? { readonly filter: unknown; readonly replacement: unknown }
      : { readonly filter: unknown };

type CheckBody<TDoc, C extends Capabilities, K extends BulkOperation, B> = {
  readonly [Field in keyof B]: IsAny<B[Field]> extends true
    ? never
    : Field extends BulkField<K>
      ? CheckField<TDoc, C, K, B, Field>
      : Refused<`'${Field & string}' is not a field of '${K & string}' in a bulk`>;
};

type CheckField<TDoc, C extends Capabilities, K, B, Field extends keyof B & FieldName> = FieldChecks<
  TDoc,
  C,
  K,
  B,
  B[Field]
>[Field];

type FieldName = SameNames<BulkField<BulkOperation>, AnyField, BulkField<BulkOperation>>;

type AnyField = keyof FieldChecks<unknown, Capabilities, unknown, unknown, unknown>;

/** The check of each field of a model. It is looked up by name, so only the used member is evaluated. */
interface FieldChecks<TDoc, C extends Capabilities, K, B, X> {
  document: CheckInsert<TDoc, C, X, B>;
  trusted:
    | (K extends 'replaceOne'
        ? CheckReplaceTrusted<TDoc, C, Exclude<X, undefined>>
        : CheckTrusted<
            TDoc,
            C,
            Exclude<X, undefined>,
            UsedPart<K extends 'insertOne' ? 'insert' : K extends 'deleteOne' | 'deleteMany' ? 'delete' : 'update'>
          >)
    | undefined;
  filter: (K extends 'updateMany' | 'deleteMany'
    ? CheckManyFilter<TDoc, C, X> & CheckTargetedUpsert<C, C['shardKey'], X, B>
    : CheckFilter<TDoc, C, X> & CheckTargeted<C, C['shardKey'], X, B>) &
    CheckUpsert<
      TDoc,
      C,
      X,
      B,
      B extends { readonly update: infer U }
        ? U
        : B extends { readonly replacement: infer R }
          ? ReplacingUpdate<R, B>
          : {}
    >;
  collation:
    | (CollationOptions &
        (B extends { readonly filter: infer F } ? CheckCollation<C, F, Exclude<X, undefined>> : unknown))
    | undefined;
  update: CheckUpdate<TDoc, C, X, B> &
    (B extends { readonly filter: infer F } ? CheckPlaced<TDoc, C, F, X, B> : unknown);
  replacement: CheckReplacement<TDoc, C, X, B>;
  keep: 'private' | undefined;
  upsert: boolean | undefined;
  arrayFilters:
    | (readonly object[] &
        (B extends { readonly update: infer U }
          ? CheckArrayFilters<TDoc, C, Untrusted<U>, Exclude<X, undefined>>
          : unknown))
    | undefined;
}
