import type { InMap, IsMap } from '../path-value.ts';
import type { ScalarLike } from '../scalar.ts';
import type { Head, Tail } from '../split.ts';

/** A document with these fields. A field that may be missing is optional, and one that is always missing is removed. */
export type Settled<M> = [undefined] extends [M[keyof M]]
  ? Flat<
      { readonly [K in keyof M as undefined extends M[K] ? never : K]: M[K] } & {
        readonly [K in keyof M as undefined extends M[K] ? ([M[K]] extends [undefined] ? never : K) : never]?: Exclude<
          M[K],
          undefined
        >;
      }
    >
  : M;

/** The fields of an intersection in one object type. Conditional, because an editor would show a plain mapped type by the name of this one. */
export type Flat<T> = T extends unknown ? { [K in keyof T]: T[K] } : never;

/** The document with these fields set. */
export type WithFields<T, M> = unknown extends T
  ? unknown
  : T extends unknown
    ? [keyof T & keyof M] extends [never]
      ? T & Settled<M>
      : Flat<Pick<T, Exclude<keyof T, keyof M>> & Settled<M>>
    : never;

/** The part of a document at these paths, as in an inclusion: a scalar at a projected branch is left out. */
export type Kept<T, P extends string> = unknown extends T
  ? unknown
  : T extends readonly (infer E)[]
    ? Kept<E, P>[]
    : T extends ScalarLike
      ? never
      : IsMap<T> extends true
        ? { readonly [K in Head<P>]?: K extends P ? InMap<T, K> : Kept<InMap<T, K>, Tail<P, K>> }
        : [P] extends [keyof T]
          ? Flat<Pick<T, P>>
          : Flat<
              {
                readonly [
                  K in keyof Pick<T, Head<P> & keyof T> as DropsOut<T, K, P> extends true ? never : K
                ]: KeptField<T, K, P>;
              } & {
                readonly [
                  K in keyof Pick<T, Head<P> & keyof T> as DropsOut<T, K, P> extends true ? K : never
                ]?: KeptField<T, K, P>;
              }
            >;

type KeptField<T, K extends keyof T, P extends string> = K extends P ? T[K] : Kept<T[K], Tail<P, K>>;

type DropsOut<T, K extends keyof T, P extends string> = K extends P
  ? false
  : unknown extends T[K]
    ? false
    : Extract<T[K], Exclude<ScalarLike, undefined>> extends never
      ? false
      : true;

/** The document without these paths. */
export type Without<T, P extends string> = unknown extends T
  ? unknown
  : T extends ScalarLike
    ? T
    : T extends readonly (infer E)[]
      ? Without<E, P>[]
      : { [K in keyof T as K extends P ? never : K]: K extends Head<P> ? Without<T[K], Tail<P, K>> : T[K] };

/** The document after `$unwind`: the element instead of the array; it is required unless empty arrays are kept. */
export type Unwound<T, P extends string, Keeps> = unknown extends T
  ? unknown
  : T extends ScalarLike
    ? T
    : P extends `${infer H}.${infer Rest}`
      ? Keeps extends true
        ? { [K in keyof T]: K extends H ? Unwound<T[K], Rest, Keeps> : T[K] }
        : WithFields<T, { readonly [K in H & keyof T]: Unwound<Exclude<T[K], ScalarLike>, Rest, Keeps> }>
      : WithFields<T, { readonly [K in P & keyof T]: UnwoundValue<T[K], Keeps> }>;

type UnwoundValue<V, Keeps> = Keeps extends true
  ? V extends readonly (infer E)[]
    ? E | undefined
    : V
  : V extends readonly (infer E)[]
    ? E
    : Exclude<V, null | undefined>;
