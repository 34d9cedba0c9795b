import { Db, type Document, type MongoClient } from 'mongodb';

import { callContext } from '../errors/call-context.ts';
import { givenOptions } from '../input/given-options.ts';
import { readObject } from '../input/read.ts';
import type { OptionalOptions } from '../types/options.ts';
import type { Refused } from '../types/refused.ts';
import type { IsAny } from '../types/type-fest.ts';
import type { AskedFor, NoIgnoreUndefined } from '../types/unknown-option.ts';
import type { View } from '../types/view.ts';
import type { viewTypes } from '../types/view-types.ts';
import { policyOf } from '../view/policies.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { joinsOf, readHook, type SafeCollectionOptions } from './collection-options.ts';
import { SafeCollection } from './safe-collection.ts';
import type { WrittenAs } from '../types/written.ts';

/** The collections of a database that have views, by name. Each may join the others. */
export type SafeDb<V extends object> = {
  readonly [K in keyof V]: V[K] extends View<infer TDoc, infer TPublic, infer C>
    ? TDoc extends Document
      ? TPublic extends object
        ? SafeCollection<TDoc, TPublic, C, V>
        : never
      : never
    : never;
};

type CheckViews<V> =
  IsAny<V> extends true
    ? never
    : {
        readonly [K in keyof V]: IsAny<V[K]> extends true
          ? never
          : V[K] extends { readonly [viewTypes]: unknown }
            ? unknown
            : Refused<'this was not made by defineView()'>;
      };

/** The client of each `SafeDb`. Only for `withTransaction()`. */
export const clientOf = new WeakMap<object, MongoClient>();

/**
 * Makes a typed collection for each view. `$lookup` can join only these collections, and a join returns only public fields
 * of the joined view. No property leads back to the database.
 *
 * @param db - the driver's database.
 * @param views - the views by the names of their collections.
 * @param options - same as for `SafeCollection`; they apply to all collections.
 * @returns a frozen object with a `SafeCollection` under each name.
 * @throws RefusedCallError if `db` is not a database of the driver, or one of `views` is not a view.
 * @example
 * const { users, orders } = createSafeDb(client.db('shop'), { users: userView, orders: orderView });
 * await orders.aggregate([
 *   { $lookup: { from: 'users', localField: 'user_id', foreignField: '_id', as: 'buyers' } },
 *   { $project: { product: 1, 'buyers.username': 1 } },
 * ]).toArray();
 */
export function createSafeDb<
  const V extends { readonly [collection: string]: object },
  const O extends SafeCollectionOptions & AskedFor = {},
>(
  db: Db,
  views: WrittenAs<V, { readonly [collection: string]: object }> & CheckViews<V>,
  ...options: OptionalOptions<SafeCollectionOptions, O, SafeCollectionOptions & NoIgnoreUndefined>
): SafeDb<V> {
  const call = callContext('createSafeDb', undefined);
  if (!(db instanceof Db)) return call.refuse('argument_invalid', 'The database must be a Db of the MongoDB driver.');
  const onDriverError = readHook(givenOptions(options) ?? {}, call);
  const entries = readObject(views, 'the object of views', call);
  const joins = new Map<string, ViewPolicy>();
  for (const [name, view] of entries) {
    if (name === '')
      call.refuse(
        'argument_invalid',
        'Each view needs the name of its collection as its key; the key must not be empty.',
      );
    joins.set(name, policyOf(view, call));
  }
  const held = Object.create(null) as Record<string, unknown>;
  for (const [name, view] of entries) {
    const own = onDriverError === undefined ? {} : { onDriverError };
    joinsOf.set(own, joins);
    held[name] = new SafeCollection(db.collection(name), view as never, own);
  }
  clientOf.set(held, db.client);
  return Object.freeze(held) as SafeDb<V>;
}
