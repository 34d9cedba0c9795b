import type { Document } from 'mongodb';

import type { SafeCollection } from '../collection/safe-collection.ts';
import type { Capabilities } from './capabilities.ts';
import type { FilterOf } from './filter.ts';
import type { ResultOf } from './projection.ts';
import type { SortOf } from './sort.ts';
import type { View } from './view.ts';
import type { InsertOf } from './write/insert-of.ts';
import type { UpdateOf } from './write/update-of.ts';

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
    ? [TDoc] extends [infer D extends Document]
      ? [TPublic] extends [infer P extends object]
        ? SafeCollection<D, P, C, object, C['shardKey']>
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

/**
 * An update for code that builds one up: each operator with the writable paths that it works on.
 *
 * @example
 * const update: SafeUpdate<typeof userView> = { $set: { age: 37 } };
 * if (Date.now() > 0) update.$inc = { order_count: 1 };
 */
export type SafeUpdate<V> =
  V extends View<infer TDoc, infer _P, infer C> ? UpdateOf<TDoc, C extends Capabilities ? C : never> : never;

/**
 * A caller's part of a new document, for code that builds one up: the writable paths, nested as they are stored.
 *
 * @example
 * const input: SafeInsert<typeof userView> = { username: 'ada', email: 'ada@example.com' };
 * if (Date.now() > 0) input.age = 37;
 */
export type SafeInsert<V> =
  V extends View<infer TDoc, infer _P, infer C> ? InsertOf<TDoc, C extends Capabilities ? C : never> : never;
