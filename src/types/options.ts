import type {
  ClientSession,
  CollationOptions,
  ReadConcern,
  ReadConcernLevel,
  ReadPreference,
  ReadPreferenceMode,
} from 'mongodb';

import type { CollationField } from '../grammar/collation-fields.ts';
import type { EjsonMode } from '../grammar/ejson-modes.ts';
import type { AnyOption, METHOD_OPTIONS, MethodName } from '../grammar/method-options.ts';
import type { UsedPart } from '../grammar/trusted-parts.ts';
import type { WriteConcernField } from '../grammar/write-concern-fields.ts';
import type { Capabilities } from './capabilities.ts';
import type { CheckCollation } from './check-collation.ts';
import type { CheckProjection, ProjectionOption, ProjectionShape } from './projection.ts';
import type { Refused } from './refused.ts';
import type { SameNames } from './same-names.ts';
import type { CheckSort, SortShape } from './sort.ts';
import type { CheckTrusted, Trusted, TrustedShape, Untrusted } from './trusted.ts';
import type { CheckOf, Faults } from './every-member.ts';
import type { IsUnion } from './is-union.ts';
import type { UnknownOption } from './unknown-option.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { CheckArrayFilters } from './write/check-array-filters.ts';
import type { CheckReplaceTrusted } from './write/check-replacement.ts';
import type { Checked, WrittenOptions } from './written.ts';

