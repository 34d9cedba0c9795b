import type { ObjectId } from 'mongodb';

import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { DocumentCarrier, Scalar } from '../scalar.ts';
import type { Head, Tail } from '../split.ts';
import type { IsNever } from '../type-fest.ts';
import type { IsCallersArray, Method, RequiredKeys } from './required-fields.ts';

/**
 * The fields that the program sets in a new document: those that the caller may not write and the view does not set. A field is
 * required exactly if the document type requires it.
 */
export type TrustedSet<TDoc, C extends Capabilities> = Rest<Stored<TDoc>, C['writable'] | C['own'], C['provided']>;

/** All that a new document holds and the view does not write: what `trusted()` gives in the place of a document. */
export type WholeDocument<TDoc, C extends Capabilities> = Rest<Stored<TDoc>, C['own'], C['provided']>;

/** The same for one level: leaves that are written by others are left out, branches keep what is left below them. */
type Rest<T, W extends string, Provided> = {
  readonly [K in keyof T as IsLeft<T, K, W, Provided> extends 'required' ? K : never]: RestField<T[K], K, W>;
} & {
  readonly [K in keyof T as IsLeft<T, K, W, Provided> extends 'optional' ? K : never]?: RestField<T[K], K, W>;
} extends infer Both
  ? { [K in keyof Both]: Both[K] }
  : never;

type IsLeft<T, K extends keyof T, W extends string, Provided> = K extends W
  ? 'none'
  : T[K] extends Method
    ? 'none'
    : [K, IsCallersArray<T[K], Tail<W, K>>] extends [Head<W>, true]
      ? 'none'
      : {} extends Pick<T, K>
        ? 'optional'
        : K extends Provided
          ? 'optional'
          : [K, T[K]] extends ['_id', ObjectId]
            ? 'optional'
            : K extends Head<W>
              ? IsNever<RequiredKeys<RestField<T[K], K, W>>> extends true
                ? 'optional'
                : 'required'
              : 'required';

/** An array element comes entirely from the caller or from `trusted`, so an array is set as a whole. */
type RestField<V, K, W extends string> =
  IsNever<Tail<W, K>> extends true
    ? V
    : V extends Scalar | DocumentCarrier | readonly unknown[]
      ? V
      : Rest<V, Tail<W, K>, never>;
