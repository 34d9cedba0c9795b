import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { Refused } from '../refused.ts';
import type { BranchOf, Head } from '../split.ts';
import type { IsAny, IsNever } from '../type-fest.ts';
import type { RequiredKeys, TrustedSet } from './trusted-set.ts';

/** What completion offers in a new document. */
export type InsertShape<C extends Capabilities> =
  | ({ readonly [K in Head<C['writable']>]?: unknown } & { readonly [path: string]: unknown })
  | object;

/** A caller's document held to the view: each key that is not writable carries a sentence. `never` refuses `any`. */
export type CheckInsert<TDoc, C extends Capabilities, I> =
  IsAny<I> extends true ? never : CheckFields<Stored<TDoc>, C['writable'], I, ''> & RequiredInput<Stored<TDoc>, C>;

/** The writable fields that the document requires: the caller gives them, unless the view has a default. */
type RequiredInput<T, C extends Capabilities> = {
  readonly [K in Exclude<RequiredKeys<T> & C['writable'], C['provided']>]: unknown;
};

type CheckFields<T, W extends string, I, Prefix extends string> = {
  readonly [K in keyof I]: IsAny<I[K]> extends true
    ? never
    : K extends keyof T & string
      ? CheckField<T[K], W, I[K], `${Prefix}${K}`>
      : Refused<`'${Prefix}${K & string}' is not a path of this document`>;
};

type CheckField<V, W extends string, X, Path extends string> = Path extends W
  ? [X] extends [V]
    ? unknown
    : V
  : Path extends BranchOf<W>
    ? CheckBranch<NonNullable<V>, W, X, Path>
    : Refused<`'${Path}' is not writable in this view`>;

type CheckBranch<V, W extends string, X, Path extends string> = V extends readonly (infer E)[]
  ? X extends readonly unknown[]
    ? { readonly [I in keyof X]: CheckElement<E, W, X[I], Path> }
    : V
  : CheckFields<V, W, X, `${Path}.`>;

/** An array element is all the caller's, so it has every field that the element requires. */
export type CheckElement<E, W extends string, X, Path extends string> =
  IsAny<X> extends true
    ? never
    : CheckFields<E, W, X, `${Path}.`> & { readonly [K in RequiredKeys<E>]: unknown };

/** The options of an insert: required where the document asks for fields that the caller may not write. */
export type InsertArguments<TDoc, C extends Capabilities, O> =
  IsNever<RequiredKeys<TrustedSet<TDoc, C>>> extends true
    ? readonly [options?: O]
    : readonly [options: O & { readonly trusted: unknown }];
