import type { Readable } from 'node:stream';

import type { DocumentReader } from './document-reader.ts';

/**
 * The documents of an `aggregate()`, of exactly the shape that its last `$project` gives them. It has the driver's
 * methods, but for those that would add a stage, copy the cursor or hand out a driver handle.
 *
 * Nothing is sent before it is first read. A read that fails closes it.
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

  /** Passes each document through a function. Like the driver's `map()`, it changes this cursor and returns it. One that throws ends it. */
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

  /** All documents that are left. Where this is the first read, they come in one batch, unless there is a `batchSize`. */
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

  /** Ends the cursor, on the server too. Closing it twice is fine; reading it afterwards is refused, and so is a read under way. */
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
