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

/** The options of all methods, as the driver has them. Which of them a method takes is listed beside the guard. */
export interface AllOptions<C extends Capabilities> {
  /** The public paths that the result may hold. */
  readonly projection: ProjectionShape<C>;
  /** The documents to join, by the name of the field that they come under. */
  readonly populate: object;
  /** Sortable paths with `1` or `-1`, as an object or as `[path, direction]` pairs. */
  readonly sort?: SortShape<C> | undefined;
  /** What the program itself demands or sets, made by `trusted()`. */
  readonly trusted?: Trusted<TrustedShape> | undefined;
  /** At most so many documents; 1 or more. */
  readonly limit?: number | undefined;
  /** Leave out so many documents first; 0 or more. */
  readonly skip?: number | undefined;
  /** Documents for each batch from the server; 1 or more. */
  readonly batchSize?: number | undefined;
  /** Milliseconds that the server may work on it. */
  readonly maxTimeMS?: number | undefined;
  readonly allowDiskUse?: boolean | undefined;
  readonly noCursorTimeout?: boolean | undefined;
  /** A note for the server's log and profiler. */
  readonly comment?: string | undefined;
  readonly collation?: Pick<CollationOptions, CollationName> | undefined;
  readonly readConcern?: ReadConcernLevel | { readonly level: ReadConcernLevel } | ReadConcern | undefined;
  readonly readPreference?: ReadPreferenceMode | ReadPreference | undefined;
  /** Passes to the driver by identity and is never handed out. */
  readonly session?: ClientSession | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether a failed write stops those after it (default), or the others go on. */
  readonly ordered?: boolean | undefined;
  /** Whether to make a document where none matches. What it copies from the filter has to be writable. */
  readonly upsert?: boolean | undefined;
  /** Which elements `$[identifier]` means, by filterable paths. */
  readonly arrayFilters?: readonly ElementFilter[] | undefined;
  /** The version that the document has to have, where the view names a `version` path. */
  readonly version?: number | undefined;
  /** Which document to give back: as it was (default), or as it is now. */
  readonly returnDocument?: 'before' | 'after' | undefined;
  readonly writeConcern?: Pick<WriteConcern, ConcernName> | undefined;
}

/** A filter of elements. The literals in the values let what is written be inferred as literals too, although the options may be left out. */
type ElementFilter = { readonly [path: string]: WrittenValue } | object;

type WrittenValue =
  | ''
  | (string & {})
  | 0
  | (number & {})
  | bigint
  | boolean
  | null
  | undefined
  | object
  | readonly ElementFilter[];

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

/** An insert returns no document unless its options have a projection. */
interface InsertProjection<C extends Capabilities> {
  /** The public paths that the result may hold. */
  readonly projection?: ProjectionShape<C> | undefined;
}

/** The options that a method takes. */
export type OptionsOf<M extends MethodName, C extends Capabilities> = M extends 'insertOne' | 'insertMany'
  ? Pick<AllOptions<C>, Exclude<OptionName<M>, 'projection'> & keyof AllOptions<C>> & InsertProjection<C>
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
    : {
        readonly [K in keyof O]: K extends OptionName<M>
          ? K extends 'projection'
            ? CheckGivenProjection<M, TPublic, C, O[K]>
            : CheckGivenOption<M, TDoc, C, K, O[K], F>
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
    ? CheckArrayFilters<TDoc, C, U, Exclude<O[K], undefined>> | Extract<O[K], undefined>
    : K extends 'version'
      ? 'upsert' extends keyof O
        ? true extends O['upsert']
          ? Refused<'an upsert takes no `version`'>
          : unknown
        : unknown
      : unknown;
};

/** An insert takes no projection for an undefined one. */
type CheckGivenProjection<M extends MethodName, TPublic, C extends Capabilities, X> = M extends
  | 'insertOne'
  | 'insertMany'
  ? undefined extends X
    ? CheckProjection<TPublic, C, Exclude<X, undefined>> | Extract<X, undefined>
    : CheckProjection<TPublic, C, X>
  : CheckProjection<TPublic, C, X>;

/** An option that is `undefined` is absent. */
type CheckGivenOption<M extends MethodName, TDoc, C extends Capabilities, K, X, F> =
  IsAny<X> extends true
    ? never
    : undefined extends X
      ? CheckOption<M, TDoc, C, K, Exclude<X, undefined>, F> | undefined
      : CheckOption<M, TDoc, C, K, X, F>;

type CheckOption<M extends MethodName, TDoc, C extends Capabilities, K, X, F> = K extends 'version'
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
