import type { ArraysOf } from './array-paths.ts';
import type { Capabilities } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { Refused } from './refused.ts';
import type { IsAny } from './type-fest.ts';

/** What `paginate()` asks of its sort and collation besides what every method does. */
export type CheckPage<TDoc, C extends Capabilities, O> = {
  readonly [K in keyof O]: K extends 'sort'
    ? CheckPageSort<TDoc, C, O[K]>
    : K extends 'collation'
      ? CheckPageCollation<TDoc, O[K]>
      : unknown;
};

/** A page continues after a value, so each path of its sort has one. A sort that code builds up is checked at run time. */
type CheckPageSort<TDoc, C extends Capabilities, S> =
  IsAny<S> extends true
    ? never
    : S extends readonly unknown[]
      ? number extends S['length']
        ? unknown
        : {
            readonly [I in keyof S]: S[I] extends readonly [infer P extends string, unknown]
              ? Pair<TDoc, C, P>
              : unknown;
          }
      : S extends object
        ? { readonly [K in keyof S]: {} extends Pick<S, K> ? unknown : SingleAt<TDoc, C, K & string> }
        : S;

type Pair<TDoc, C extends Capabilities, P extends string> = readonly [SingleAt<TDoc, C, P>, unknown];

type SingleAt<TDoc, C extends Capabilities, P extends string> = [ArraysOf<TDoc, C, P>] extends [never]
  ? unknown
  : Refused<`'${P}' is in an array, so a document has several values there: sort pages by a path with one`>;

/** With a collation, several ids that are strings can be equal, so a page could not continue after one. */
type CheckPageCollation<TDoc, X> = X extends { readonly locale: 'simple' } | undefined
  ? unknown
  : HasText<Stored<TDoc> extends { readonly _id: infer Id } ? Id : never> extends true
    ? Refused<"'_id' may be a string, and a collation takes several strings for equal: leave `collation` out">
    : unknown;

type HasText<Id> = IsAny<Id> extends true ? false : [Extract<Id, string>] extends [never] ? false : true;
