import type { ProjectionOperator } from '../grammar/projection-operators.ts';
import type { CheckLimit, Loosened, MatchedKeys } from './array-limit.ts';
import type { View } from './view.ts';
import type { Capabilities } from './capabilities.ts';
import type { CheckOf, Faults } from './every-member.ts';
import type { Exposed } from './exposed.ts';
import type { Op } from './op.ts';
import type { PartialDeep, ProjectedPaths } from './projected.ts';
import type { Refused } from './refused.ts';
import type { BranchOf, Dotted, Malformed } from './split.ts';
import type { IsUnion } from './is-union.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { viewTypes } from './view-types.ts';
import type { DidYouMean } from './near.ts';
import type { Fine } from './write/settable.ts';

declare const selected: unique symbol;

/** A selection that returns only some elements of an array. */
interface AnyLimited {
  readonly isLimited: true;
}

/** The same, with the fields that may be missing, because they have an `$elemMatch`. */
export interface Limited<Matched extends string> extends AnyLimited {
  readonly matched: (paths: Matched) => Matched;
}

/** A reusable projection of one view, made by `view.select()` or `view.selectFields()`. */
export interface Selection<TPublic, P extends string, Presence extends 'exact' | 'partial' | AnyLimited = 'exact'> {
  readonly [selected]: {
    readonly view: (view: TPublic) => TPublic;
    /** A function, so that of two selections none passes for the other: it may lack the other's paths. */
    readonly paths: (paths: P) => P;
    readonly presence: Presence;
  };
}

/** The paths that a projection may name: leaves, the branches above them, and any path below a subtree. */
export type ProjectablePath<C extends Capabilities> =
  | C['public']
  | BranchOf<C['public'] & Dotted>
  | `${C['subtree']}.${string}`;

/** Completions in a projection. The index signature allows a refused key, which then gets its error message. */
export type ProjectionShape<C extends Capabilities> =
  | ({ readonly [K in ProjectablePath<C>]?: unknown } & { readonly _id?: unknown; readonly [path: string]: unknown })
  | readonly ProjectablePath<C>[]
  | object;

declare const unwritten: unique symbol;

/** What an option may be before it is checked. No value has this symbol, so it tells the constraint from what is written. */
export type ProjectionOption<C extends Capabilities> = ProjectionShape<C> | typeof unwritten | null | undefined;

/**
 * A written projection checked against the view: each refused key gets an error message. `never` is the result for `any`, so it is refused.
 * `Source` is the document type if the projection may return some elements of an array.
 * If another option has a wrong type, the compiler takes the constraint for what is written; then nothing is said of the projection.
 */
export type CheckProjection<TPublic, C extends Capabilities, P, Source = never> = 0 extends 1 & C
  ? CheckGenericProjection<P>
  : IsAny<P> extends true
    ? never
    : IsUnion<P> extends true
      ? [P] extends [Reusable]
        ? CheckOf<ReusableFaults<TPublic, C, P, Source>>
        : [Extract<P, symbol>] extends [never]
          ? Refused<'a literal projection cannot be chosen by a condition: choose between selections of view.select()'>
          : {}
      : P extends Reusable
        ? CheckReusable<TPublic, C, P, Source>
        : P extends readonly unknown[]
          ? CheckTuple<C, P>
          : IsOfLeaves<C, P> extends true
            ? Fine<P>
            : CheckMarks<C, P, Source>;

/** Whether a projection marks nothing but public leaves, and each with 1 or true. None of them is above another. */
type IsOfLeaves<C extends Capabilities, P> = [undefined] extends [P[keyof P]]
  ? false
  : [keyof P] extends [never]
    ? false
    : [keyof P, P[keyof P]] extends [C['public'], 1 | true]
      ? true
      : false;

type CheckMarks<C extends Capabilities, P, Source> =
  IsNever<Exclude<keyof P, '_id'>> extends true
    ? CheckIdAlone<C, P>
    : string extends keyof P
      ? Refused<'write the path as a literal'>
      : { readonly [K in keyof P]: CheckKey<C, P, K, P[K], Source> };

/**
 * The projection in code that is generic over views: the view itself, or a selection of it. The condition is written so that the compiler
 * decides it while the view is still a type parameter.
 */
type CheckGenericProjection<P> = [[P] extends [Reusable] ? true : never] extends [never]
  ? Refused<'the view is not known here: pass the view itself, or a selection of it'>
  : unknown;

/** A projection made before: a selection, or the view itself. The result type knows which paths it has. */
type Reusable = { readonly [selected]: unknown } | { readonly [viewTypes]: unknown };

type ReusableFaults<TPublic, C extends Capabilities, P, Source> = P extends unknown
  ? Faults<CheckReusable<TPublic, C, P, Source>>
  : never;

type CheckReusable<TPublic, C extends Capabilities, P, Source> = P extends { readonly [selected]: unknown }
  ? P extends { readonly [selected]: { readonly view: (view: TPublic) => TPublic } }
    ? CheckLimited<P, Source>
    : Refused<'this selection belongs to another view'>
  : P extends View<infer _D, TPublic, infer _C>
    ? unknown
    : C extends { readonly chosen: infer Chosen }
      ? P extends Chosen
        ? unknown
        : Refused<'this is another view'>
      : Refused<'this is another view'>;

/** A selection with `$slice` or `$elemMatch` can be used only where the projection takes these. */
type CheckLimited<P, Source> = P extends { readonly [selected]: { readonly presence: AnyLimited } }
  ? [Source] extends [never]
    ? Refused<'this selection has $slice or $elemMatch: only find(), findOne() and findOneAnd…() take it'>
    : unknown
  : unknown;

