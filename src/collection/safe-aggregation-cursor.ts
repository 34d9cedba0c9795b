import { DocumentCursor } from './document-cursor.ts';
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
export class SafeAggregationCursor<T> extends DocumentCursor<T> {
  readonly #reader: DocumentReader<T>;

  /** Made by `SafeCollection.aggregate()`. */
  constructor(reader: DocumentReader<T>) {
    super(reader);
    this.#reader = reader;
  }

  /** Passes each document through a function. Like the driver's `map()`, it changes this cursor and returns it. One that throws ends it. */
  map<U>(transform: (document: T) => U): SafeAggregationCursor<U> {
    this.#reader.addTransform(transform as (document: unknown) => unknown);
    return this as unknown as SafeAggregationCursor<U>;
  }
}
