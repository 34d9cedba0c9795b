import type { CarrierLike, ScalarLike } from '../scalar.ts';

/** A computed document as an editor shows it: plain objects and arrays, none of them readonly. */
export type Plain<T> = unknown extends T
  ? T
  : T extends ScalarLike | CarrierLike
    ? T
    : T extends readonly (infer E)[]
      ? number extends T['length']
        ? Plain<E>[]
        : { -readonly [I in keyof T]: Plain<T[I]> }
      : { -readonly [K in keyof T]: Plain<T[K]> };
