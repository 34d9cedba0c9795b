import type { Flat } from './document-type.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Elements, Given, NullFrom } from './field-type.ts';

/** An array of the same elements, or `null`. */
export type ArrayOrNull<X> = unknown extends X ? unknown : Elements<X>[] | NullFrom<X>;

/** What the branches of a `$switch` give. */
export type BranchTypes<T, B, V> = B extends readonly (infer Branch)[]
  ? Branch extends { readonly then: infer Then }
    ? ExpressionType<T, Then, V>
    : never
  : never;

/** Documents put over each other, the later ones on top; `null` and missing ones count for nothing. */
export type MergedObjects<T, A, V> = A extends readonly unknown[]
  ? Overlaid<T, A, V>
  : OverOne<object, ExpressionType<T, A, V>>;

type Overlaid<T, A extends readonly unknown[], V, Below = object> = A extends readonly [infer First, ...infer Rest]
  ? Overlaid<T, Rest, V, OverOne<Below, ExpressionType<T, First, V>>>
  : Below;

type OverOne<Below, X> = unknown extends X
  ? unknown
  : [Given<X>] extends [never]
    ? Below
    : [NullFrom<X>] extends [never]
      ? Over<Below, Given<X>>
      : Over<Below, Partial<Given<X>>>;

/** A field that may be missing above lets the one below through. */
type Over<Below, Above> = Flat<
  Omit<Below, keyof Above> &
    Omit<Above, LetThrough<Below, Above>> & {
      [K in keyof Pick<Below, LetThrough<Below, Above>>]:
        | Below[K]
        | (K extends keyof Above ? Exclude<Above[K], undefined> : never);
    }
>;

type LetThrough<Below, Above> = {
  [K in keyof Above & keyof Below]-?: undefined extends Above[K] ? K : never;
}[keyof Above & keyof Below];
