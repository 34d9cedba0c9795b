import type { Capabilities } from './capabilities.ts';
import type { ValueAt } from './path-value.ts';
import type { ProjectablePath } from './projection.ts';
import type { Refused } from './refused.ts';
import type { BranchOf, Malformed } from './split.ts';
import type { IsUnion } from './is-union.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/** What completion offers as the key of a `distinct()`. Any other string gets through to its sentence. */
export type DistinctShape<C extends Capabilities> = C['public'] | (string & {});

/** The key of a `distinct()` held to the view: one public leaf. `never` refuses `any`. */
export type CheckDistinctKey<C extends Capabilities, K> =
  IsAny<K> extends true
    ? never
    : string extends K
      ? CheckWide<C, K>
      : IsUnion<K> extends true
        ? Refused<'write one path as a literal'>
        : K extends BranchOf<C['public']>
          ? Refused<`'${K}' is a branch: name a leaf below it`>
          : K extends ProjectablePath<C>
            ? K extends `${C['subtree']}.${string}`
              ? K extends Malformed
                ? Refused<`'${K}' is not a path`>
                : unknown
              : unknown
            : Refused<`'${K & string}' is not public in this view`>;

/**
 * While a key is being written, the compiler tries what `DistinctShape` offers, all at once: refused, it would offer
 * nothing. A `string` names no path among those.
 */
type CheckWide<C extends Capabilities, K> =
  IsNever<Extract<K, C['public']>> extends true ? Refused<'write the path as a literal'> : unknown;

/** The values at a leaf, with the elements of an array taken out of it. */
export type DistinctValue<TPublic, K extends string> = Unwound<Exclude<ValueAt<TPublic, K>, undefined>>;

type Unwound<V> = V extends readonly (infer E)[] ? E : V;