/** While a path is being typed, it is `any` to the compiler, so the completions are part of the type next to the error message. */
type CheckTuple<C extends Capabilities, P extends readonly unknown[]> = number extends P['length']
  ? Refused<'a projection must be a literal: for paths known only at run time, use view.selectFields()'>
  : P['length'] extends 0
    ? Refused<'a projection needs at least one public path'>
    : IsAny<P[number]> extends true
      ? Refused<'a path of this projection is any'> & { readonly [I in keyof P]: ProjectablePath<C> }
      : { readonly [I in keyof P]: CheckPath<C, P, I, P[I]> };

type CheckPath<C extends Capabilities, P, I, K> = string extends K
  ? Refused<'write the path as a literal'>
  : IsUnion<K> extends true
    ? Refused<'write one path as a literal'>
    : K extends ProjectablePath<C>
      ? CheckOnce<C, K, OtherElements<P, I>>
      : Refused<`'${K & string}' is not public in this view${DidYouMean<K, C['public']>}`>;

type OtherElements<P, I> = { [J in keyof P]: J extends I ? never : P[J] } extends readonly (infer Other)[]
  ? Other
  : never;

type CheckOnce<C extends Capabilities, K extends string, Others> = K extends Others
  ? Refused<`'${K}' is named twice`>
  : CheckBelow<C, K, Others>;

/** The server refuses a path together with a path above it (code 31249). The error is reported at the lower one. */
type CheckBelow<C extends Capabilities, K extends string, Others> = [Others & BranchOf<K>] extends [never]
  ? K extends `${C['subtree']}.${string}`
    ? K extends Malformed
      ? Refused<`'${K}' is not a path`>
      : unknown
    : unknown
  : Refused<`'${K}' is already included by '${Others & BranchOf<K> & string}'`>;

type CheckIdAlone<C extends Capabilities, P> =
  '_id' extends ProjectablePath<C>
    ? P extends { readonly _id: 1 | true }
      ? unknown
      : Refused<'a projection needs at least one public path'>
    : Refused<'a projection needs at least one public path'>;

/** A mark that may have another value or be missing is refused, because the result type would be wrong. */
type CheckKey<C extends Capabilities, P, K extends keyof P, Mark, Source> =
  IsAny<Mark> extends true
    ? never
    : K extends ProjectablePath<C>
      ? [Mark] extends [1 | true]
        ? CheckBelow<C, K, keyof P>
        : K extends '_id'
          ? [Mark] extends [0 | false]
            ? unknown
            : Refused<"'_id' takes the literal 1, true, 0 or false">
          : [Mark] extends [Op<infer O>]
            ? CheckLimit<Source, C, K, O> & CheckBelow<C, K, keyof P>
            : Refused<`'${K}' takes the literal 1 or true${Advice<K, Mark>}`>
      : string extends K
        ? Refused<'write the path as a literal'>
        : K extends '_id'
          ? [Mark] extends [0 | false]
            ? unknown
            : Refused<"'_id' is not public in this view">
          : Refused<`'${K & string}' is not public in this view${DidYouMean<K, C['public']>}`>;

/** For an operator, an exclusion or a nested projection, the error message says how to write it. */
type Advice<K extends string, Mark> = Mark extends 0 | false
  ? ': a projection names what is returned, it excludes nothing'
  : Mark extends object
    ? [keyof Mark, Mark[keyof Mark]] extends [`$${string}`, unknown]
      ? keyof Mark extends ProjectionOperator
        ? `: write op({ ${keyof Mark}: … })`
        : ''
      : Mark[keyof Mark] extends number | boolean
        ? `: write '${K}.${keyof Mark & string}'`
        : ''
    : '';

/** The paths of a projection of any form. */
type PathsOf<P> = P extends readonly (infer Path extends string)[]
  ? Path
  : P extends { readonly _id: 0 | false }
    ? Exclude<keyof P & string, '_id'>
    : keyof P & string;

/** The result of a read with projection `P`: exactly the projected shape, branded as exposed. */
export type ResultOf<TPublic, P> = P extends {
  readonly [selected]: {
    readonly view: (view: infer Own) => unknown;
    readonly paths: (paths: infer Paths extends string) => unknown;
    readonly presence: infer Presence;
  };
}
  ? Exposed<
      Presence extends 'partial'
        ? PartialDeep<Own>
        : Presence extends Limited<infer Matched>
          ? Loosened<ProjectedPaths<Own, Paths>, Matched>
          : ProjectedPaths<Own, Paths>
    >
  : P extends { readonly [viewTypes]: { readonly public: (document: infer Own) => unknown } }
    ? Exposed<Own>
    : Exposed<
        IsLimited<P> extends true
          ? Loosened<ProjectedPaths<TPublic, PathsOf<P>>, MatchedKeys<P>>
          : ProjectedPaths<TPublic, PathsOf<P>>
      >;

/** Whether a projection has an operator at a path. */
type IsLimited<P> = P extends readonly unknown[] | { readonly [path: string]: 0 | 1 | boolean } ? false : true;

/** The selection for a literal projection. */
export type SelectionOf<TPublic, P> = P extends { readonly [selected]: { readonly view: (view: TPublic) => TPublic } }
  ? P
  : P extends {
        readonly [viewTypes]: { readonly capabilities: (capabilities: infer C extends Capabilities) => unknown };
      }
    ? Selection<TPublic, C['public']>
    : Selection<TPublic, PathsOf<P>, IsLimited<P> extends true ? Limited<MatchedKeys<P>> : 'exact'>;
