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
import type { CheckOf, Faults } from './every-member.ts';
import type { IsUnion } from './is-union.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { CheckArrayFilters } from './write/check-array-filters.ts';

/** The options of all methods, as the driver has them. Which of them a method takes is listed beside the guard. */
export interface AllOptions<C extends Capabilities> {
  /** The public paths that the result may hold. */
  readonly projection: ProjectionShape<C>;
  /** The documents to join, by the name of the field that they come under. */
  readonly populate: object;
  /** Sortable paths with `1` or `-1`, as an object or as `[path, direction]` pairs. */
  readonly sort?: SortShape<C>;
  /** What the program itself demands or sets, made by `trusted()`. */
  readonly trusted?: Trusted<TrustedShape>;
  /** At most so many documents; 1 or more. */
  readonly limit?: number;
  /** Leave out so many documents first; 0 or more. */
  readonly skip?: number;
  /** Documents for each batch from the server; 1 or more. */
  readonly batchSize?: number;
  /** Milliseconds that the server may work on it. */
  readonly maxTimeMS?: number;
  readonly allowDiskUse?: boolean;
  readonly noCursorTimeout?: boolean;
  /** A note for the server's log and profiler. */
  readonly comment?: string;
  readonly collation?: Pick<CollationOptions, CollationName>;
  readonly readConcern?: ReadConcernLevel | { readonly level: ReadConcernLevel } | ReadConcern;
  readonly readPreference?: ReadPreferenceMode | ReadPreference;
  /** Passes to the driver by identity and is never handed out. */
  readonly session?: ClientSession;
  readonly signal?: AbortSignal;
  /** Whether a failed write stops those after it (default), or the others go on. */
  readonly ordered?: boolean;
  /** Whether to make a document where none matches. What it copies from the filter has to be writable. */
  readonly upsert?: boolean;
  /** Which elements `$[identifier]` means, by filterable paths. */
  readonly arrayFilters?: readonly object[];
  /** The version that the document has to have, where the view names a `version` path. */
  readonly version?: number;
  /** Which document to give back: as it was (default), or as it is now. */
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

/** The parts of `trusted` that a method has a use for. */
export type TrustedPartOf<M extends MethodName> = M extends 'insertOne' | 'insertMany'
  ? UsedPart<'insert'>
  : M extends 'updateOne' | 'updateMany' | 'findOneAndUpdate'
    ? UsedPart<'update'>
    : M extends 'aggregate' | 'findPopulated'
      ? UsedPart<'join'>
      : UsedPart<M extends 'deleteOne' | 'deleteMany' | 'findOneAndDelete' ? 'delete' : 'read'>;

/** Written options held to the method, the view and the filter beside them. Exact: an option that the method does not list is refused. */
export type CheckOptions<M extends MethodName, TDoc, TPublic, C extends Capabilities, O, F = unknown> =
  IsAny<O> extends true
    ? never
    : IsUnion<O> extends true
      ? CheckOf<O extends unknown ? Faults<CheckEachOption<M, TDoc, TPublic, C, O, F>> : never>
      : CheckEachOption<M, TDoc, TPublic, C, O, F>;

type CheckEachOption<M extends MethodName, TDoc, TPublic, C extends Capabilities, O, F> = {
  readonly [K in keyof O]: K extends OptionName<M>
    ? CheckOption<M, TDoc, TPublic, C, K, O[K], F>
    : IsAny<O[K]> extends true
      ? never
      : Refused<`'${K & string}' is not an option of ${M}()`>;
};

/**
 * Options that may be left out, as the arguments that a call has left. A parameter that may be left out takes `undefined`,
 * and whatever takes that takes `any`.
 */
export type OptionalOptions<O, Check> =
  IsAny<O> extends true ? readonly [options: never] : readonly [options?: O & Check];

/**
 * Written options whose parameter may be left out and then stands for none. While one is typed, an editor takes that for what was
 * written; so the options of the method stand beside it.
 */
export type OfferOptions<M extends MethodName, TDoc, TPublic, C extends Capabilities, O, F = unknown> = OptionsOf<
  M,
  C
> &
  CheckOptions<M, TDoc, TPublic, C, O, F>;

/** Written options of a method that updates: their `arrayFilters` are about the update beside them. */
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