/** The options of all methods, as in the driver. `METHOD_OPTIONS` lists which of them a method takes. */
export interface AllOptions<C extends Capabilities> {
  /** The public paths of the result. */
  readonly projection: ProjectionOption<C>;
  /** The documents to join, by the name of the field for them. */
  readonly populate: object;
  /** Sortable paths with `1` or `-1`, as an object or as `[path, direction]` pairs. */
  readonly sort?: SortShape<C> | undefined;
  /** Conditions and values of the program, made by `trusted()`. */
  readonly trusted?: Trusted<TrustedShape> | undefined;
  /** The highest number of documents; 1 or more. */
  readonly limit?: number | undefined;
  /** The number of documents to skip; 0 or more. */
  readonly skip?: number | undefined;
  /** The number of documents in each batch; 1 or more. */
  readonly batchSize?: number | undefined;
  /** The time limit on the server, in milliseconds. */
  readonly maxTimeMS?: number | undefined;
  readonly allowDiskUse?: boolean | undefined;
  readonly noCursorTimeout?: boolean | undefined;
  /** A note for the server's log and profiler. */
  readonly comment?: string | undefined;
  readonly collation?: Pick<CollationOptions, CollationName> | undefined;
  readonly readConcern?: ReadConcernLevel | { readonly level: ReadConcernLevel } | ReadConcern | undefined;
  readonly readPreference?: ReadPreferenceMode | ReadPreference | undefined;
  /** A session of the collection's client, passed to the driver by identity. */
  readonly session?: ClientSession | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether a failed write stops the later ones (default). With `false` they continue. */
  readonly ordered?: boolean | undefined;
  /** Whether to create a document if none matches. The equalities copied from the filter have to be writable. */
  readonly upsert?: boolean | undefined;
  /** Conditions for the elements of each `$[identifier]`, on filterable paths. */
  readonly arrayFilters?: readonly ElementFilter[] | undefined;
  /** The version that the document has to have. Requires a `version` path in the view. */
  readonly version?: number | undefined;
  /** Whether to return the document as it was before (default) or after the change. */
  readonly returnDocument?: 'before' | 'after' | undefined;
  /** Whether the result is `{ value, upserted }`: the document, and whether an upsert created it. */
  readonly includeUpserted?: boolean | undefined;
  /** What a replacement keeps of the stored document: all that the caller may not write. This is the default. */
  readonly keep?: 'private' | undefined;
  readonly writeConcern?: Pick<WriteConcern, ConcernName> | undefined;
  /** The token of an event. The stream goes on after it. Needs `sealKeys`. */
  readonly resumeAfter?: string | undefined;
  /** The name of the work. Of all processes with the same group, one gets the events. */
  readonly group: string;
  /** How long a process may be silent before another one takes over, in milliseconds; default 30,000. */
  readonly lease?: number | undefined;
  /** Writes MongoDB's Extended JSON, which keeps the stored types, instead of what `JSON.stringify` writes. */
  readonly ejson?: EjsonMode | undefined;
  /** The `next` of a page: the page begins after it. `null` is the same as no cursor. */
  readonly after?: string | null | undefined;
  /** The `previous` of a page: the page ends before it. `null` is the same as no cursor. */
  readonly before?: string | null | undefined;
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

type CollationName = SameNames<CollationField, keyof CollationOptions, CollationField>;

type ConcernName = SameNames<WriteConcernField, keyof WriteConcern, WriteConcernField>;

interface WriteConcern {
  readonly w?: number | 'majority';
  readonly journal?: boolean;
  readonly wtimeoutMS?: number;
}

/** The names of all options. */
type AllNames = SameNames<AnyOption, keyof AllOptions<Capabilities>, AnyOption>;

/** The options that a method lists. */
export type OptionName<M extends MethodName> = (typeof METHOD_OPTIONS)[M][number] & AllNames;

/** An insert returns no document unless its options have a projection. */
interface InsertProjection<C extends Capabilities> {
  /** The public paths of the returned document. */
  readonly projection?: ProjectionShape<C> | undefined;
}

/** The options that a method takes. */
export type OptionsOf<M extends MethodName, C extends Capabilities> = M extends 'insertOne' | 'insertMany'
  ? Pick<AllOptions<C>, Exclude<OptionName<M>, 'projection'> & keyof AllOptions<C>> & InsertProjection<C>
  : Pick<AllOptions<C>, OptionName<M> & keyof AllOptions<C>>;

type ReplaceMethod = 'replaceOne' | 'findOneAndReplace';

/** The parts of `trusted` that a method uses. */
export type TrustedPartOf<M extends MethodName> = M extends 'insertOne' | 'insertMany'
  ? UsedPart<'insert'>
  : M extends 'updateOne' | 'updateMany' | 'findOneAndUpdate'
    ? UsedPart<'update'>
    : M extends ReplaceMethod
      ? UsedPart<'replace'>
      : M extends 'aggregate' | 'findPopulated'
        ? UsedPart<'join'>
        : UsedPart<M extends 'deleteOne' | 'deleteMany' | 'findOneAndDelete' ? 'delete' : 'read'>;

/** Options checked against the method, the view and the filter of the call. An option that the method does not list is refused. */
export type CheckOptions<M extends MethodName, TDoc, TPublic, C extends Capabilities, O, F = unknown> =
  IsAny<O> extends true
    ? never
    : IsUnion<O> extends true
      ? CheckOf<O extends unknown ? Faults<CheckEachOption<M, TDoc, TPublic, C, O, F>> : never>
      : CheckEachOption<M, TDoc, TPublic, C, O, F>;

type CheckEachOption<M extends MethodName, TDoc, TPublic, C extends Capabilities, O, F> = {
  readonly [K in keyof O]: K extends OptionName<M>
    ? K extends 'projection'
      ? CheckGivenProjection<M, TDoc, TPublic, C, O[K]>
      : CheckGivenOption<M, TDoc, C, K, O[K], F>
    : IsAny<O[K]> extends true
      ? never
      : UnknownOption<K, `${M}()`>;
};

/**
 * Optional options, as rest arguments. An optional parameter accepts `undefined`, and with it `any`; a rest argument does not.
 */
export type OptionalOptions<Constraint, O, Check> =
  IsAny<O> extends true
    ? readonly [options: never]
    : readonly [options?: WrittenOptions<O, Constraint> & Checked<O, Check>];

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
    ? CheckArrayFilters<TDoc, C, Untrusted<U>, Exclude<O[K], undefined>> | Extract<O[K], undefined>
    : K extends 'version'
      ? 'upsert' extends keyof O
        ? true extends O['upsert']
          ? Refused<'an upsert takes no `version`'>
          : unknown
        : unknown
      : unknown;
};

/** The methods that return arrays only as they are stored. */
type WholeMethod = 'insertOne' | 'insertMany' | 'findPopulated' | 'watch' | 'consume';

/** An undefined projection of an insert counts as absent. */
type CheckGivenProjection<M extends MethodName, TDoc, TPublic, C extends Capabilities, X> = M extends WholeMethod
  ? undefined extends X
    ? | CheckProjection<TPublic, C, Exclude<X, undefined>>
      | Extract<X, M extends 'findPopulated' | 'watch' | 'consume' ? never : undefined>
    : CheckProjection<TPublic, C, X>
  : CheckProjection<TPublic, C, X, TDoc>;

/** An option that is `undefined` counts as absent. */
type CheckGivenOption<M extends MethodName, TDoc, C extends Capabilities, K, X, F> = 0 extends 1 & C
  ? unknown
  : IsAny<X> extends true
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
      ? M extends ReplaceMethod
        ? CheckReplaceTrusted<TDoc, C, X>
        : CheckTrusted<TDoc, C, X, TrustedPartOf<M>>
      : K extends 'collation'
        ? CheckCollation<C, F, X>
        : unknown;
