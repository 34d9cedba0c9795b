import type { ConventionPart, ViewPart } from '../grammar/view-parts.ts';
import type { subtree } from '../values/subtree.ts';
import type { Capabilities, CapabilitiesOf, IsUnwritten, SpecShape } from './capabilities.ts';
import type { ArePlain, NotPlain } from './plain-paths.ts';
import type { CheckArrays, RequireArrays, SimpleArrays } from './check-arrays.ts';
import type { CheckConvention } from './check-convention.ts';
import type { CheckWholeArrays } from './check-whole.ts';
import type { CheckDeclared } from './check-declared.ts';
import type { OfferBelow } from './document-paths.ts';
import type { Stored } from './document.ts';
import type { CheckScopePart } from './scope.ts';
import type { CheckShardKeyPart } from './shard-key.ts';
import type { CheckGeoPaths } from './geo.ts';
import type { PathKind, ValueAt } from './path-value.ts';
import type { CheckOpaque } from './opaque-document.ts';
import type { AnyOpaqueMark } from './opaque-id.ts';
import type { CheckSearch } from './text.ts';
import type { Refused } from './refused.ts';
import type { Fine } from './write/settable.ts';
import type { SameNames } from './same-names.ts';
import type { BranchOf, Dotted, Malformed } from './split.ts';
import type { IsUnion } from './is-union.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { DidYouMean } from './near.ts';

/**
 * The specification of a view checked against its document type: each refused path gets an error message.
 *
 * `never` is the result for `any`, which is assignable to every other type.
 */
export type CheckViewSpec<TDoc, S extends SpecShape, TPublic = unknown> =
  IsAny<TDoc> extends true
    ? Refused<'a view of `any` protects nothing: name the document type'>
    : IsAny<TPublic> extends true
      ? Refused<'a declared public type of `any` promises nothing'>
      : IsAny<S> extends true
        ? never
        : CheckParts<TDoc, S, TPublic>;

/** Distributive, so that the compiler evaluates it once for the constraint of `S`, and not again for each path of a view. */
type CheckParts<TDoc, S extends SpecShape, TPublic> = S extends unknown
  ? IsUnwritten<S> extends true
    ? unknown
    : [keyof SpecShape, SpecShape] extends [keyof S, S]
      ? Refused<'a view must be a literal'>
      : { readonly [K in keyof S]: CheckPart<TDoc, S, K, TPublic> }
  : never;

/** One part of a specification. */
export type CheckPart<TDoc, S extends SpecShape, K extends keyof S, TPublic> =
  IsAny<S[K]> extends true
    ? never
    : K extends PartName
      ? IsUnion<S[K]> extends true
        ? Refused<'a view must be a literal, not chosen by a condition'>
        : K extends 'public'
          ? CheckPublic<TDoc, S[K], S> & CheckDeclared<TDoc, S[K], TPublic>
          : K extends 'operators'
            ? CheckOneOf<S[K], 'tagged' | 'plain', "'operators' must be 'tagged' or 'plain'">
            : K extends 'name'
              ? CheckOneOf<S[K], string, "'name' must be a string">
              : K extends ConventionPart
                ? CheckConvention<TDoc, K, S[K], CapabilitiesOf<S>>
                : K extends 'search'
                  ? CheckSearch<CapabilitiesOf<S>, S[K]>
                  : K extends 'geo'
                    ? CheckGeoPaths<TDoc, S[K]>
                    : K extends 'arrays'
                      ? CheckArrays<TDoc, CapabilitiesOf<S>, S[K]>
                      : K extends 'whole'
                        ? CheckWholeArrays<TDoc, CapabilitiesOf<S>, S[K]>
                        : K extends 'scope'
                          ? CheckScopePart<TDoc, CapabilitiesOf<S>, S[K]>
                          : K extends 'shardKey'
                            ? CheckShardKeyPart<TDoc, CapabilitiesOf<S>, S[K]>
                            : AreRight<TDoc, S[K], keyof S[K], S> extends true
                              ? CheckOrder<S[K], K, S>
                              : CheckPathSet<TDoc, S[K], K, CapabilitiesOf<S>, ArraysIn<S>> &
                                  CheckOrder<S[K], K, S> &
                                  Fine<S[K]> &
                                  OfferBelow<TDoc, S[K]>
      : Refused<`'${K & string}' is not a part of a view`>;

/** The names of the parts of a view. */
type PartName = SameNames<ViewPart, keyof SpecShape, ViewPart>;

type CheckOneOf<X, Allowed, Sentence extends string> = [X] extends [Allowed] ? unknown : Refused<Sentence>;

/** The `arrays` that a view declares. */
type ArraysIn<S> = 'arrays' extends keyof S ? S['arrays' & keyof S] : {};

type CheckPublic<TDoc, P, S extends SpecShape> =
  IsNever<keyof P> extends true
    ? Refused<'a view needs at least one public path'>
    : AreRight<TDoc, P, CapabilitiesOf<S>['public'], S> extends true
      ? unknown
      : {
          readonly [K in Unclear<Stored<TDoc>, P>]: IsAny<P[K]> extends true
            ? never
            : CheckPublicPath<TDoc, P, K, KindAt<TDoc, K>, S>;
        } & Fine<P> &
          OfferBelow<TDoc, P>;

/**
 * Whether a set of paths can be accepted as a whole: all are plain, and marked with 1. `any` is asked for in brackets: while a path is being
 * typed, its mark is an error, and an error in a condition would make the completions one too.
 */
type AreRight<TDoc, P, Paths, S> = [0] extends [1 & P[keyof P]]
  ? false
  : [P[keyof P], keyof P] extends [1, string]
    ? ArePlain<Stored<TDoc>, Paths, SimpleArrays<ArraysIn<S>>>
    : false;

