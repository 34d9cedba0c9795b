import type { Document } from 'mongodb';

import type { SafeCollection } from '../collection/safe-collection.ts';
import type { Capabilities } from './capabilities.ts';
import type { collectionTypes } from './collection-types.ts';

/** A running transaction. It does not expose the session. */
export interface Transaction {
  /** Returns the same collection, bound to the transaction. Its calls have no `session` option. */
  bind<TDoc extends Document, TPublic extends object, C extends Capabilities, J extends object, Key extends string>(
    collection: SafeCollection<TDoc, TPublic, C, J, Key>,
  ): SafeCollection<TDoc, TPublic, C, J, Key>;
}

/** The collections of any `SafeDb`. */
export type SafeCollections = { readonly [name: string]: { readonly [collectionTypes]: unknown } };

/** A running transaction of a `SafeDb`. */
export interface SafeDbTransaction<D extends SafeCollections> extends Transaction {
  /** The collections of the `SafeDb`, each bound to the transaction. */
  readonly collections: D;
}
