import type { Capabilities } from './capabilities.ts';

/** The compile-time property that has the types of a collection. */
export declare const collectionTypes: unique symbol;

/**
 * Decides whether a collection is assignable to another: it has to allow at least as much, and return no more than the
 * other's public type. Without it the compiler compares generic methods, and accepts too much.
 */
export interface CollectionTypes<TDoc, TPublic, C extends Capabilities> {
  readonly document: (document: TDoc) => TDoc;
  readonly public: TPublic;
  readonly allows: (
    asked: {
      readonly [
        Role in
          | 'public'
          | 'subtree'
          | 'writable'
          | 'writableSubtree'
          | 'filterable'
          | 'sortable'
          | 'joinable'
          | 'geo'
          | 'search'
      ]: C[Role];
    } & { readonly operators: C['operators'] extends 'plain' ? 'tagged' | 'plain' : 'tagged' } & AskedAudiences<
        C['audiences']
      >,
  ) => void;
}

/** The other has no audience that this one does not have, and those of the same name have the same view. */
interface AskedAudiences<V> {
  readonly audience: keyof V;
  readonly views: { readonly [K in keyof V]?: V[K] };
}
