import type { Capabilities } from '../capabilities.ts';
import type { AllowedValue, FilterPath } from '../filter.ts';
import type { CheckBranchValue, CheckLeafValue } from '../filter-value.ts';
import type { GivenAt } from '../given-at.ts';
import type { Refused } from '../refused.ts';
import type { BranchOf, Dotted } from '../split.ts';
import type { IsAny, IsNever } from '../type-fest.ts';
import type { FieldOf, WrittenPaths } from './update-path.ts';

/** The `arrayFilters` of an update, checked against the arrays at which the update uses their identifiers. */
export type CheckArrayFilters<TDoc, C extends Capabilities, U, Filters> =
  IsAny<Filters> extends true ? never : { readonly [I in keyof Filters]: CheckElementFilter<TDoc, C, U, Filters[I]> };

type CheckElementFilter<TDoc, C extends Capabilities, U, F> =
  IsAny<F> extends true
    ? never
    : { readonly [K in keyof F]: IsAny<F[K]> extends true ? never : CheckEntry<TDoc, C, U, K, GivenAt<F, K>> };

type CheckEntry<TDoc, C extends Capabilities, U, K, X> = K extends '$and' | '$or' | '$nor'
  ? X extends readonly unknown[]
    ? CheckArrayFilters<TDoc, C, U, X>
    : Refused<`'${K}' takes a non-empty array of filters`>
  : K extends `$${string}`
    ? Refused<`'${K}' is not allowed in a filter`>
    : K extends `${infer Identifier}.${infer Rest}`
      ? CheckAt<TDoc, C, `${ArraysAt<U, Identifier>}.${Rest}`, X, Identifier>
      : CheckAt<TDoc, C, ArraysAt<U, K>, X, K & string>;

/** The arrays at which an update uses an identifier. */
type ArraysAt<U, Identifier> = ArraysIn<WrittenPaths<U>, Identifier & string>;
type ArraysIn<P, Identifier extends string> = P extends `${infer Array}.$[${Identifier}]${string}`
  ? FieldOf<Array>
  : never;

type CheckAt<TDoc, C extends Capabilities, Path extends string, X, Identifier extends string> =
  IsNever<Path> extends true
    ? Refused<`the update does not use $[${Identifier}]`>
    : Exclude<Path, FilterPath<C> | BranchOf<C['filterable'] & Dotted>> extends infer Private extends string
      ? IsNever<Private> extends true
        ? IsPartly<Path, C['opaque']> extends true
          ? Refused<`$[${Identifier}] stands for arrays of which only some have an opaque id there: use two identifiers`>
          : Path extends FilterPath<C>
            ? CheckLeafValue<AllowedValue<TDoc, C, Path>, X, Path>
            : CheckBranchValue<TDoc, C, Path, X>
        : Refused<`'${Private}' is not filterable in this view`>
      : never;

/** Whether some of the paths are opaque ids and others are not. */
type IsPartly<Path, Opaque> =
  IsNever<Extract<Path, Opaque>> extends true ? false : IsNever<Exclude<Path, Opaque>> extends true ? false : true;
