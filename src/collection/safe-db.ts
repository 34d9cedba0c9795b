import { Db, type MongoClient } from 'mongodb';

import { quote } from '../errors/quote.ts';
import { callContext, type CallContext } from '../errors/call-context.ts';
import { givenOptions } from '../input/given-options.ts';
import { readObject } from '../input/read.ts';
import type { OptionalOptions } from '../types/options.ts';
import type { CheckViews, SafeDb } from '../types/safe-db.ts';
import type { AskedFor, NoIgnoreUndefined } from '../types/unknown-option.ts';
import { bare } from '../plan/emit.ts';
import { policyOf } from '../view/policies.ts';
import { scopePathsOf, type ViewPolicy } from '../view/policy.ts';
import { boundOptions, readSettings, type SafeCollectionOptions } from './collection-options.ts';
import { BoundCollection } from './bound-collection.ts';
import { scopedDbs } from './scoped-db.ts';
import type { WrittenAs } from '../types/written.ts';

/** The client and the names of the collections of each `SafeDb`. Only for `withTransaction()`. */
export const dbParts = new WeakMap<object, { readonly client: MongoClient; readonly names: readonly string[] }>();

/**
 * Makes a typed collection for each view. `$lookup` can join only these collections, and a join returns only public fields
 * of the joined view. No property leads back to the database.
 *
 * If a view has a `scope`, the others have to say theirs too, or `scope: 'shared'`. The result then has `scoped()`, which binds all
 * collections to the values of one scope: `shop.scoped({ tenant_id })`. Make it once for each request.
 *
 * @param db - the driver's database.
 * @param views - the views by the names of their collections.
 * @param options - same as for `SafeCollection`; they apply to all collections.
 * @returns a frozen object with a `SafeCollection` under each name.
 * @throws RefusedCallError if `db` is not a database of the driver, one of `views` is not a view, or one does not say its scope.
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
  const { sealer, ...hooks } = readSettings(givenOptions(options) ?? {}, call);
  const entries = new Map(readObject(views, 'the object of views', call));
  const joins = new Map<string, ViewPolicy>();
  for (const [name, view] of entries) {
    if (name === '')
      call.refuse(
        'argument_invalid',
        'Each view needs the name of its collection as its key; the key must not be empty.',
      );
    joins.set(name, policyOf(view, call));
  }
  assertOwnIds(joins, call);
  const collectionOf = (name: string, scope: CallContext['scope']): unknown => {
    const binding = { joins, scope, transaction: undefined, sealer };
    return new BoundCollection(db.collection(name), entries.get(name) as never, boundOptions(hooks, binding));
  };
  const parts = { client: db.client, names: [...joins.keys()] };
  const held = Object.create(null) as Record<string, unknown>;
  for (const name of joins.keys()) held[name] = collectionOf(name, undefined);
  const paths = scopeOf(joins, call);
  if (paths.length > 0) {
    const scoped = scopedDbs(parts.names, paths, collectionOf, (made) => dbParts.set(made, parts));
    Object.defineProperty(held, 'scoped', bare({ value: scoped }));
  }
  dbParts.set(held, parts);
  return Object.freeze(held) as SafeDb<V>;
}

/** The ids of two collections are told apart by the names of their views. */
function assertOwnIds(policies: ReadonlyMap<string, ViewPolicy>, call: CallContext): void {
  const taken = new Map<number, string>();
  for (const [name, { idTag }] of policies) {
    if (idTag === undefined) continue;
    const other = taken.get(idTag);
    if (other !== undefined)
      call.refuse(
        'argument_invalid',
        `The opaque ids of ${quote(name)} and ${quote(other)} are sealed with the same name of a view, so an id of one would open as one of the other: give each collection a view with another \`name\`.`,
        name,
      );
    taken.set(idTag, name);
  }
}

/** The fields of all scopes. A view that says nothing would be read by every scope, so it has to be marked as shared. */
function scopeOf(policies: ReadonlyMap<string, ViewPolicy>, call: CallContext): readonly string[] {
  const paths = [...new Set([...policies.values()].flatMap(scopePathsOf))];
  if (paths.length === 0) return paths;
  for (const [name, { scope }] of policies) {
    if (scope === undefined)
      call.refuse(
        'scope_missing',
        `The view of ${quote(name)} does not say whose rows it has, but other views of this SafeDb have a scope. Add \`scope\` to it, or scope: 'shared' if every scope may read and write all of its rows.`,
        name,
      );
  }
  if (policies.has('scoped'))
    call.refuse('argument_invalid', "A SafeDb with scopes can't have a collection named 'scoped'.", 'scoped');
  return paths;
}
