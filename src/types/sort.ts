import type { Capabilities } from './capabilities.ts';
import type { Refused } from './refused.ts';
import type { BranchOf } from './split.ts';
import type { IsAny } from './type-fest.ts';

/** `1` ascending, `-1` descending. */
export type SortDirection = 1 | -1;

/** The paths that a sort may name. */
export type SortPath<C extends Capabilities> = C['sortable'] | `${C['subtree'] & C['sortable']}.${string}`;

/** A sort for code that builds one up. */
export type SortOf<C extends Capabilities> =
  | { readonly [K in SortPath<C>]?: SortDirection }
  | readonly (readonly [SortPath<C>, SortDirection])[];

/** What completion offers in a sort. The index signature lets a refused key through to its sentence. */
export type SortShape<C extends Capabilities> =
  | ({ readonly [K in SortPath<C>]?: unknown } & { readonly [path: string]: unknown })
  | readonly (readonly [SortPath<C>, unknown])[]
  | object;

/** A written sort held to the view: each refused key carries a sentence. `never` refuses `any`. */
export type CheckSort<C extends Capabilities, S> =
  IsAny<S> extends true
    ? never
    : S extends readonly unknown[]
      ? { readonly [I in keyof S]: CheckPair<C, S[I]> }
      : { readonly [K in keyof S]: CheckDirection<C, K, S[K]> };

type CheckPair<C extends Capabilities, X> = X extends readonly [infer K, infer D]
  ? readonly [IsAny<K> extends true ? never : string extends K ? Refused<'write the path as a literal'> : CheckSortPath<C, K>, CheckDirectionValue<D>]
  : readonly [SortPath<C>, SortDirection];

type CheckDirection<C extends Capabilities, K, D> =
  K extends SortPath<C> ? CheckDirectionValue<D> : CheckSortPath<C, K>;

type CheckDirectionValue<D> = IsAny<D> extends true ? never : D extends SortDirection ? unknown : Refused<'a sort direction is 1 or -1'>;

type CheckSortPath<C extends Capabilities, K> =
  K extends SortPath<C>
    ? unknown
    : K extends BranchOf<C['sortable']>
      ? Refused<`'${K & string}' is a branch: sort by a leaf below it`>
      : Refused<`'${K & string}' is not sortable in this view`>;
