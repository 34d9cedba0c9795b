import type { Collection, Document, WithId } from 'mongodb';

import type { Capabilities } from '../types/capabilities.ts';
import type { DefaultCapabilities } from '../types/public-paths.ts';
import type { CollectionFor } from '../types/scope.ts';
import type { NoIgnoreUndefined } from '../types/unknown-option.ts';
import type { StoredDocument } from '../types/opaque-document.ts';
import type { View } from '../types/view.ts';
import type { SafeCollectionOptions } from './collection-options.ts';
import { BoundCollection } from './bound-collection.ts';

/** A class has one type of instances, but the collection of a view with a `scope` has no method but `scoped()` before it is bound. */
export interface SafeCollectionClass {
  readonly prototype: SafeCollection<Document, object, Capabilities>;

  /**
   * @param collection - the driver's collection.
   * @param view - the view of its documents, made by `defineView()`.
   * @param options - `onDriverError` is called with the driver's own errors, which may contain values: only for the log.
   *   Default: none.
   * @returns the collection. If the view has a `scope`, its only method is `scoped()`.
   * @throws RefusedCallError if an argument is not of that type.
   */
  new <TDoc extends Document, TPublic extends object, C extends Capabilities = DefaultCapabilities<TPublic>>(
    collection: Collection<NoInfer<StoredDocument<TDoc>>> | Collection<WithId<NoInfer<StoredDocument<TDoc>>>>,
    view: View<TDoc, TPublic, C>,
    options?: SafeCollectionOptions & NoIgnoreUndefined,
  ): CollectionFor<TDoc, TPublic, C>;
}

/** The methods of a collection. If its view has a scope, it is bound to one. */
export interface SafeCollection<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities = DefaultCapabilities<TPublic>,
  J extends object = object,
  Key extends string = never,
> extends BoundCollection<TDoc, TPublic, C, J, Key> {}

/**
 * A MongoDB collection restricted to a view. It has the driver's method names, argument order and options. Every method that
 * returns document data requires a projection of public paths. A call that could return, filter by or sort by another path
 * does not compile, and is refused before any command is sent.
 *
 * No property leads back to the driver's collection, database or client.
 *
 * @example
 * const users = new SafeCollection(db.collection<User>('users'), userView);
 * const user = await users.findOne({ username: 'ada' }, { projection: { username: 1, email: 1 } });
 */
export const SafeCollection: SafeCollectionClass = BoundCollection;
