import type { Collection } from 'mongodb';

import type { CallContext } from '../../errors/call-context.ts';
import { bsonOf } from '../../input/bson-of.ts';
import { decodePosition, type StoredValue } from '../../results/bson/sort-position.ts';
import { sealContext, type SealContext, type Sealer } from '../../seal/sealer.ts';
import type { BoundFilter } from '../scope/bound.ts';
import type { SortKey } from './page-sort.ts';

/** The side of a document on which a place is. */
export type PageSide = 'before' | 'after';

/**
 * A place between two of the sorted documents: right before or right after one of them. One cursor serves both directions, because the pages on
 * its two sides have each document once.
 */
export interface PagePosition {
  /** The values of the document. */
  readonly values: readonly StoredValue[];
  readonly side: PageSide;
  /** The cursor of this place, sealed with the newest key. */
  readonly token: string;
}

/** What the cursors of a page belong to. */
interface PageQuery {
  readonly collection: Pick<Collection, 'namespace'>;
  readonly view: string;
  /** With the conditions of `trusted` and of the scope. */
  readonly filter: BoundFilter;
  readonly keys: readonly SortKey[];
  readonly collation: unknown;
}

/**
 * Seals and opens the cursors of one query. A cursor holds the stored values of the sort, which may be private to the projection, with their
 * types. It is bound to the query, so that another query, view or scope can't compare its own documents with them.
 */
export class PageCursors {
  readonly #sealer: Sealer;
  readonly #context: SealContext;

  constructor(sealer: Sealer, { collection, view, filter, keys, collation = null }: PageQuery, call: CallContext) {
    this.#sealer = sealer;
    this.#context = sealContext([collection.namespace, view, bsonOf({ filter, keys, collation }, 'The filter', call)]);
  }

  seal(position: Buffer, side: PageSide): string {
    const bytes = Buffer.allocUnsafe(1 + position.length);
    bytes[0] = side === 'before' ? 1 : 0;
    position.copy(bytes, 1);
    return this.#sealer.seal('page', this.#context, bytes);
  }

  open(token: unknown, name: string, call: CallContext): PagePosition {
    const opened = this.#sealer.open('page', this.#context, token, name, call);
    const side = opened.bytes[0] === 1 ? 'before' : 'after';
    const position = opened.bytes.subarray(1);
    const newest = opened.isNewest ? opened.token : this.seal(position, side);
    return { values: decodePosition(position), side, token: newest };
  }
}
