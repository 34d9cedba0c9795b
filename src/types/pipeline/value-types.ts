import type { Flat } from './document-type.ts';
import type { ExpressionType } from './expression-type.ts';
import type { Elements, Given, NullFrom } from './field-type.ts';

/** An array of the same elements, or `null`. */
export type ArrayOrNull<X> = unknown extends X ? unknown : Elements<X>[] | NullFrom<X>;

/** The types of the branches of a `$switch`. */
export type BranchTypes<T, B, V> = B extends readonly (infer Branch)[]
  ? Branch extends { readonly then: infer Then }
    ? ExpressionType<T, Then, V>
    : never
  : never;

/** The type of merged documents. Later fields override earlier ones; `null` and missing documents are ignored. */
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

/** Merges two documents. If a field of the upper one may be missing, the type includes that of the lower one. */
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
