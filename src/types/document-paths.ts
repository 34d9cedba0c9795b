import type { PathKind, ValueAt } from './path-value.ts';
import type { ScalarLike } from './scalar.ts';
import type { OneLess } from './split.ts';

/** The number of segments that are listed. */
type Levels = readonly [unknown, unknown, unknown];

/** Completions for the paths of a document in a view: leaves, and branches at the last level. */
export type PathsOffer<TDoc> = { readonly [K in PathsOf<TDoc>]?: unknown } & { readonly [path: string]: unknown };

type PathsOf<T, Left extends readonly unknown[] = Levels> = T extends readonly (infer E)[]
  ? PathsOf<E, Left>
  : OneLess<Left> extends readonly []
    ? keyof T & string
    : {
        [K in keyof T & string]: PathKind<T[K]> extends 'branch'
          ? `${K}.${PathsOf<NonNullable<T[K]>, OneLess<Left>>}`
          : K;
      }[keyof T & string];

/** Completions below a path that ends with a dot, as while typing. Such a path is always refused. */
export type OfferBelow<TDoc, P> = [keyof P & `${string}.`] extends [never]
  ? unknown
  : { readonly [K in Below<TDoc, keyof P & `${string}.`>]?: unknown };

type Below<TDoc, Written extends string> = Written extends `${infer Branch}.`
  ? `${Branch}.${FieldsOf<ValueAt<TDoc, Branch>>}`
  : never;

type FieldsOf<V> = V extends readonly (infer E)[] ? FieldsOf<E> : V extends ScalarLike ? never : keyof V & string;
