import type { LogicalOperator } from '../grammar/query-operators.ts';
import type { TrustedPart } from '../grammar/trusted-parts.ts';
import type { UpdateOperator } from '../grammar/update-operators.ts';
import type { AnyValue } from './any-value.ts';
import type { Capabilities } from './capabilities.ts';
import type { DeepReadonly } from './deep-readonly.ts';
import type { Stored } from './document.ts';
import type { GeoOp } from './geo.ts';
import type { GivenAt } from './given-at.ts';
import type { IsUnion } from './is-union.ts';
import type { ExactValue, FilterValue, Op, WholeList } from './op.ts';
import type { PathKind, ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { SameNames } from './same-names.ts';
import type { ScalarLike } from './scalar.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { RequiredKeys } from './write/required-fields.ts';
import type { TrustedSet } from './write/trusted-set.ts';
import type { UpdateValueAt, WholeArray } from './write/update-path.ts';

declare const trustedParts: unique symbol;

/** Conditions and values of the program, made by `trusted()`. JSON can't make one. */
export interface Trusted<out T> {
  readonly [trustedParts]: T;
}

/** The parts that `options.trusted` takes. */
export interface TrustedShape {
  readonly filter?: object;
  readonly joins?: object;
  readonly set?: object;
  readonly update?: object;
  readonly arrayFilters?: readonly object[];
}

/** The names of the parts that `options.trusted` takes. */
export type PartName = SameNames<TrustedPart, keyof TrustedShape, TrustedPart>;

/** What completion offers inside `trusted()`: parts, or whatever stands in the place of an argument. */
export type TrustedOffer = TrustedShape | AnyTree | readonly AnyTree[] | object;

/** Any document, an update, or a part of one. */
interface AnyTree {
  readonly [path: string]: AnyValue | AnyTree | readonly AnyTree[];
}

/** The argument of `trusted()`: what it holds is checked where the value is used, as only that place says what it is. */
export type CheckTrustedArgument<T> =
  IsAny<T> extends true ? never : IsNever<keyof T> extends true ? Refused<'trusted() takes at least one key'> : unknown;

/** What stands in the place of an argument: a trusted value, so that no other member of a union passes with it. */
export interface TrustedMark {
  readonly [trustedParts]: unknown;
}

/** A written argument, or what `trusted()` was given in its place. */
export type Untrusted<X> = X extends Trusted<infer Own> ? Own : X;

/** The filter that `trusted.and()` makes. */
export type AndFilters<L extends readonly unknown[]> = {
  readonly $and: { readonly [I in keyof L]: Untrusted<L[I]> };
};

/** A trusted value checked against the document type and against the parts that the method uses. */
export type CheckTrusted<TDoc, C extends Capabilities, T, Used extends keyof TrustedShape> =
  IsAny<T> extends true
    ? never
    : T extends Trusted<infer Parts>
      ? [TrustedShape] extends [Parts]
        ? Refused<'options.trusted must be made by trusted()'>
        : PartsProblem<TDoc, C, Parts, Used> extends infer Problem
          ? IsNever<Problem> extends true
            ? unknown
            : Refused<Problem & string>
          : never
      : Refused<'options.trusted must be made by trusted()'>;

/** The error messages for the parts of a trusted value, or `never`. */
export type PartsProblem<TDoc, C extends Capabilities, Parts, Used> = {
  [K in keyof Parts]-?: K extends Used
    ? K extends 'filter'
      ? FilterProblem<TDoc, Untrusted<GivenAt<Parts, K>>>
      : K extends 'set'
        ? undefined extends Parts[K]
          ? "'set' may be absent, and then the document lacks its fields"
          : SetProblem<TrustedSet<TDoc, C>, Parts[K]>
        : K extends 'update'
          ? UpdateProblem<TDoc, GivenAt<Parts, K>>
          : never
    : K extends PartName
      ? `'${K}' is not used by this method`
      : `'${K & string}' is not a part of options.trusted: a whole filter, update or document goes in the place of the argument itself`;
}[keyof Parts];

/** The error messages for the refused keys of a trusted filter, or `never`. */
export type FilterProblem<TDoc, F> =
  IsAny<F> extends true
    ? 'a trusted filter is any'
    : F extends unknown
      ? {
          [K in keyof F & string]: IsAny<F[K]> extends true
            ? `'${K}' is any in a trusted filter`
            : K extends LogicalOperator
              ? BranchesProblem<TDoc, F[K], K>
              : ValueProblem<ValueAt<Stored<TDoc>, K>, GivenAt<F, K>, K>;
        }[keyof F & string]
      : never;

type BranchesProblem<TDoc, X, K extends string> = X extends readonly [infer E, ...infer Rest]
  ? FilterProblem<TDoc, E | Rest[number]>
  : X extends readonly []
    ? `'${K}' takes a non-empty array of filters`
    : X extends readonly (infer E)[]
      ? FilterProblem<TDoc, E>
      : `'${K}' takes a non-empty array of filters`;

type ValueProblem<V, X, K extends string> =
  IsNever<V> extends true
    ? `'${K}' is not a path of this document`
    : [X] extends [FilterValue<V> | WholeList<V> | ElementCondition | GeoOp]
      ? never
      : [K, X] extends ['_id', ExactValue<V>]
        ? never
        : `'${K}' is compared with a value of another type`;

type ElementCondition =
  | Op<{ readonly $elemMatch: object }>
  | Op<{ readonly $not: Op<{ readonly $elemMatch: object }> }>;

/** The error messages for missing and surplus fields of a trusted `set`. A branch is checked leaf by leaf. */
export type SetProblem<
  Rest,
  S,
  Name extends string = 'trusted.set',
  Prefix extends string = '',
> = S extends readonly (infer E)[]
  ? SetProblem<Rest, E, Name>
  : IsRightSet<Rest, S> extends true
    ? never
    : IsUnion<Rest> extends true
      ? true extends (Rest extends unknown ? IsNever<SetFaults<Rest, S, Name, Prefix>> : never)
        ? never
        : Rest extends unknown
          ? SetFaults<Rest, S, Name, Prefix>
          : never
      : SetFaults<Rest, S, Name, Prefix>;

/** Whether a `set` without branches is right. Then its fields need not be looked at one by one. */
type IsRightSet<Rest, S> = undefined extends S[keyof S]
  ? false
  : [S, keyof S, S[keyof S]] extends [DeepReadonly<Rest>, keyof Rest, ScalarLike | readonly unknown[]]
    ? true
    : false;

type SetFaults<Rest, S, Name extends string, Prefix extends string> =
  | { [K in Exclude<RequiredKeys<Rest>, RequiredKeys<S>> & string]: `${Name} lacks '${Prefix}${K}'` }[Exclude<
      RequiredKeys<Rest>,
      RequiredKeys<S>
    > &
      string]
  | {
      [K in keyof S & string]: IsAny<S[K]> extends true
        ? `'${Prefix}${K}' is any in ${Name}`
        : K extends keyof Rest
          ? [GivenAt<S, K>] extends [DeepReadonly<Rest[K]>]
            ? IsBranch<Rest[K]> extends true
              ? SetProblem<NonNullable<Rest[K]>, NonNullable<S[K]>, Name, `${Prefix}${K}.`>
              : never
            : [IsBranch<Rest[K]>, NonNullable<S[K]>] extends [true, object]
              ? SetProblem<NonNullable<Rest[K]>, NonNullable<S[K]>, Name, `${Prefix}${K}.`>
              : `'${Prefix}${K}' in ${Name} is of another type`
          : Name extends 'trusted.set'
            ? `'${Prefix}${K}' does not belong in trusted.set: it is writable, written by the view, or not a field of this document`
            : `'${Prefix}${K}' is written by the view, or not a field of this document`;
    }[keyof S & string];

/** Whether a type has fixed fields: it is not a scalar, an array or an open record. */
type IsBranch<V> = PathKind<V> extends 'branch' ? (Extract<V, readonly unknown[]> extends never ? true : false) : false;

/** The sentences for the refused keys of a trusted update, or `never`. */
export type UpdateProblem<TDoc, U> = {
  [O in keyof U & string]: O extends UpdateOperator
    ? {
        [P in keyof GivenAt<U, O> & string]: IsAny<GivenAt<U, O>[P]> extends true
          ? `'${P}' is any in trusted.update`
          : IsNever<UpdateValueAt<Stored<TDoc>, P>> extends true
            ? `'${P}' is not a path of this document`
            : IsNever<WholeArray<Stored<TDoc>, P>> extends false
              ? `'${P}' goes through an array and does not say which elements are meant: write a position, as in 'array.$[].field'`
              : O extends '$set' | '$setOnInsert'
                ? [GivenAt<GivenAt<U, O>, P>] extends [DeepReadonly<UpdateValueAt<Stored<TDoc>, P>>]
                  ? never
                  : `'${P}' in trusted.update is of another type`
                : never;
      }[keyof GivenAt<U, O> & string]
    : `'${O}' is not a supported update operator`;
}[keyof U & string];
