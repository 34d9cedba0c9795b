import type { ObjectId } from 'mongodb';

import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { DocumentCarrier, Scalar } from '../scalar.ts';
import type { Branching, Minus, Tail } from '../split.ts';
import type { IsNever } from '../type-fest.ts';
import type { IsCallersArray, Method, RequiredKeys } from './required-fields.ts';

/**
 * The fields that the program sets in a new document: those that the caller may not write and the view does not set. A field is
 * required exactly if the document type requires it.
 */
export type TrustedSet<TDoc, C extends Capabilities> = Rest<Stored<TDoc>, C['writable'] | C['own'], C['provided']>;

/** The fields of it that the program has to set. */
export type RequiredOfSet<TDoc, C extends Capabilities> = RequiredRest<
  Stored<TDoc>,
  C['writable'] | C['own'],
  C['provided']
>;

/** All that a new document holds and the view does not write: what `trusted()` gives in the place of a document. */
export type WholeDocument<TDoc, C extends Capabilities> = Rest<Stored<TDoc>, C['own'], C['provided']>;

/** The same for one level: leaves that are written by others are left out, branches keep what is left below them. */
type Rest<T, W extends string, Provided> = T extends unknown
  ? RestFields<T, W, RequiredRest<T, W, Provided>, OptionalRest<T, W, RequiredRest<T, W, Provided>>>
  : never;

type RestFields<T, W extends string, Required extends keyof T, Optional extends keyof T> = {
  readonly [K in Required]: RestField<T[K], K, W>;
} & { readonly [K in Optional]?: RestField<T[K], K, W> };

type RequiredRest<T, W extends string, Provided> =
  | Exclude<RequiredKeys<T>, W | Branching<W> | Provided | AutomaticId<T>>
  | RequiredBranch<T, W, Minus<RequiredKeys<T> & Branching<W>, W | Provided>>;

/** The driver makes an `_id` that is an ObjectId. */
type AutomaticId<T> = T extends { readonly _id: ObjectId } ? '_id' : never;

/** The branches below which something is left that the document requires. */
type RequiredBranch<T, W extends string, K extends keyof T> = {
  [B in K]-?: IsCallersArray<T[B], Tail<W, B>> extends true
    ? never
    : IsNever<RequiredKeys<RestField<T[B], B, W>>> extends true
      ? never
      : B;
}[K];

type OptionalRest<T, W extends string, Required> = NoField<T, W, Exclude<keyof T, W | Required>>;

/** Without the methods of a class, and the arrays whose elements the caller may write as a whole. */
type NoField<T, W extends string, K extends keyof T> = [Extract<T[K], Method>, K & Branching<W>] extends [never, never]
  ? K
  : {
      [N in K]-?: T[N] extends Method
        ? never
        : [IsCallersArray<T[N], Tail<W, N>>, N] extends [true, Branching<W>]
          ? never
          : N;
    }[K];

/** An array element comes entirely from the caller or from `trusted`, so an array is set as a whole. */
type RestField<V, K, W extends string> =
  IsNever<Tail<W, K>> extends true
    ? V
    : V extends Scalar | DocumentCarrier | readonly unknown[]
      ? V
      : Rest<V, Tail<W, K>, never>;
