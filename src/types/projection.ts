import type { View } from './view.ts';
import type { Capabilities } from './capabilities.ts';
import type { Exposed } from './exposed.ts';
import type { PartialDeep, ProjectedPaths } from './projected.ts';
import type { Refused } from './refused.ts';
import type { BranchOf, Malformed } from './split.ts';
import type { IsUnion } from './is-union.ts';
import type { IsAny, IsNever } from './type-fest.ts';
import type { viewTypes } from './view-types.ts';

declare const selected: unique symbol;

/** A reusable projection of one view, made by `view.select()` or `view.selectFields()`. */
export interface Selection<TPublic, P extends string, Presence extends 'exact' | 'partial' = 'exact'> {
  readonly [selected]: { readonly view: (view: TPublic) => TPublic; readonly paths: P; readonly presence: Presence };
}

/** The paths that a projection may name: leaves, the branches above them, and below a subtree any. */
export type ProjectablePath<C extends Capabilities> = C['public'] | BranchOf<C['public']> | `${C['subtree']}.${string}`;

/** What completion offers in a projection. The index signature lets a refused key through to its sentence. */
export type ProjectionShape<C extends Capabilities> =
  | ({ readonly [K in ProjectablePath<C>]?: unknown } & { readonly _id?: unknown; readonly [path: string]: unknown })
  | readonly ProjectablePath<C>[]
  | object;

/** A written projection held to the view: each refused key carries a sentence. `never` refuses `any`. */
export type CheckProjection<TPublic, C extends Capabilities, P> =
  IsAny<P> extends true
    ? never
    : IsUnion<P> extends true
      ? Refused<'a projection must be a literal, not chosen by a condition: see view.selectFields()'>
      : P extends { readonly [selected]: unknown }
        ? P extends Selection<TPublic, string, 'exact' | 'partial'>
          ? unknown
          : Refused<'this selection belongs to another view'>
        : P extends { readonly [viewTypes]: unknown }
          ? P extends View<infer _D, TPublic, infer _C>
            ? unknown
            : Refused<'this is another view'>
          : P extends readonly unknown[]
            ? CheckTuple<C, P>
            : IsNever<Exclude<keyof P, '_id'>> extends true
              ? CheckIdAlone<C, P>
              : string extends keyof P
                ? Refused<'write the path as a literal'>
                : { readonly [K in keyof P]: CheckKey<C, P, K, P[K]> };

/** To the compiler a path that is being written is `any`: beside the sentence stand the paths that completion offers. */
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
      : Refused<`'${K & string}' is not public in this view`>;

type OtherElements<P, I> = { [J in keyof P]: J extends I ? never : P[J] } extends readonly (infer Other)[]
  ? Other
  : never;

type CheckOnce<C extends Capabilities, K extends string, Others> = K extends Others
  ? Refused<`'${K}' is named twice`>
  : CheckBelow<C, K, Others>;

/** The server refuses a path beside a path above it (code 31249). Told at the lower one of the two. */
type CheckBelow<C extends Capabilities, K extends string, Others> = [Others & BranchOf<K>] extends [never]
  ? K extends `${C['subtree']}.${string}`
    ? K extends Malformed
      ? Refused<`'${K}' is not a path`>
      : unknown
    : unknown
  : Refused<`'${K}' is named already, by '${Others & BranchOf<K> & string}'`>;

type CheckIdAlone<C extends Capabilities, P> =
  '_id' extends ProjectablePath<C>
    ? P extends { readonly _id: 1 | true }
      ? unknown
      : Refused<'a projection needs at least one public path'>
    : Refused<'a projection needs at least one public path'>;

/** A mark that may be another one, or missing, is refused: the result would be of another type than the compiler says. */
type CheckKey<C extends Capabilities, P, K extends keyof P, Mark> =
  IsAny<Mark> extends true
    ? never
    : K extends ProjectablePath<C>
      ? [Mark] extends [1 | true]
        ? CheckBelow<C, K, keyof P>
        : K extends '_id'
          ? [Mark] extends [0]
            ? unknown
            : Refused<"'_id' takes the literal 1, true or 0">
          : Refused<`'${K}' takes the literal 1 or true${Advice<K, Mark>}`>
      : string extends K
        ? Refused<'write the path as a literal'>
        : K extends '_id'
          ? [Mark] extends [0]
            ? unknown
            : Refused<"'_id' is not public in this view">
          : Refused<`'${K & string}' is not public in this view`>;

/** A nested projection says what is meant, so the sentence says how that is written. */
type Advice<K extends string, Mark> = Mark extends object
  ? [keyof Mark, Mark[keyof Mark]] extends [`$${string}`, unknown]
    ? ''
    : Mark[keyof Mark] extends number | boolean
      ? `: write '${K}.${keyof Mark & string}'`
      : ''
  : '';

/** The paths that a projection names, whatever its form. */
type PathsOf<P> = P extends readonly (infer Path extends string)[]
  ? Path
  : Extract<P extends { readonly _id: 0 } ? Exclude<keyof P, '_id'> : keyof P, string>;

/** What a read with projection `P` gives: exactly the projected shape, branded as exposed. */
export type ResultOf<TPublic, P> = P extends {
  readonly [selected]: { readonly paths: infer Paths extends string; readonly presence: infer Presence };
}
  ? Exposed<Presence extends 'partial' ? PartialDeep<TPublic> : ProjectedPaths<TPublic, Paths>>
  : P extends { readonly [viewTypes]: unknown }
    ? Exposed<TPublic>
    : Exposed<ProjectedPaths<TPublic, PathsOf<P>>>;

/** The selection that stands for a written-out projection. */
export type SelectionOf<TPublic, P> =
  P extends Selection<TPublic, string, 'exact' | 'partial'>
    ? P
    : P extends {
          readonly [viewTypes]: { readonly capabilities: (capabilities: infer C extends Capabilities) => unknown };
        }
      ? Selection<TPublic, C['public']>
      : Selection<TPublic, PathsOf<P>>;
