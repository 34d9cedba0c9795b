import type { AnyFields, AnyValue } from './any-value.ts';
import type { GivenAt } from './given-at.ts';
import type { Capabilities } from './capabilities.ts';
import type { CheckOf, Faults } from './every-member.ts';
import type { Refused } from './refused.ts';
import type { BranchOf, Dotted, Malformed } from './split.ts';
import type { IsUnion } from './is-union.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { DidYouMean } from './near.ts';
import type { Fine } from './write/settable.ts';

/** `1` ascending, `-1` descending. */
export type SortDirection = 1 | -1;

/** The paths that a sort may use. */
export type SortPath<C extends Capabilities> = C['sortable'] | `${C['subtree'] & C['sortable']}.${string}`;

declare const builtUp: unique symbol;

/** The type for a sort that code builds. */
export type SortOf<C extends Capabilities> =
  | ({ [K in SortPath<C>]?: SortDirection } & { readonly [builtUp]?: never })
  | (readonly [SortPath<C>, SortDirection])[];

/** Completions in a sort. The index signature allows a refused key, which then gets its error message. */
export type SortShape<C extends Capabilities> =
  | ({ readonly [K in SortPath<C>]?: AnyValue } & AnyFields)
  | readonly (readonly [SortPath<C>, AnyValue])[]
  | object;

/** A written sort checked against the view: each refused key gets an error message. `never` is the result for `any`, so it is refused. */
export type CheckSort<C extends Capabilities, S> = 0 extends 1 & C
  ? unknown
  : IsAny<S> extends true
    ? never
    : IsUnion<S> extends true
      ? CheckOf<S extends unknown ? Faults<CheckOneSort<C, S>> : never>
      : CheckOneSort<C, S>;

type CheckOneSort<C extends Capabilities, S> = S extends readonly unknown[]
  ? S['length'] extends 0
    ? NoPath
    : { readonly [I in keyof S]: IsAny<S[I]> extends true ? never : CheckPair<C, S[I]> }
  : IsNever<keyof S> extends true
    ? NoPath
    : typeof builtUp extends keyof S
      ? CheckBuiltUp<C, S>
      : string extends keyof S
        ? Refused<'write the path as a literal, or pairs: [[key, 1]]'>
        : IsOfSortable<C, S> extends true
          ? Fine<S>
          : CheckEntries<C, S>;

/** Whether a sort names nothing but sortable leaves, and each with 1 or -1. */
type IsOfSortable<C extends Capabilities, S> = [undefined] extends [S[keyof S]]
  ? false
  : [keyof S, S[keyof S]] extends [C['sortable'], SortDirection]
    ? true
    : false;

/** A `SafeSort` needs no check, unless it was spread into a larger object. */
type CheckBuiltUp<C extends Capabilities, S> = [S, keyof S] extends [SortOf<C>, SortPath<C> | typeof builtUp]
  ? unknown
  : CheckEntries<C, Omit<S, typeof builtUp>>;

type CheckEntries<C extends Capabilities, S> = {
  readonly [K in keyof S]: IsAny<S[K]> extends true ? never : CheckDirection<C, K, GivenAt<S, K>>;
};

type NoPath = Refused<'a sort needs at least one path'>;

type CheckPair<C extends Capabilities, X> = X extends readonly [infer K, infer D]
  ? readonly [IsAny<K> extends true ? never : CheckSortPath<C, K>, CheckDirectionValue<D>]
  : readonly [SortPath<C>, SortDirection];

type CheckDirection<C extends Capabilities, K, D> = K extends C['sortable']
  ? CheckDirectionValue<D>
  : unknown extends CheckSortPath<C, K>
    ? CheckDirectionValue<D>
    : CheckSortPath<C, K>;

type CheckDirectionValue<D> =
  IsAny<D> extends true ? never : [D] extends [SortDirection] ? unknown : Refused<'a sort direction must be 1 or -1'>;

/** A union of sortable paths is allowed. */
type CheckSortPath<C extends Capabilities, K> = [K] extends [SortPath<C>]
  ? K extends Malformed
    ? Refused<`'${K & string}' is not a path`>
    : unknown
  : string extends K
    ? Refused<'write the path as a literal'>
    : IsUnion<K> extends true
      ? Refused<'write one path as a literal'>
      : K extends BranchOf<C['sortable'] & Dotted>
        ? Refused<`'${K & string}' is a branch: sort by a leaf below it`>
        : Refused<`'${K & string}' is not sortable in this view${DidYouMean<K, C['sortable']>}`>;
