import type { Document } from 'mongodb';

import type { SafeCollection } from '../collection/safe-collection.ts';
import type { Capabilities } from './capabilities.ts';
import type { collectionTypes } from './collection-types.ts';

/** A running transaction. It hands out no session. */
export interface Transaction {
  /** The same collection, bound to the transaction. Its calls take no `session` of their own. */
  bind<TDoc extends Document, TPublic extends object, C extends Capabilities, J extends object>(
    collection: SafeCollection<TDoc, TPublic, C, J>,
  ): SafeCollection<TDoc, TPublic, C, J>;
}

/** The collections of a `SafeDb`, whatever their views. */
export type SafeCollections = { readonly [name: string]: { readonly [collectionTypes]: unknown } };

/** A running transaction over a `SafeDb`. */
export interface SafeDbTransaction<D extends SafeCollections> extends Transaction {
  /** The collections of the `SafeDb`, each bound to the transaction. */
  readonly collections: D;
}
