import type { Document } from 'mongodb';

import type { SafeCollection } from '../collection/safe-collection.ts';
import type { Capabilities } from './capabilities.ts';
import type { FilterOf } from './filter.ts';
import type { ResultOf } from './projection.ts';
import type { SortOf } from './sort.ts';
import type { View } from './view.ts';

/**
 * The public type of a view.
 *
 * @example
 * type PublicUser = PublicOf<typeof userView>;
 */
export type PublicOf<V> = V extends View<infer _D, infer TPublic, infer _C> ? TPublic : never;

/**
 * The full type of a collection with a view, including all capabilities.
 *
 * @example
 * function report(users: CollectionOf<typeof userView>) {}
 */
export type CollectionOf<V> =
  V extends View<infer TDoc, infer TPublic, infer C>
    ? TDoc extends Document
      ? TPublic extends object
        ? SafeCollection<TDoc, TPublic, C>
        : never
      : never
    : never;

/**
 * The result type of a read with a projection.
 *
 * @example
 * type Card = Projected<typeof userView, { username: 1 }>;
 */
export type Projected<V, P> = V extends View<infer _D, infer TPublic, infer _C> ? ResultOf<TPublic, P> : never;

/**
 * The type for a filter that code builds. Its paths are the view's filterable ones; operators need `op()`.
 *
 * @example
 * const filter: SafeFilter<typeof userView> = onlyAdults ? { age: op({ $gte: 18 }) } : {};
 */
export type SafeFilter<V> =
  V extends View<infer TDoc, infer _P, infer C> ? FilterOf<TDoc, C extends Capabilities ? C : never> : never;

/**
 * The type for a sort that code builds.
 *
 * @example
 * const sort: SafeSort<typeof userView> = newest ? { joined_at: -1 } : { username: 1 };
 */
export type SafeSort<V> =
  V extends View<infer _D, infer _P, infer C> ? SortOf<C extends Capabilities ? C : never> : never;
