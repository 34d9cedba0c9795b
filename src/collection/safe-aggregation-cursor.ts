import type { Readable } from 'node:stream';

import type { DocumentReader } from './document-reader.ts';

/**
 * A cursor over the documents of an `aggregate()`, of exactly the shape of its last `$project`. It has the driver's
 * methods, except those that would add a stage, copy the cursor or return a driver handle.
 *
 * Nothing is sent before the first read. A failed read closes the cursor.
 *
 * @example
 * for await (const { product, sold } of orders.aggregate([
 *   { $group: { _id: '$product', sold: { $sum: '$quantity' } } },
 *   { $project: { product: '$_id', sold: 1 } },
 * ])) console.log(product, sold);
 */
export class SafeAggregationCursor<T> implements AsyncIterable<T> {
  readonly #reader: DocumentReader<T>;

  /** Made by `SafeCollection.aggregate()`. */
  constructor(reader: DocumentReader<T>) {
    this.#reader = reader;
  }

  /** Passes each document through a function. Like the driver's `map()`, it changes this cursor and returns it. If the function throws, the cursor is closed. */
  map<U>(transform: (document: T) => U): SafeAggregationCursor<U> {
    this.#reader.requireUnread('map');
    this.#reader.addTransform(transform as (document: unknown) => unknown);
    return this as unknown as SafeAggregationCursor<U>;
  }

  /** The next document, or `null` after the last. */
  next(): Promise<T | null> {
    return this.#reader.next();
  }

  /** Whether there is another document. */
  hasNext(): Promise<boolean> {
    return this.#reader.hasNext();
  }

  /** All remaining documents. If this is the first read, they come in one batch, unless there is a `batchSize`. */
  toArray(): Promise<T[]> {
    return this.#reader.toArray();
  }

  /** Calls a function with each document, until it returns `false`. */
  forEach(iterator: (document: T) => boolean | void): Promise<void> {
    return this.#reader.forEach(iterator);
  }

  /** The documents as an object-mode stream. Destroying it closes the cursor. */
  stream(): Readable & AsyncIterable<T> {
    return this.#reader.stream();
  }

  /** Closes the cursor, on the server too. Closing it twice is allowed. Pending and later reads are refused. */
  close(): Promise<void> {
    return this.#reader.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    return this.#reader[Symbol.asyncIterator]();
  }
}
