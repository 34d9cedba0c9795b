import type { Collection } from 'mongodb';

import type { CallContext } from '../../errors/call-context.ts';
import { bsonOf } from '../../input/bson-of.ts';
import { decodePosition, type StoredValue } from '../../results/bson/sort-position.ts';
import type { SealContext, Sealer } from '../../seal/sealer.ts';
import type { BoundFilter } from '../scope/bound.ts';
import type { SortKey } from './page-sort.ts';

/** A place in the sorted documents: just after or just before a document, or at it. */
export interface PagePosition {
  readonly values: readonly StoredValue[];
  /** The same as bytes. */
  readonly bytes: Buffer;
  /** Whether the document itself belongs to the page that begins here. */
  readonly isIncluded: boolean;
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
    this.#context = [collection.namespace, view, bsonOf({ filter, keys, collation }, 'The filter', call)];
  }

  seal(bytes: Buffer, isIncluded: boolean): string {
    return this.#sealer.seal('page', this.#context, Buffer.concat([Buffer.of(Number(isIncluded)), bytes]));
  }

  open(token: unknown, name: string, call: CallContext): PagePosition {
    const opened = this.#sealer.open('page', this.#context, token, name, call);
    const bytes = opened.subarray(1);
    return { values: decodePosition(bytes), bytes, isIncluded: opened[0] === 1 };
  }
}
