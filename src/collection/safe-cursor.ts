import { Readable } from 'node:stream';

import { openCursor } from '../execute/execute.ts';
import type { DocumentSource } from '../execute/open-find.ts';
import type { Target } from '../execute/target.ts';
import { withOption, withSort } from '../plan/amend-find.ts';
import type { PlanContext } from '../plan/plan-context.ts';
import type { FindPlan } from '../plan/plan.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { CheckSort, SortDirection, SortPath, SortShape } from '../types/sort.ts';

/**
 * The documents of a `find()`, of exactly the projected shape. It has the driver's methods, but for those that would
 * change the projection, copy the cursor or hand out a driver handle.
 *
 * Nothing is sent before it is first read. A read that fails closes it.
 *
 * @example
 * for await (const user of users.find({}, { projection: ['username'] }).sort({ joined_at: -1 }).limit(10)) {
 *   console.log(user.username);
 * }
 */
export class SafeCursor<T, C extends Capabilities = Capabilities> implements AsyncIterable<T> {
  readonly #target: Target;
  readonly #context: PlanContext;
  #plan: FindPlan;
  #source: DocumentSource | undefined;
  #ahead: object | undefined;
  #isClosed = false;
  #transform: ((document: unknown) => unknown) | undefined;

  /** Made by `SafeCollection.find()`. */
  constructor(target: Target, plan: FindPlan, context: PlanContext) {
    this.#target = target;
    this.#plan = plan;
    this.#context = context;
  }

  /**
   * Sorts by sortable paths.
   *
   * @param sort - `{ path: 1 | -1 }`, or an array of `[path, 1 | -1]` pairs.
   * @throws RefusedCallError where a path is not sortable, or the cursor was read already.
   */
  sort<const S extends SortShape<C>>(sort: S & CheckSort<C, S>): this;
  sort(path: SortPath<C>, direction: SortDirection): this;
  sort(...args: readonly [sort: unknown, direction?: unknown]): this {
    const [sort, direction] = args;
    this.#amend('sort', withSort(this.#plan, args.length > 1 ? [[sort, direction]] : sort, this.#context));
    return this;
  }

  /** At most so many documents. Throws `RefusedCallError` for anything but a positive integer. */
  limit(limit: number): this {
    return this.#amend('limit', withOption(this.#plan, 'limit', limit, this.#context));
  }

  /** Leaves out so many documents first. Throws `RefusedCallError` for anything but an integer of 0 or more. */
  skip(skip: number): this {
    return this.#amend('skip', withOption(this.#plan, 'skip', skip, this.#context));
  }

  /** Documents for each batch from the server. Throws `RefusedCallError` for anything but a positive integer. */
  batchSize(size: number): this {
    return this.#amend('batchSize', withOption(this.#plan, 'batchSize', size, this.#context));
  }

  /** Passes each document through a function. Like the driver's `map()`, it changes this cursor and returns it. */
  map<U>(transform: (document: T) => U): SafeCursor<U, C> {
    this.#amend('map', this.#plan);
    const before = this.#transform;
    const after = transform as (document: unknown) => unknown;
    this.#transform = before === undefined ? after : (document) => after(before(document));
    return this as unknown as SafeCursor<U, C>;
  }

  /** The next document, or `null` after the last. */
  async next(): Promise<T | null> {
    const document = await this.#take();
    return document === null ? null : this.#give(document);
  }

  /** Whether there is another document. */
  async hasNext(): Promise<boolean> {
    this.#ahead ??= (await this.#take()) ?? undefined;
    return this.#ahead !== undefined;
  }

  /** All documents that are left. */
  async toArray(): Promise<T[]> {
    const first = this.#ahead;
    this.#ahead = undefined;
    const rest = await this.#open().rest();
    const documents = first === undefined ? rest : [first, ...rest];
    return documents.map((document) => this.#give(document));
  }

  /** Calls a function with each document, until it returns `false`. */
  async forEach(iterator: (document: T) => boolean | void): Promise<void> {
    for await (const document of this) {
      if (iterator(document) === false) break;
    }
  }

  /** The documents as an object-mode stream. Destroying it closes the cursor. */
  stream(): Readable & AsyncIterable<T> {
    return Readable.from(this, { objectMode: true });
  }

  /** Ends the cursor, on the server too. Closing it twice is fine; reading it afterwards is refused. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#ahead = undefined;
    await this.#source?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    const iterator: AsyncIterableIterator<T> = {
      next: async () => {
        const document = await this.next();
        return document === null ? { done: true, value: undefined } : { done: false, value: document };
      },
      return: async () => {
        await this.close();
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  async #take(): Promise<object | null> {
    const source = this.#open();
    const ahead = this.#ahead;
    if (ahead === undefined) return await source.next();
    this.#ahead = undefined;
    return ahead;
  }

  #give(document: object): T {
    return (this.#transform === undefined ? document : this.#transform(document)) as T;
  }

  #open(): DocumentSource {
    const { site } = this.#context;
    if (this.#isClosed) return site.refuse('cursor_closed', 'This cursor was closed. Call find() again.');
    this.#source ??= openCursor(this.#target, this.#plan);
    return this.#source;
  }

  #amend(method: string, plan: FindPlan): this {
    const { site } = this.#context;
    if (this.#source !== undefined || this.#isClosed) {
      site.refuse('cursor_used', `${method}() comes before the first read of a cursor.`);
    }
    this.#plan = plan;
    return this;
  }
}