/** The paths that need a closer look: those that may be no scalar of the document itself, and those that are not marked with 1. */
type Unclear<T, P> = 0 extends 1 & (P[keyof P] | T[keyof P & keyof T])
  ? keyof P
  : [keyof P] extends [keyof T | Dotted]
    ? NotPlain<T, keyof P> | NotOne<P>
    : keyof P;

type NotOne<P> = [P[keyof P]] extends [1] ? never : { [K in keyof P]: [P[K]] extends [1] ? never : K }[keyof P];

/** The kind of a path. A path that no document can have is unknown, even if an index signature would allow it. */
type KindAt<TDoc, K> = string extends K
  ? 'wide'
  : K extends Malformed
    ? 'unknown'
    : PathKind<ValueAt<Stored<TDoc>, K & string>>;

/** A path of several kinds (`string | Record<string, T>`) has the kind that says least about the stored value. */
type CheckPublicPath<TDoc, P, K extends keyof P, Kind, S extends SpecShape> = 'wide' extends Kind
  ? Refused<'write the path as a literal'>
  : 'unknown' extends Kind
    ? P[K] extends AnyOpaqueMark
      ? CheckOpaque<TDoc, P, K & string, P[K]>
      : Refused<`'${K & string}' is not a path of this document${DidYouMean<K, keyof TDoc>}`>
    : 'carrier' extends Kind
      ? Refused<`'${K & string}' holds a DBRef or Code, which contains a document`>
      : 'branch' extends Kind
        ? Refused<`'${K & string}' is a branch: name its leaves`>
        : 'open' extends Kind
          ? [P[K]] extends [typeof subtree]
            ? Contradiction<K & string, keyof P & string> &
                RequireArrays<TDoc, CapabilitiesOf<S>, K & string, ArraysIn<S>>
            : Refused<`'${K & string}' has no fixed leaves: write subtree to return everything below it`>
          : [P[K]] extends [1]
            ? Contradiction<K & string, keyof P & string> &
                RequireArrays<TDoc, CapabilitiesOf<S>, K & string, ArraysIn<S>>
            : P[K] extends AnyOpaqueMark
              ? CheckOpaque<TDoc, P, K & string, P[K]> & RequireArrays<TDoc, CapabilitiesOf<S>, K & string, ArraysIn<S>>
              : Refused<`'${K & string}' is a leaf: write 1`>;

type Contradiction<K extends string, All extends string> =
  K extends BranchOf<All> ? Refused<`'${K}' already covers '${Extract<All, `${K}.${string}`>}'`> : unknown;

type CheckPathSet<TDoc, P, Role, C extends Capabilities, Declared> = {
  readonly [K in Unclear<Stored<TDoc>, P>]: IsAny<P[K]> extends true
    ? never
    : [P[K]] extends [1]
      ? CheckRolePath<K & string, KindAt<TDoc, K>, Role & string, C[Role & keyof C]> &
          CheckOpen<K & string, KindAt<TDoc, K>, Role, C> &
          RequireArrays<TDoc, C, K & string, Declared>
      : [P[K]] extends [0]
        ? CheckRolePath<K & string, KindAt<TDoc, K>, Role & string, never>
        : [P[K], Role] extends [typeof subtree, 'writable']
          ? CheckRolePath<K & string, KindAt<TDoc, K>, Role & string, C[Role & keyof C]> &
              CheckSubtree<K & string, KindAt<TDoc, K>> &
              RequireArrays<TDoc, C, K & string, Declared>
          : Refused<'write 1 to add a path, 0 to remove one'>;
};

type CheckRolePath<K extends string, Kind, Role extends string, All> = 'wide' extends Kind
  ? Refused<'write the path as a literal'>
  : 'unknown' extends Kind
    ? Refused<`'${K}' is not a path of this document`>
    : [Kind] extends ['leaf' | 'open']
      ? All & BranchOf<K> extends infer Above extends string
        ? IsNever<Above> extends true
          ? unknown
          : Refused<`'${K}' is already covered by '${Above}'`>
        : never
      : Refused<`'${K}' is a branch: name the leaves that are ${Role}`>;

/** An opaque id has no order, so it is not sortable. Without opaque ids the paths are not looked at. */
type CheckOrder<P, Role, S extends SpecShape> = Role extends 'sortable'
  ? [keyof P & CapabilitiesOf<S>['opaque']] extends [never]
    ? unknown
    : {
        readonly [K in keyof P & CapabilitiesOf<S>['opaque']]: [P[K]] extends [1]
          ? Refused<`'${K & string}' is an opaque id, which has no order: it can't be sortable`>
          : unknown;
      }
  : unknown;

type CheckSubtree<K extends string, Kind> = 'open' extends Kind ? unknown : Refused<`'${K}' is a leaf: write 1`>;

/** Checks a path without fixed leaves that is named as a leaf. It can't be a leaf in another set, and a caller's value there has no fixed form. */
type CheckOpen<K extends string, Kind, Role, C extends Capabilities> = 'open' extends Kind
  ? K extends C['subtree']
    ? unknown
    : Role extends 'writable'
      ? Refused<`'${K}' has no fixed leaves: write subtree to let a caller write everything below it`>
      : C['public' | 'writable' | 'filterable' | 'sortable' | 'joinable'] & `${K}.${string}` extends infer Below extends
            string
        ? IsNever<Below> extends true
          ? unknown
          : Refused<`'${K}' is a leaf here and a branch elsewhere: '${Below}' is below it`>
        : never
  : unknown;
