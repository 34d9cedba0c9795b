import type { Readable } from 'node:stream';

import { openCursor } from '../driver/execute.ts';
import type { Target } from '../driver/target.ts';
import { withOption, withSort } from '../plan/amend-find.ts';
import type { PlanContext } from '../plan/plan-context.ts';
import type { FindPlan } from '../plan/plan.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { NotAny } from '../types/not-any.ts';
import type { CheckSort, SortDirection, SortPath, SortShape } from '../types/sort.ts';
import { DocumentReader } from './document-reader.ts';

/**
 * A cursor over the documents of a `find()`, of exactly the projected shape. It has the driver's methods, except those that
 * would change the projection, copy the cursor or return a driver handle.
 *
 * Nothing is sent before the first read. A failed read closes the cursor.
 *
 * @example
 * for await (const user of users.find({}, { projection: ['username'] }).sort({ joined_at: -1 }).limit(10)) {
 *   console.log(user.username);
 * }
 */
export class SafeCursor<T, C extends Capabilities = Capabilities> implements AsyncIterable<T> {
  readonly #context: PlanContext;
  readonly #reader: DocumentReader<T>;
  #plan: FindPlan;

  /** Made by `SafeCollection.find()`. */
  constructor(target: Target, plan: FindPlan, context: PlanContext) {
    this.#plan = plan;
    this.#context = context;
    this.#reader = new DocumentReader(context.site, () => openCursor(target, this.#plan));
  }

  /**
   * Sorts by sortable paths.
   *
   * @param sort - `{ path: 1 | -1 }`, or an array of `[path, 1 | -1]` pairs.
   * @throws RefusedCallError if a path is not sortable, or the cursor was already read.
   */
  sort<const S extends SortShape<C>>(sort: S & CheckSort<C, S>): this;
  sort<const P extends SortPath<C>, const D extends SortDirection>(path: P & NotAny<P>, direction: D & NotAny<D>): this;
  sort(...args: readonly [sort: unknown, direction?: unknown]): this {
    const [sort, direction] = args;
    this.#amend('sort', withSort(this.#plan, args.length > 1 ? [[sort, direction]] : sort, this.#context));
    return this;
  }

  /** Returns at most so many documents. Throws `RefusedCallError` for anything but a positive integer. */
  limit<const N extends number>(limit: N & NotAny<N>): this {
    return this.#amend('limit', withOption(this.#plan, 'limit', limit, this.#context));
  }

  /** Skips so many documents. Throws `RefusedCallError` for anything but an integer of 0 or more. */
  skip<const N extends number>(skip: N & NotAny<N>): this {
    return this.#amend('skip', withOption(this.#plan, 'skip', skip, this.#context));
  }

  /** Sets the number of documents in each batch. Throws `RefusedCallError` for anything but a positive integer. */
  batchSize<const N extends number>(size: N & NotAny<N>): this {
    return this.#amend('batchSize', withOption(this.#plan, 'batchSize', size, this.#context));
  }

  /** Passes each document through a function. Like the driver's `map()`, it changes this cursor and returns it. If the function throws, the cursor is closed. */
  map<U>(transform: (document: T) => U): SafeCursor<U, C> {
    this.#reader.requireUnread('map');
    this.#reader.addTransform(transform as (document: unknown) => unknown);
    return this as unknown as SafeCursor<U, C>;
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

  #amend(method: string, plan: FindPlan): this {
    this.#reader.requireUnread(method);
    this.#plan = plan;
    return this;
  }
}
