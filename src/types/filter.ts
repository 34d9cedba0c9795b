import type { LogicalOperator } from '../grammar/query-operators.ts';
import type { everything } from '../values/everything.ts';
import type { AnyFields, AnyValue } from './any-value.ts';
import type { Capabilities } from './capabilities.ts';
import type { CheckBranchValue, CheckLeafValue } from './filter-value.ts';
import type { Stored } from './document.ts';
import type { CheckOf, Faults } from './every-member.ts';
import type { CheckGeo, GeoOp } from './geo.ts';
import type { ExposedKey } from './exposed.ts';
import type { GivenAt } from './given-at.ts';
import type { IsOpaque } from './is-opaque.ts';
import type { IsUnion } from './is-union.ts';
import type { ExactValue, FilterValue, Op, OpaqueValue, PresenceOperators, WholeList } from './op.ts';
import type { ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { BranchOf, Dotted, Malformed } from './split.ts';
import type { CheckText, InsideOr, TextFilter } from './text.ts';
import type { CheckTrustedFilter } from './trusted-in-place.ts';
import type { TrustedMark } from './trusted.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { WholeIdValue } from './whole-id.ts';
import type { DidYouMean } from './near.ts';
import type { Fine } from './write/settable.ts';

/** The paths that a filter may use; below a subtree any path. */
export type FilterPath<C extends Capabilities> = C['filterable'] | `${C['subtree'] & C['filterable']}.${string}`;

/** Completions in a filter. The index signature allows a refused key, which then gets its error message. */
export type FilterShape<C extends Capabilities> =
  | ({ readonly [K in FilterPath<C> | BranchOf<C['filterable'] & Dotted>]?: AnyValue } & {
      readonly [K in LogicalOperator]?: readonly AnyFields[] | AnyValue;
    } & AnyFields)
  | object;

declare const builtUp: unique symbol;

/** The mark of a filter that code built. Its keys are not known. */
export interface BuiltUp {
  readonly [builtUp]?: never;
}

/**
 * The type for a filter that code builds. Its paths are the view's filterable ones, which may be assigned one by one; operators
 * need `op()`.
 */
export type FilterOf<TDoc, C extends Capabilities> = {
  [K in FilterPath<C>]?: AllowedValue<TDoc, C, K> | LocationValue<C, K>;
} & {
  [K in BranchOf<C['filterable'] & Dotted>]?:
    | Op<{ readonly $elemMatch: object }>
    | (K extends BranchOf<C['public'] & Dotted> ? Op<PresenceOperators> | null : never)
    | (K extends '_id' ? WholeIdValue<TDoc, C> : never)
    | LocationValue<C, K>;
} & {
  [K in Exclude<C['geo'], FilterPath<C> | BranchOf<C['filterable'] & Dotted>>]?: GeoOp;
} & {
  [K in LogicalOperator]?: FilterOf<TDoc, C>[];
} & TextFilter<C> & {
    readonly [builtUp]?: never;
  };

type LocationValue<C extends Capabilities, K> = K extends C['geo'] ? GeoOp : never;

/** The values that a filterable path can be compared with. */
export type AllowedValue<TDoc, C extends Capabilities, K extends string> = K extends '_id'
  ? '_id' extends C['public']
    ? FilterValue<ValueAt<Stored<TDoc>, '_id'>, C['operators']>
    : ExactValue<ValueAt<Stored<TDoc>, '_id'>, C['operators']>
  : K extends C['opaque']
    ? OpaqueValue<C['operators']>
    : LeafValue<ValueAt<Stored<TDoc>, K>, C['operators']>;

type LeafValue<V, Style> = FilterValue<V, Style> | WholeList<V>;

/**
 * A written filter checked against the view, or a trusted one in its place. `never` is the result for `any`, so it is refused.
 *
 * In code that is generic over views the capabilities are `any`, so nothing is checked. This is asked inline, here and in the checks of
 * other arguments: the compiler can decide it while the argument is a type parameter, and `IsAny` would cost five instantiations.
 */
export type CheckFilter<TDoc, C extends Capabilities, F> = 0 extends 1 & C
  ? unknown
  : IsAny<F> extends true
    ? never
    : IsUnion<F> extends true
      ? CheckOf<F extends unknown ? Faults<CheckArgument<TDoc, C, F>> : never>
      : CheckArgument<TDoc, C, F>;

type CheckArgument<TDoc, C extends Capabilities, F> = F extends TrustedMark
  ? CheckTrustedFilter<TDoc, F>
  : CheckOneFilter<TDoc, C, F>;

/** A caller's filter checked against the view: each refused key gets an error message. `never` is the result for `any`, so it is refused. */
export type CheckCallersFilter<TDoc, C extends Capabilities, F> =
  IsAny<F> extends true
    ? never
    : IsUnion<F> extends true
      ? CheckOf<F extends unknown ? Faults<CheckOneFilter<TDoc, C, F>> : never>
      : CheckOneFilter<TDoc, C, F>;

type CheckOneFilter<TDoc, C extends Capabilities, F> = F extends readonly unknown[] | TrustedMark
  ? Refused<F extends TrustedMark ? 'use options.trusted here' : 'a filter must be an object'>
  : IsOpaque<F> extends true
    ? Refused<'a filter must be a literal, or a SafeFilter: this type does not say which paths it names'>
    : typeof builtUp extends keyof F
      ? CheckBuiltUp<TDoc, C, F>
      : string extends keyof F
        ? Refused<'write the path as a literal'>
        : IsOfLeaves<TDoc, C, F> extends true
          ? Fine<F>
          : CheckEntries<TDoc, C, F>;

/**
 * Whether a filter compares nothing but filterable leaves, each with a value of its type. The values of a path are listed once for a view,
 * so a further filter costs the compiler little.
 */
type IsOfLeaves<TDoc, C extends Capabilities, F> = [undefined] extends [F[keyof F]]
  ? false
  : [keyof F] extends [never]
    ? false
    : [keyof F, F, C['operators']] extends [C['filterable'], LeafValues<TDoc, C>, 'tagged']
      ? true
      : false;

type LeafValues<TDoc, C extends Capabilities> = { readonly [K in C['filterable']]?: AllowedValue<TDoc, C, K> };

/** The filter of a write to many documents: to match all, it has to be `everything`. */
export type CheckManyFilter<TDoc, C extends Capabilities, F> = 0 extends 1 & C
  ? CheckNotEmpty<F>
  : IsAny<F> extends true
    ? never
    : IsUnion<F> extends true
      ? CheckOf<F extends unknown ? Faults<CheckManyFilter<TDoc, C, F>> : never>
      : F extends typeof everything
        ? unknown
        : IsNever<keyof F> extends true
          ? Refused<'an empty filter matches every document: pass everything if you mean that'>
          : CheckFilter<TDoc, C, F>;

type CheckNotEmpty<F> = [[typeof builtUp] extends [keyof F] ? true : [keyof F] extends [never] ? never : true] extends [
  never,
]
  ? Refused<'an empty filter matches every document: pass everything if you mean that'>
  : unknown;

/** A `SafeFilter` needs no check, unless it was spread into a larger object. */
type CheckBuiltUp<TDoc, C extends Capabilities, F> = [F, keyof F] extends [FilterOf<TDoc, C>, keyof FilterOf<TDoc, C>]
  ? unknown
  : CheckEntries<TDoc, C, Omit<F, typeof builtUp>>;

type CheckEntries<TDoc, C extends Capabilities, F> = {
  readonly [K in keyof F]: K extends ExposedKey
    ? unknown
    : IsAny<F[K]> extends true
      ? never
      : CheckEntry<TDoc, C, K, GivenAt<F, K>>;
};

type CheckEntry<TDoc, C extends Capabilities, K, X> = K extends LogicalOperator
  ? CheckBranches<TDoc, C, K, X>
  : K extends '_id'
    ? CheckId<TDoc, C, X>
    : K extends C['geo']
      ? CheckGeo<X, K, CheckPath<TDoc, C, K, X>>
      : CheckPath<TDoc, C, K, X>;

type CheckPath<TDoc, C extends Capabilities, K, X> =
  K extends FilterPath<C>
    ? CheckBelow<C, K, CheckLeafValue<AllowedValue<TDoc, C, K>, X, K>>
    : string extends K
      ? Refused<'write the path as a literal'>
      : K extends BranchOf<C['filterable'] & Dotted>
        ? CheckBranchValue<TDoc, C, K, X>
        : K extends `$${string}`
          ? K extends '$text'
            ? CheckText<C, X>
            : Refused<`'${K}' is not allowed in a filter`>
          : Refused<`'${K & string}' is not filterable in this view${DidYouMean<K, C['filterable']>}`>;

/**
 * `_id` is filterable in nearly every view. The conditions are written so that they pass while the view is still a type parameter; once
 * it is known, they decide as at any other path.
 */
type CheckId<TDoc, C extends Capabilities, X> = [['_id'] extends [C['filterable']] ? true : never] extends [never]
  ? '_id' extends BranchOf<C['filterable']>
    ? CheckWholeId<TDoc, C, X>
    : Refused<"'_id' is not filterable in this view">
  : [[X] extends [AllowedValue<TDoc, C, '_id'>] ? true : never] extends [never]
    ? CheckLeafValue<AllowedValue<TDoc, C, '_id'>, X, '_id'>
    : X extends { readonly [name: `$${string}`]: unknown }
      ? CheckLeafValue<AllowedValue<TDoc, C, '_id'>, X, '_id'>
      : unknown;

/** A compound `_id` may be compared as a whole. */
type CheckWholeId<TDoc, C extends Capabilities, X> = [X] extends [WholeIdValue<TDoc, C>]
  ? unknown
  : CheckBranchValue<TDoc, C, '_id', X>;

/** Only a path below a subtree has to be checked for a wrong form, because any path is allowed there. */
type CheckBelow<C extends Capabilities, K extends string, Check> = K extends `${C['subtree']}.${string}`
  ? K extends Malformed
    ? Refused<`'${K}' is not a path`>
    : Check
  : Check;

type CheckBranches<TDoc, C extends Capabilities, K extends string, X> = X extends readonly [] | null | undefined
  ? Refused<`'${K}' takes a non-empty array of filters`>
  : X extends readonly unknown[]
    ? { readonly [I in keyof X]: CheckCallersFilter<TDoc, K extends '$and' ? C : InsideOr<C>, X[I]> }
    : Refused<`'${K}' takes a non-empty array of filters`>;
