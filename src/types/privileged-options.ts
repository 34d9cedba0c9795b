import type { METHOD_OPTIONS } from '../grammar/method-options.ts';
import type { Capabilities } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { GivenAt } from './given-at.ts';
import type { AllOptions } from './options.ts';
import type { PathKind, ValueAt } from './path-value.ts';
import type { CheckPrivilegedProjection, CheckedPath, DocumentShape } from './privileged-projection.ts';
import type { Refused } from './refused.ts';
import type { SortDirection } from './sort.ts';
import type { IsAny } from './type-fest.ts';
import type { UnknownOption } from './unknown-option.ts';

/** The methods of a privileged collection. */
export type PrivilegedMethod = 'find' | 'findOne' | 'exists' | 'countDocuments' | 'distinct';

type OptionName<M extends PrivilegedMethod> = Exclude<(typeof METHOD_OPTIONS)[M][number], 'trusted'>;

interface PrivilegedAllOptions<TDoc> extends Omit<AllOptions<Capabilities>, 'projection' | 'sort' | 'trusted'> {
  /** The public and private leaves of the result. */
  readonly projection: DocumentShape<TDoc> | readonly string[];
  /** Any leaf of the document with `1` or `-1`, as an object or as `[path, direction]` pairs. */
  readonly sort?: DocumentShape<TDoc> | readonly (readonly [string, unknown])[] | undefined;
}

/** The options that a method of a privileged collection takes. */
export type PrivilegedOptionsOf<M extends PrivilegedMethod, TDoc> = Pick<PrivilegedAllOptions<TDoc>, OptionName<M>>;

/** Options checked against the method and the document type. An option that the method does not list is refused. */
export type CheckPrivilegedOptions<M extends PrivilegedMethod, TDoc, C extends Capabilities, O> =
  IsAny<O> extends true
    ? never
    : {
        readonly [K in keyof O]: K extends 'projection'
          ? CheckPrivilegedProjection<TDoc, C, O[K]>
          : IsAny<O[K]> extends true
            ? never
            : K extends OptionName<M>
              ? K extends 'sort'
                ? CheckPrivilegedSort<TDoc, Exclude<O[K], undefined>> | Extract<O[K], undefined>
                : unknown
              : UnknownOption<K, `a privileged ${M}()`>;
      };

type CheckPrivilegedSort<TDoc, S> =
  IsAny<S> extends true
    ? never
    : S extends readonly unknown[]
      ? { readonly [I in keyof S]: IsAny<S[I]> extends true ? never : CheckPair<TDoc, S[I]> }
      : { readonly [K in keyof S]: IsAny<S[K]> extends true ? never : CheckDirection<TDoc, K, GivenAt<S, K>> };

type CheckPair<TDoc, X> = X extends readonly [infer K, infer D]
  ? readonly [CheckSortPath<TDoc, K>, CheckDirectionValue<D>]
  : readonly [string, SortDirection];

type CheckDirection<TDoc, K, D> =
  unknown extends CheckSortPath<TDoc, K> ? CheckDirectionValue<D> : CheckSortPath<TDoc, K>;

type CheckDirectionValue<D> =
  IsAny<D> extends true ? never : D extends SortDirection ? unknown : Refused<'a sort direction must be 1 or -1'>;

type CheckSortPath<TDoc, K> =
  IsAny<K> extends true
    ? never
    : K extends string
      ? string extends K
        ? Refused<'write the path as a literal'>
        : CheckedPath<K, PathKind<ValueAt<Stored<TDoc>, K>>>
      : Refused<'a sort names paths'>;
