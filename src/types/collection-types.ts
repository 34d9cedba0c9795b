import type { Capabilities } from './capabilities.ts';

/** The compile-time property under which a collection carries its types. */
export declare const collectionTypes: unique symbol;

/**
 * What decides whether one collection may stand for another: it has to allow at least as much, and return no more than
 * the other's public type says. Without it the compiler compares generic methods, and lets too much through.
 */
export interface CollectionTypes<TDoc, TPublic, C extends Capabilities> {
  readonly document: (document: TDoc) => TDoc;
  readonly public: TPublic;
  readonly allows: (
    asked: {
      readonly [
        Role in 'public' | 'subtree' | 'writable' | 'writableSubtree' | 'filterable' | 'sortable' | 'joinable'
      ]: C[Role];
    } & { readonly operators: C['operators'] extends 'plain' ? 'tagged' | 'plain' : 'tagged' },
  ) => void;
}
