import type { SpecShape } from './capabilities.ts';
import type { ShownDocument } from './opaque-document.ts';
import type { CarrierLike, ScalarLike } from './scalar.ts';
import type { Begun, Branching, Tail } from './split.ts';

/** The public type of a specification. */
export type PublicOfSpec<TDoc, S extends SpecShape> = PublicDocument<
  ShownDocument<TDoc, S['public']>,
  keyof S['public'] & string
>;

/**
 * The public view of a document type: the leaves at `P`, with nesting, unions and optional fields kept.
 *
 * A branch that may be stored as `null` or as a scalar is optional here, because an inclusion projection leaves it out
 * (mongod 6.0.5: `{ profile: null }` with `{ 'profile.bio': 1 }` is returned as `{}`).
 */
export type PublicDocument<T, P extends string> = T extends unknown ? PublicFields<T, P, DropsOut<T, P>> : never;

type PublicFields<T, P extends string, Dropped extends keyof T> = [Dropped] extends [never]
  ? FieldsOf<T, P, Begun<T, P>>
  : FieldsOf<T, P, Exclude<Begun<T, P>, Dropped>> & {
        -readonly [K in Dropped]?: PublicField<T, K, P>;
      } extends infer Both
    ? { [K in keyof Both]: Both[K] }
    : never;

/** Conditional, because an editor would show a plain mapped type by the name of this one. */
type FieldsOf<T, P extends string, Keys extends keyof T> = T extends unknown
  ? { -readonly [K in Keys]: PublicField<T, K, P> }
  : never;

type PublicField<T, K extends keyof T, P extends string> = K extends P ? T[K] : PublicBranch<T[K], Tail<P, K>>;

type PublicBranch<T, P extends string> = T extends ScalarLike | CarrierLike
  ? never
  : T extends readonly (infer E)[]
    ? PublicBranch<E, P>[]
    : PublicDocument<T, P>;

/** The branches that an inclusion may leave out. */
type DropsOut<T, P> = {
  [K in Branching<P> & keyof T]: K extends P
    ? never
    : Extract<T[K], ScalarLike | CarrierLike> extends never
      ? never
      : K;
}[Branching<P> & keyof T];
