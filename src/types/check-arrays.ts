import type { ArraysOf, DepthText, MissingArrays, NamedPath, WrittenDepths } from './array-paths.ts';
import type { Capabilities } from './capabilities.ts';
import type { Stored } from './document.ts';
import type { ValueAt } from './path-value.ts';
import type { Refused } from './refused.ts';
import type { BranchOf, Dotted } from './split.ts';
import type { ArePlain } from './plain-paths.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/** A view's `arrays`: exactly the array paths at or above the leaves that the view names, each as deep as its type. */
export type CheckArrays<TDoc, C extends Capabilities, A> =
  AreSimple<TDoc, C, A, SimpleArrays<A>> extends true ? unknown : CheckEach<TDoc, C, A, DepthMap<ArraysOf<TDoc, C>>>;

/** The declared arrays if all have the depth 1. */
export type SimpleArrays<A> = [0] extends [1 & A[keyof A]] ? never : [A[keyof A]] extends [1] ? keyof A : never;

/** Mostly all paths that a view names are public, and of these the compiler knows the answer. */
type AreNamedPlain<TDoc, C extends Capabilities, Simple> = [NamedPath<C>] extends [C['public']]
  ? ArePlain<Stored<TDoc>, C['public'], Simple>
  : ArePlain<Stored<TDoc>, NamedPath<C>, Simple>;

/** Whether the declared arrays are right as a whole. Each has to be at or above a path of the view. */
type AreSimple<TDoc, C extends Capabilities, A, Simple> = [keyof A] extends [Simple]
  ? [Simple] extends [NamedPath<C> | BranchOf<NamedPath<C> & Dotted>]
    ? AreNamedPlain<TDoc, C, Simple>
    : false
  : false;

type DepthMap<Needed> = {
  readonly [E in Needed as E extends readonly [infer Path extends string, unknown] ? Path : never]: E extends readonly [
    unknown,
    infer Depths,
  ]
    ? Depths
    : never;
};

/** The completions are the required paths. */
type CheckEach<TDoc, C extends Capabilities, A, Needed> = {
  readonly [K in keyof A]: IsAny<A[K]> extends true
    ? never
    : string extends K
      ? Refused<'write the path as a literal'>
      : K extends keyof Needed
        ? CheckDepth<K & string, A[K], WrittenDepths<Needed[K]>>
        : CheckSurplus<TDoc, C, K & string, A[K]>;
} & { readonly [K in keyof Needed]?: unknown };

type CheckDepth<K extends string, X, Written> = [X] extends [Written]
  ? unknown
  : Refused<`'${K}' is an array in this document: write ${DepthText<Written>}`>;

/** For an open type that is only compared, the depth is not known to the types, so any is accepted. */
type CheckSurplus<TDoc, C extends Capabilities, K extends string, X> = K extends
  | C['subtree' | 'writableSubtree']
  | `${C['subtree' | 'writableSubtree']}.${string}`
  ? Refused<`'${K}' is a subtree or below one, where arrays may have any depth: leave it out`>
  : K extends NamedPath<C>
    ? unknown extends ValueAt<Stored<TDoc>, K>
      ? X extends 1 | 2 | 3 | 4 | readonly (0 | 1 | 2 | 3 | 4)[]
        ? unknown
        : Refused<'write the depth of the arrays, 1 to 4, or an ascending list such as [0, 1]'>
      : Refused<`'${K}' is not an array in this document: leave it out`>
    : K extends BranchOf<NamedPath<C>>
      ? Refused<`'${K}' is not an array in this document: leave it out`>
      : Refused<`'${K}' is not a path that this view names elsewhere: leave it out`>;

/** The arrays that a view needs and does not declare: for a right view none. So each path is looked at only if there are some. */
export type LacksArrays<TDoc, C extends Capabilities, Declared> =
  AreNamedPlain<TDoc, C, SimpleArrays<Declared>> extends true
    ? false
    : [MissingArrays<ArraysOf<TDoc, C>, Declared>] extends [never]
      ? false
      : true;

/** The error message at a path of the view if `arrays` lacks an array at or above it. */
export type RequireArrays<TDoc, C extends Capabilities, P extends string, Declared> =
  LacksArrays<TDoc, C, Declared> extends true ? RequireAt<TDoc, C, P, Declared> : unknown;

type RequireAt<TDoc, C extends Capabilities, P extends string, Declared> =
  MissingArrays<ArraysOf<TDoc, C, P>, Declared> extends infer Missing extends string
    ? IsNever<Missing> extends true
      ? unknown
      : Refused<Missing>
    : never;
