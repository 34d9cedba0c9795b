import type {
  ClientSession,
  CollationOptions,
  ReadConcern,
  ReadConcernLevel,
  ReadPreference,
  ReadPreferenceMode,
} from 'mongodb';

import type { CollationField } from '../grammar/collation-fields.ts';
import type { AnyOption, METHOD_OPTIONS, MethodName } from '../grammar/method-options.ts';
import type { UsedPart } from '../grammar/trusted-parts.ts';
import type { WriteConcernField } from '../grammar/write-concern-fields.ts';
import type { Capabilities } from './capabilities.ts';
import type { CheckCollation } from './check-collation.ts';
import type { CheckProjection, ProjectionShape } from './projection.ts';
import type { Refused } from './refused.ts';
import type { SameNames } from './same-names.ts';
import type { CheckSort, SortShape } from './sort.ts';
import type { CheckTrusted, Trusted, TrustedShape } from './trusted.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { CheckArrayFilters } from './write/check-array-filters.ts';

/** The options of all methods, as in the driver. `METHOD_OPTIONS` lists which of them a method takes. */
export interface AllOptions<C extends Capabilities> {
  /** The public paths of the result. */
  readonly projection: ProjectionShape<C>;
  /** The documents to join, by the name of the field for them. */
  readonly populate: object;
  /** Sortable paths with `1` or `-1`, as an object or as `[path, direction]` pairs. */
  readonly sort?: SortShape<C>;
  /** Conditions and values of the program, made by `trusted()`. */
  readonly trusted?: Trusted<TrustedShape>;
  /** The highest number of documents; 1 or more. */
  readonly limit?: number;
  /** The number of documents to skip; 0 or more. */
  readonly skip?: number;
  /** The number of documents in each batch; 1 or more. */
  readonly batchSize?: number;
  /** The time limit on the server, in milliseconds. */
  readonly maxTimeMS?: number;
  readonly allowDiskUse?: boolean;
  readonly noCursorTimeout?: boolean;
  /** A note for the server's log and profiler. */
  readonly comment?: string;
  readonly collation?: Pick<CollationOptions, CollationName>;
  readonly readConcern?: ReadConcernLevel | { readonly level: ReadConcernLevel } | ReadConcern;
  readonly readPreference?: ReadPreferenceMode | ReadPreference;
  /** A session of the collection's client, passed to the driver by identity. */
  readonly session?: ClientSession;
  readonly signal?: AbortSignal;
  /** Whether a failed write stops the later ones (default). With `false` they continue. */
  readonly ordered?: boolean;
  /** Whether to create a document if none matches. The equalities copied from the filter have to be writable. */
  readonly upsert?: boolean;
  /** Conditions for the elements of each `$[identifier]`, on filterable paths. */
  readonly arrayFilters?: readonly object[];
  /** The version that the document has to have. Requires a `version` path in the view. */
  readonly version?: number;
  /** Whether to return the document as it was before (default) or after the change. */
  readonly returnDocument?: 'before' | 'after';
  readonly writeConcern?: Pick<WriteConcern, ConcernName>;
}

type CollationName = SameNames<CollationField, keyof CollationOptions, Exclude<CollationField, keyof CollationOptions>>;

type ConcernName = SameNames<WriteConcernField, keyof WriteConcern, Exclude<WriteConcernField, keyof WriteConcern>>;

interface WriteConcern {
  readonly w?: number | 'majority';
  readonly journal?: boolean;
  readonly wtimeoutMS?: number;
}

/** The names of all options. */
type AllNames = SameNames<
  AnyOption,
  keyof AllOptions<Capabilities>,
  Exclude<AnyOption, keyof AllOptions<Capabilities>>
>;

/** The options that a method lists. */
export type OptionName<M extends MethodName> = (typeof METHOD_OPTIONS)[M][number] & AllNames;

/** The options that a method takes. */
export type OptionsOf<M extends MethodName, C extends Capabilities> = M extends 'insertOne' | 'insertMany'
  ? Partial<Pick<AllOptions<C>, OptionName<M> & keyof AllOptions<C>>>
  : Pick<AllOptions<C>, OptionName<M> & keyof AllOptions<C>>;

/** The parts of `trusted` that a method uses. */
export type TrustedPartOf<M extends MethodName> = M extends 'insertOne' | 'insertMany'
  ? UsedPart<'insert'>
  : M extends 'updateOne' | 'updateMany' | 'findOneAndUpdate'
    ? UsedPart<'update'>
    : M extends 'aggregate' | 'findPopulated'
      ? UsedPart<'join'>
      : UsedPart<M extends 'deleteOne' | 'deleteMany' | 'findOneAndDelete' ? 'delete' : 'read'>;

/** Options checked against the method, the view and the filter of the call. An option that the method does not list is refused. */
export type CheckOptions<M extends MethodName, TDoc, TPublic, C extends Capabilities, O, F = unknown> =
  IsAny<O> extends true
    ? never
    : {
        readonly [K in keyof O]: K extends OptionName<M>
          ? CheckOption<M, TDoc, TPublic, C, K, O[K], F>
          : IsAny<O[K]> extends true
            ? never
            : Refused<`'${K & string}' is not an option of ${M}()`>;
      };

/**
 * Optional options, as rest arguments. An optional parameter accepts `undefined`, and with it `any`; a rest argument does not.
 */
export type OptionalOptions<O, Check> =
  IsAny<O> extends true ? readonly [options: never] : readonly [options?: O & Check];

/**
 * The same with completions: while an option is being typed, the editor assumes empty options, so the options of the method are
 * part of the type.
 */
export type OfferOptions<M extends MethodName, TDoc, TPublic, C extends Capabilities, O, F = unknown> = OptionsOf<
  M,
  C
> &
  CheckOptions<M, TDoc, TPublic, C, O, F>;

/** Options of an updating method, with `arrayFilters` checked against the update. */
export type CheckUpdateOptions<
  M extends MethodName,
  TDoc,
  TPublic,
  C extends Capabilities,
  U,
  O,
  F = unknown,
> = OfferOptions<M, TDoc, TPublic, C, O, F> & {
  readonly [K in keyof O]: K extends 'arrayFilters'
    ? CheckArrayFilters<TDoc, C, U, O[K]>
    : K extends 'version'
      ? O extends { readonly upsert: true }
        ? Refused<'an upsert takes no `version`'>
        : unknown
      : unknown;
};

type CheckOption<M extends MethodName, TDoc, TPublic, C extends Capabilities, K, X, F> = K extends 'projection'
  ? CheckProjection<TPublic, C, X>
  : IsAny<X> extends true
    ? never
    : K extends 'version'
      ? IsNever<C['version']> extends true
        ? Refused<'the view names no `version` path'>
        : unknown
      : K extends 'sort'
        ? CheckSort<C, X>
        : K extends 'trusted'
          ? CheckTrusted<TDoc, C, X, TrustedPartOf<M>>
          : K extends 'collation'
            ? CheckCollation<C, F, X>
            : unknown;
