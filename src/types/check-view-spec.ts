import type { subtree } from '../view/subtree.ts';
import type { Stored } from './document.ts';
import type { PathKind, ValueAt } from './path-value.ts';
import type { LeafPaths } from './public-paths.ts';
import type { Refused } from './refused.ts';
import type { StandardSchema } from './standard-schema.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/**
 * The specification of a view held to its document type: each refused path carries a sentence that says why.
 *
 * `never` refuses `any`, which is assignable to every type but that.
 */
export type CheckViewSpec<TDoc, S, TPublic = unknown> =
  IsAny<TDoc> extends true
    ? Refused<'a view of `any` protects nothing: name the document type'>
    : IsAny<S> extends true
      ? never
      : { readonly [K in keyof S]: CheckSpecEntry<TDoc, S, K, TPublic> };

type CheckSpecEntry<TDoc, S, K extends keyof S, TPublic> =
  IsAny<S[K]> extends true
    ? never
    : K extends 'public'
      ? CheckPublic<TDoc, S[K]> & CheckComplete<S[K], TPublic>
      : K extends 'writable' | 'filterable' | 'sortable' | 'joinable'
        ? CheckPathSet<TDoc, S[K], K>
        : K extends 'operators' | 'name'
          ? unknown
          : K extends 'timestamps' | 'version' | 'defaults' | 'validate'
            ? CheckConvention<TDoc, K, S[K]>
          : Refused<`'${K & string}' is not a part of a view`>;

type CheckPublic<TDoc, P> =
  IsNever<keyof P> extends true
    ? Refused<'a view needs at least one public path'>
    : { readonly [K in keyof P]: CheckPublicPath<K & string, PathKind<ValueAt<Stored<TDoc>, K & string>>, P[K], keyof P & string> };

type CheckPublicPath<K extends string, Kind, Mark, All extends string> =
  IsAny<Mark> extends true
    ? never
    : [Kind] extends ['unknown']
      ? Refused<`'${K}' is not a path of this document`>
      : [Kind] extends ['open']
        ? Mark extends typeof subtree
          ? Contradiction<K, All>
          : Refused<`'${K}' has no fixed leaves: write subtree to return all that is below it`>
        : [Kind] extends ['leaf']
          ? Mark extends 1
            ? Contradiction<K, All>
            : Refused<`'${K}' is a leaf: write 1`>
          : [Kind] extends ['carrier']
            ? Refused<`'${K}' holds a DBRef or Code, which carries a document`>
            : Refused<`'${K}' is a branch: name its leaves`>;

type Contradiction<K extends string, All extends string> =
  Extract<All, `${K}.${string}`> extends infer Below extends string
    ? IsNever<Below> extends true
      ? unknown
      : Refused<`'${K}' already covers '${Below}'`>
    : never;

/** With a declared public type: the listed paths are its leaf paths, no fewer. A surplus path is refused where it stands. */
type CheckComplete<P, TPublic> = unknown extends TPublic
  ? unknown
  : Exclude<LeafPaths<TPublic>, keyof P> extends infer Missing extends string
    ? (IsNever<Missing> extends true ? unknown : Refused<`'${Missing}' is declared public and missing here`>) & {
        readonly [K in Exclude<keyof P, LeafPaths<TPublic>> & string]: Refused<`'${K}' is not part of the declared public type`>;
      }
    : never;

type CheckPathSet<TDoc, P, Role extends string> = {
  readonly [K in keyof P]: IsAny<P[K]> extends true
    ? never
    : P[K] extends 0 | 1
      ? CheckRolePath<K & string, PathKind<ValueAt<Stored<TDoc>, K & string>>, Role>
      : Refused<'write 1 to add a path, 0 to take one away'>;
};

type CheckRolePath<K extends string, Kind, Role extends string> = [Kind] extends ['unknown']
  ? Refused<`'${K}' is not a path of this document`>
  : [Kind] extends ['leaf' | 'open']
    ? unknown
    : Refused<`'${K}' is a branch: name the leaves that are ${Role}`>;

/** What the view writes by itself: top-level fields of a type that it can make. */
type CheckConvention<TDoc, Part, X> = Part extends 'timestamps'
  ? { readonly [K in keyof X]: K extends 'createdAt' | 'updatedAt' ? FieldOfType<TDoc, Date> : Refused<`'${K & string}' is not a timestamp`> }
  : Part extends 'version'
    ? FieldOfType<TDoc, number>
    : Part extends 'validate'
      ? { readonly insert: StandardSchema; readonly update: StandardSchema }
      : { readonly [K in keyof X]: K extends keyof TDoc ? TDoc[K] | (() => TDoc[K]) : Refused<`'${K & string}' is not a top-level field of this document`> };

type FieldOfType<TDoc, V> = { [K in keyof TDoc & string]: V extends TDoc[K] ? K : never }[keyof TDoc & string];
