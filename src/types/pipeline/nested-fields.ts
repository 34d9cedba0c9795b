import type { ScalarLike } from '../scalar.ts';
import type { NoVariables } from './accumulator-types.ts';
import type { Kept, Settled, WithFields } from './document-type.ts';
import type { ExpressionType } from './expression-type.ts';
import type { FieldType, HasField } from './field-type.ts';

/** Whether a written value is an object of fields, and no operator, scalar or array. */
export type IsFields<X> = X extends object
  ? keyof X extends `$${string}`
    ? false
    : X extends ScalarLike | readonly unknown[]
      ? false
      : true
  : false;

/** The keys of a stage whose objects are merged into an existing field instead of a new one. */
type NestedIn<T, A> = {
  [K in keyof A]: A[K] extends object
    ? IsFields<A[K]> extends true
      ? HasField<T, K & string> extends true
        ? K
        : never
      : never
    : never;
}[keyof A];

/** What a mark of a `$project` says, apart from expressions. */
export type Included<A> = Extract<{ [K in keyof A]: A[K] extends 1 | true ? K : never }[keyof A], string>;
export type Excluded<A> = Extract<{ [K in keyof A]: A[K] extends 0 | false ? K : never }[keyof A], string>;

/** The documents after `$addFields`: an object over a branch sets fields in it, in each element where it is an array. */
export type FieldsSet<T, A, Root = T> = [NestedIn<T, A>] extends [never]
  ? WithFields<T, Expressions<Root, A>>
  : WithFields<
      T,
      {
        readonly [K in keyof A]: K extends NestedIn<T, A>
          ? FieldSet<FieldType<T, K & string>, A[K], Root>
          : ExpressionType<Root, A[K], NoVariables>;
      }
    >;

type FieldSet<V, A, Root> = unknown extends V
  ? unknown
  : V extends readonly (infer E)[]
    ? FieldSet<E, A, Root>[]
    : V extends ScalarLike
      ? ExpressionType<Root, A, NoVariables>
      : FieldsSet<V, A, Root>;

/** The documents after a `$project` that brings fields in. */
export type Inclusion<T, A, Root = T> = [NestedIn<T, A>] extends [never]
  ? FlatInclusion<T, A, Root>
  : WithFields<
      FlatInclusion<T, Omit<A, NestedIn<T, A>>, Root>,
      { readonly [K in NestedIn<T, A>]: IncludedField<FieldType<T, K & string>, A[K], Root> }
    >;

type FlatInclusion<T, A, Root> = [Exclude<keyof A, Included<A> | Excluded<A>>] extends [never]
  ? Kept<T, Included<A>>
  : WithFields<Kept<T, Included<A>>, Expressions<Root, Omit<A, Included<A> | Excluded<A>>>>;

type Expressions<T, A> = { readonly [K in keyof A]: ExpressionType<T, A[K], NoVariables> };

/** A scalar drops out where its parts are marked; if something is computed below, a document takes its place. */
type IncludedField<V, A, Root> = unknown extends V
  ? unknown
  : V extends readonly (infer E)[]
    ? Exclude<IncludedField<E, A, Root>, undefined>[]
    : V extends ScalarLike
      ? HasComputed<A> extends true
        ? Made<A, Root>
        : undefined
      : Inclusion<V, A, Root>;

type HasComputed<A> = true extends {
  [K in keyof A]: A[K] extends 1 | true ? false : IsFields<A[K]> extends true ? HasComputed<A[K]> : true;
}[keyof A]
  ? true
  : false;

/** What is computed, without the marks. */
type Made<A, Root> = Settled<{
  readonly [K in keyof A as A[K] extends 1 | true ? never : K]: IsFields<A[K]> extends true
    ? HasComputed<A[K]> extends true
      ? Made<A[K], Root>
      : undefined
    : ExpressionType<Root, A[K], NoVariables>;
}>;
