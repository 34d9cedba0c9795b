import type { Target } from '../driver/target.ts';
import type { CallContext } from '../errors/call-context.ts';
import type { AggregatePlan } from '../plan/plan.ts';
import { DocumentCursor } from './document-cursor.ts';
import type { DocumentReader } from './document-reader.ts';
import { readerOf } from './reader-of.ts';

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
export class SafeAggregationCursor<T> extends DocumentCursor<T> {
  readonly #reader: DocumentReader<T>;

  /** Made by `SafeCollection.aggregate()`. */
  constructor(reader: DocumentReader<T>) {
    super(reader);
    this.#reader = reader;
  }

  /** Passes each document through a function. Like the driver's `map()`, it changes this cursor and returns it. If the function throws, the cursor is closed. */
  map<U>(transform: (document: T) => U): SafeAggregationCursor<U> {
    this.#reader.addTransform(transform as (document: unknown) => unknown);
    return this as unknown as SafeAggregationCursor<U>;
  }
}

/** The cursor of a planned aggregation. */
export function openAggregation<T>(target: Target, plan: AggregatePlan, call: CallContext): SafeAggregationCursor<T> {
  return new SafeAggregationCursor(readerOf(target, () => plan, call));
}
