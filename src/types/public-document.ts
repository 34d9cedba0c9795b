import type { SpecShape } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { CarrierLike, ScalarLike } from './scalar.ts';
import type { Head, Tail } from './split.ts';

/** The public type of a specification. */
export type PublicOfSpec<TDoc, S extends SpecShape> = PublicDocument<Stored<TDoc>, Extract<keyof S['public'], string>>;

/**
 * The public view of a document type: the leaves at `P`, with nesting, unions and optional fields kept.
 *
 * A branch that may be stored as `null` or as a scalar is optional here, because an inclusion projection leaves it out
 * (mongod 6.0.5: `{ profile: null }` with `{ 'profile.bio': 1 }` is returned as `{}`).
 */
export type PublicDocument<T, P extends string> = T extends unknown
  ? {
      -readonly [K in keyof Picked<T, P> as MayDropOut<T, K, P> extends true ? never : K]: PublicField<T, K, P>;
    } & {
      -readonly [K in keyof Picked<T, P> as MayDropOut<T, K, P> extends true ? K : never]?: PublicField<T, K, P>;
    } extends infer Both
    ? { [K in keyof Both]: Both[K] }
    : never
  : never;

type Picked<T, P extends string> = Pick<T, Head<P> & keyof T>;

type PublicField<T, K, P extends string> = K extends keyof T
  ? K extends P
    ? T[K]
    : PublicBranch<T[K], Tail<P, K>>
  : never;

type PublicBranch<T, P extends string> = T extends ScalarLike | CarrierLike
  ? never
  : T extends readonly (infer E)[]
    ? PublicBranch<E, P>[]
    : PublicDocument<T, P>;

type MayDropOut<T, K, P extends string> = K extends P
  ? false
  : K extends keyof T
    ? Extract<T[K], ScalarLike | CarrierLike> extends never
      ? false
      : true
    : false;
