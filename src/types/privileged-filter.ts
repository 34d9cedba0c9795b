import type { LogicalOperator } from '../grammar/query-operators.ts';
import type { Stored } from './document.ts';
import type { CheckGeo } from './geo.ts';
import type { GivenAt } from './given-at.ts';
import type { ExactValue, FilterValue, Op, PresenceOperators, WholeList } from './op.ts';
import type { PathKind, ValueAt } from './path-value.ts';
import type { CheckedPath, DocumentShape } from './privileged-projection.ts';
import type { Refused } from './refused.ts';
import type { TrustedMark } from './trusted.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/** Completions in the filter of a privileged read. */
export type PrivilegedFilterShape<TDoc> = DocumentShape<TDoc> | { readonly [K in LogicalOperator]?: unknown };

/** The filter of a privileged read checked against the document type: any of its paths, operators tagged. `never` is the result for `any`, so it is refused. */
export type CheckPrivilegedFilter<TDoc, F> =
  IsAny<F> extends true
    ? never
    : F extends TrustedMark
      ? Refused<'a privileged filter may use any path: pass it without trusted()'>
      : { readonly [K in keyof F]: IsAny<F[K]> extends true ? never : CheckEntry<TDoc, K, GivenAt<F, K>> };

type CheckEntry<TDoc, K, X> = K extends LogicalOperator
  ? CheckBranches<TDoc, X>
  : K extends `$${string}`
    ? Refused<`'${K}' is not allowed in a filter`>
    : K extends string
      ? CheckPath<TDoc, K, ValueAt<Stored<TDoc>, K>, X>
      : Refused<'a filter has string keys'>;

type CheckBranches<TDoc, X> = X extends readonly unknown[]
  ? { readonly [I in keyof X]: CheckPrivilegedFilter<TDoc, X[I]> }
  : readonly [object, ...object[]];

type CheckPath<TDoc, K extends string, V, X> = CheckGeo<X, K, CheckPlainPath<TDoc, K, V, X>>;

type CheckPlainPath<TDoc, K extends string, V, X> = [PathKind<V>] extends ['leaf' | 'open']
  ? CheckValue<FilterValue<V> | WholeList<V>, X, K>
  : [PathKind<V>] extends ['branch']
    ? [K, X] extends ['_id', ExactValue<V>]
      ? unknown
      : CheckBranchValue<TDoc, K, X>
    : CheckedPath<K, PathKind<V>>;

type CheckValue<Allowed, X, K extends string> = [X] extends [Allowed]
  ? unknown
  : X extends { readonly [name: `$${string}`]: unknown }
    ? Refused<`an operator on '${K}' is written op({ … })`>
    : Allowed;

type CheckBranchValue<TDoc, K extends string, X> = [X] extends [null | Op<PresenceOperators>]
  ? X extends Op<{ readonly $elemMatch: unknown }>
    ? CheckElement<TDoc, K, X>
    : unknown
  : CheckElement<TDoc, K, X>;

type CheckElement<TDoc, K extends string, X> =
  X extends Op<infer O>
    ? O extends { readonly $elemMatch: infer E }
      ? ElementProblem<TDoc, K, E> extends infer Problem
        ? IsNever<Problem> extends true
          ? unknown
          : Refused<Problem & string>
        : never
      : Refused<`'${K}' is a branch: name a leaf below it, or use $elemMatch`>
    : Refused<`'${K}' is a branch: name a leaf below it`>;

/** The error messages for the refused keys of an `$elemMatch`, or `never`. */
type ElementProblem<TDoc, Prefix extends string, E> = {
  [K in keyof E & string]: [GivenAt<E, K>] extends [FilterValue<ValueAt<Stored<TDoc>, `${Prefix}.${K}`>>]
    ? IsNever<ValueAt<Stored<TDoc>, `${Prefix}.${K}`>> extends true
      ? `'${Prefix}.${K}' is not a path of this document`
      : never
    : `'${Prefix}.${K}' is compared with a value of another type`;
}[keyof E & string];
