import type { CursorOption } from '../grammar/cursor-methods.ts';
import type { Target } from '../driver/target.ts';
import { withOption, withSort } from '../plan/plan-read.ts';
import type { CallContext } from '../errors/call-context.ts';
import type { FindPlan } from '../plan/plan.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { NotAny } from '../types/not-any.ts';
import type { CheckSort, SortDirection, SortPath, SortShape } from '../types/sort.ts';
import type { SameNames } from '../types/same-names.ts';
import { DocumentCursor } from './document-cursor.ts';
import type { DocumentReader } from './document-reader.ts';
import type { Checked, Written } from '../types/written.ts';
import { readerOf } from './reader-of.ts';
import type { ViewPolicy } from '../view/policy.ts';

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
export class SafeCursor<T, C extends Capabilities = Capabilities> extends DocumentCursor<T> {
  readonly #call: CallContext<ViewPolicy>;
  readonly #reader: DocumentReader<T>;
  readonly #find: { plan: FindPlan };

  /** Made by `SafeCollection.find()`. */
  constructor(target: Target, plan: FindPlan, call: CallContext<ViewPolicy>) {
    const find = { plan };
    const reader = readerOf<T>(target, () => find.plan, call);
    super(reader);
    this.#call = call;
    this.#reader = reader;
    this.#find = find;
  }

  /** Passes each document through a function. Like the driver's `map()`, it changes this cursor and returns it. If the function throws, the cursor is closed. */
  map<U>(transform: (document: T) => U): SafeCursor<U, C> {
    this.#reader.addTransform(transform as (document: unknown) => unknown);
    return this as unknown as SafeCursor<U, C>;
  }

  /**
   * Sorts by sortable paths.
   *
   * @param sort - `{ path: 1 | -1 }`, or an array of `[path, 1 | -1]` pairs.
   * @throws RefusedCallError if a path is not sortable, or the cursor was already read.
   */
  sort<const S extends SortShape<C>>(sort: Written<S> & Checked<S, CheckSort<C, S>>): this;
  sort<const P extends SortPath<C>, const D extends SortDirection>(path: P & NotAny<P>, direction: D & NotAny<D>): this;
  sort(...args: readonly [sort: unknown, direction?: unknown]): this {
    const [sort, direction] = args;
    this.#amend('sort', withSort(this.#find.plan, args.length > 1 ? [[sort, direction]] : sort, this.#call));
    return this;
  }

  /** Returns at most so many documents. Throws `RefusedCallError` for anything but a positive integer. */
  limit<const N extends number>(limit: N & NotAny<N>): this {
    return this.#setOption('limit', limit);
  }

  /** Skips so many documents. Throws `RefusedCallError` for anything but an integer of 0 or more. */
  skip<const N extends number>(skip: N & NotAny<N>): this {
    return this.#setOption('skip', skip);
  }

  /** Sets the number of documents in each batch. Throws `RefusedCallError` for anything but a positive integer. */
  batchSize<const N extends number>(size: N & NotAny<N>): this {
    return this.#setOption('batchSize', size);
  }

  #setOption(name: OptionName, value: number): this {
    return this.#amend(name, withOption(this.#find.plan, name, value, this.#call));
  }

  #amend(method: string, plan: FindPlan): this {
    this.#reader.requireUnread(method);
    this.#find.plan = plan;
    return this;
  }
}

/** The methods that set one option, in addition to `sort` and `map`. */
type OptionName = SameNames<
  CursorOption,
  Exclude<keyof SafeCursor<unknown>, keyof DocumentCursor<unknown> | 'sort' | 'map'>,
  CursorOption
>;
