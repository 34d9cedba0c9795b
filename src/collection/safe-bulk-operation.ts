import { givenOptions } from '../input/given-options.ts';
import { bare } from '../plan/emit.ts';
import { authoriseFoundFilter } from '../plan/filter/authorise-filter.ts';
import { readOptions } from '../plan/options/model-options.ts';
import { insertModelOf } from '../plan/plan-bulk.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { FilterShape } from '../types/filter.ts';
import type { CheckOptions, OptionalOptions, OptionsOf } from '../types/options.ts';
import type { everything } from '../values/everything.ts';
import type { CheckBulkFilter, CheckModelOptions, ModelOptions } from '../types/write/bulk-builder.ts';
import type { CheckInsert, InsertShape } from '../types/write/check-insert.ts';
import type { BulkWriteResult } from '../types/write/results.ts';
import type { PendingBulk } from './pending-bulk.ts';
import { SafeBulkFind, type FindFields } from './safe-bulk-find.ts';

/**
 * A bulk that is built call by call, as the driver's `initializeOrderedBulkOp()` has it. Each call is checked when it is
 * made; nothing is sent before `execute()`, which sends the models through the same guard as `bulkWrite`. Nothing on it
 * leads back to the collection.
 *
 * @example
 * const bulk = users.initializeUnorderedBulkOp();
 * bulk.find({ username: 'ada' }).updateOne({ $set: { email } });
 * bulk.find({ username: 'bob' }).deleteOne();
 * const { deletedCount } = await bulk.execute();
 */
export class SafeBulkOperation<TDoc, TPublic, C extends Capabilities> {
  readonly #pending: PendingBulk;

  constructor(pending: PendingBulk) {
    this.#pending = pending;
  }

  /** How many models the bulk has taken. */
  get length(): number {
    return this.#pending.length;
  }

  /**
   * Takes a new document.
   *
   * @param document - a caller's document: writable paths only.
   * @param options - `trusted` sets the fields that the caller may not.
   * @returns this bulk.
   * @throws RefusedCallError at once where the document is refused.
   * @example
   * const bulk = orders.initializeOrderedBulkOp();
   * bulk.insert(line, { trusted: trusted({ set: { user_id } }) });
   */
  insert<const I extends InsertShape<C>, const O extends ModelOptions = {}>(
    document: I & CheckInsert<TDoc, C, I, O>,
    ...options: readonly [options?: O & CheckModelOptions<TDoc, C, O, 'set'>]
  ): this {
    const context = this.#pending.at('insert');
    this.#pending.add(insertModelOf(document, readOptions(givenOptions(options), context.site), context));
    return this;
  }

  /**
   * Begins a change or a removal of what matches.
   *
   * @param filter - filterable paths, or `everything`. Operators are made by `op()`.
   * @returns what takes the change: `updateOne`, `update`, `deleteOne`, `delete`.
   * @throws RefusedCallError at once where the filter is refused.
   * @example
   * const bulk = users.initializeOrderedBulkOp();
   * bulk.find({ username }).upsert().updateOne({ $set: { email } });
   */
  find<const F extends FilterShape<C> | typeof everything>(
    filter: F & CheckBulkFilter<TDoc, C, F>,
  ): SafeBulkFind<TDoc, TPublic, C, F, {}> {
    const found = authoriseFoundFilter(filter, this.#pending.at('find'));
    return new SafeBulkFind(
      this,
      this.#pending,
      bare<FindFields>({ filter: found, upsert: false, arrayFilters: undefined, collation: undefined }),
    );
  }

  /**
   * Sends the bulk as one command. A bulk is executed once.
   *
   * @param options - as of `bulkWrite`, but for `ordered`; they go over those that the bulk began with.
   * @returns counts and ids, as of `bulkWrite`.
   * @throws RefusedCallError where the bulk is empty or was executed, `ValidationError` where the view's validator refuses
   *   a model; nothing was sent.
   * @throws BulkWriteFailedError where models failed; it names their indexes.
   */
  async execute<const O extends OptionsOf<'execute', C>>(
    ...options: OptionalOptions<O, CheckOptions<'execute', TDoc, TPublic, C, O>>
  ): Promise<BulkWriteResult<TDoc>> {
    return (await this.#pending.execute(givenOptions(options))) as BulkWriteResult<TDoc>;
  }
}
