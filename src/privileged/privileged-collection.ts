import type { Collection, Document } from 'mongodb';

import type { Capabilities } from '../types/capabilities.ts';
import type { DefaultCapabilities } from '../types/public-paths.ts';
import type { PrivilegedFor } from '../types/scope.ts';
import type { NoIgnoreUndefined } from '../types/unknown-option.ts';
import type { StoredDocument } from '../types/opaque-document.ts';
import type { View } from '../types/view.ts';
import type { PrivilegedSettings } from './parse-privileged-settings.ts';
import { BoundPrivilegedCollection } from './bound-privileged-collection.ts';

/** The collection of a view with a `scope` has no method but `scoped()` before it is bound. */
export interface PrivilegedCollectionClass {
  readonly prototype: PrivilegedCollection<Document, object, Capabilities>;

  /**
   * @param collection - the driver's collection.
   * @param view - its public leaves are returned as plain values.
   * @param settings - `reason` (required); `onPrivilegedRead` is called before each read is sent; `onDriverError` is called
   *   with the driver's own errors, which may contain values.
   * @returns the collection. If the view has a `scope`, its only method is `scoped()`.
   * @throws RefusedCallError if an argument is not of that type.
   */
  new <TDoc extends Document, TPublic extends object, C extends Capabilities = DefaultCapabilities<TPublic>>(
    collection: Collection<NoInfer<StoredDocument<TDoc>>>,
    view: View<TDoc, TPublic, C>,
    settings: PrivilegedSettings & NoIgnoreUndefined,
  ): PrivilegedFor<TDoc, TPublic, C>;
}

/** The reads of trusted code. If the view has a scope, they are bound to one. */
export interface PrivilegedCollection<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities = DefaultCapabilities<TPublic>,
> extends BoundPrivilegedCollection<TDoc, TPublic, C> {}

/**
 * Reads for trusted code: a login, an API-key check, an admin report. It filters and sorts by any path of the document
 * (operators always need `op()`), requires a projection, and returns private leaves as `Sensitive`. Its results are not
 * `Exposed`.
 *
 * It is made from the driver's collection, so code that has only a `SafeCollection` can't create one.
 *
 * @example
 * const logins = new PrivilegedCollection(db.collection<User>('users'), userView, {
 *   reason: 'login',
 *   onPrivilegedRead: ({ reason, operation, paths }) => audit.info({ reason, operation, paths }),
 * });
 */
export const PrivilegedCollection: PrivilegedCollectionClass = BoundPrivilegedCollection;
