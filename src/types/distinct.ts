import type { Capabilities } from './capabilities.ts';
import type { ValueAt } from './path-value.ts';
import type { ProjectablePath } from './projection.ts';
import type { Refused } from './refused.ts';
import type { BranchOf, Dotted, Malformed } from './split.ts';
import type { IsUnion } from './is-union.ts';
import type { IsAny, IsNever } from './type-fest.ts';

/** Completions as the key of a `distinct()`. Any other string gets its error message. */
export type DistinctShape<C extends Capabilities> = C['public'] | (string & {});

/** The key of a `distinct()` checked against the view: one public leaf. `never` is the result for `any`, so it is refused. */
export type CheckDistinctKey<C extends Capabilities, K> =
  IsAny<K> extends true
    ? never
    : string extends K
      ? CheckWide<C, K>
      : IsUnion<K> extends true
        ? Refused<'write one path as a literal'>
        : K extends BranchOf<C['public'] & Dotted>
          ? Refused<`'${K}' is a branch: name a leaf below it`>
          : K extends ProjectablePath<C>
            ? K extends `${C['subtree']}.${string}`
              ? K extends Malformed
                ? Refused<`'${K}' is not a path`>
                : unknown
              : unknown
            : Refused<`'${K & string}' is not public in this view`>;

/**
 * While a key is being typed, the compiler tries the union of all completions of `DistinctShape`. If that were refused, there
 * would be no completions. `string` is refused, because it contains no known path.
 */
type CheckWide<C extends Capabilities, K> =
  IsNever<Extract<K, C['public']>> extends true ? Refused<'write the path as a literal'> : unknown;

/** The type of the values at a leaf. The elements of an array are separate values. */
export type DistinctValue<TPublic, K extends string> = Unwound<Exclude<ValueAt<TPublic, K>, undefined>>;

type Unwound<V> = V extends readonly (infer E)[] ? E : V;
