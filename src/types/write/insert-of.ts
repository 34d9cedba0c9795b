import type { Capabilities } from '../capabilities.ts';
import type { Stored } from '../document.ts';
import type { DocumentCarrier, Scalar } from '../scalar.ts';
import type { Head, Tail } from '../split.ts';
import type { RequiredOfInput } from './check-insert.ts';

/** A new document for code that builds one up: the writable paths, required where the caller has to give them. */
export type InsertOf<TDoc, C extends Capabilities> = Fields<Stored<TDoc>, C['writable'], C['provided']>;

type Fields<T, W extends string, Provided> = T extends unknown
  ? {
      -readonly [K in keyof Pick<T, Head<W> & keyof T> as K extends RequiredOfInput<T, W, Provided> ? K : never]: Field<
        T[K],
        K,
        W
      >;
    } & {
      -readonly [
        K in keyof Pick<T, Head<W> & keyof T> as K extends RequiredOfInput<T, W, Provided> ? never : K
      ]?: Field<T[K], K, W>;
    } extends infer Both
    ? { [K in keyof Both]: Both[K] }
    : never
  : never;

type Field<V, K, W extends string> = K extends W ? V : Below<Exclude<V, undefined>, Tail<W, K>>;

type Below<V, W extends string> = V extends Scalar | DocumentCarrier
  ? Extract<V, null>
  : V extends readonly (infer E)[]
    ? Below<E, W>[]
    : Fields<V, W, never>;
