import type { UsedPart } from '../grammar/trusted-parts.ts';
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
import type { Written, WrittenOptions } from '../types/written.ts';

/**
 * A bulk that is built call by call, like the driver's `initializeOrderedBulkOp()`. Each call is checked when it is made.
 * Nothing is sent before `execute()`, which uses the same guard as `bulkWrite`. No property leads back to the collection.
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

  /** The number of models in the bulk. */
  get length(): number {
    return this.#pending.length;
  }

  /**
   * Adds an insert.
   *
   * @param document - a caller's document: writable paths only.
   * @param options - `trusted` sets the fields that the caller may not.
   * @returns this bulk.
   * @throws RefusedCallError at once if the document is refused.
   * @example
   * const bulk = orders.initializeOrderedBulkOp();
   * bulk.insert(line, { trusted: trusted({ set: { user_id } }) });
   */
  insert<const I extends InsertShape<C>, const O extends ModelOptions = {}>(
    document: Written<I> & CheckInsert<TDoc, C, I, O>,
    ...options: readonly [options?: WrittenOptions<O, ModelOptions> & CheckModelOptions<TDoc, C, O, UsedPart<'insert'>>]
  ): this {
    const call = this.#pending.at('insert');
    this.#pending.add(insertModelOf(document, readOptions(givenOptions(options), call), call));
    return this;
  }

  /**
   * Starts an update or a deletion of the matching documents.
   *
   * @param filter - filterable paths, or `everything`. Operators need `op()`.
   * @returns an object with `updateOne`, `update`, `deleteOne` and `delete`, which add the model.
   * @throws RefusedCallError at once if the filter is refused.
   * @example
   * const bulk = users.initializeOrderedBulkOp();
   * bulk.find({ username }).upsert().updateOne({ $set: { email } });
   */
  find<const F extends FilterShape<C> | typeof everything>(
    filter: Written<F> & CheckBulkFilter<TDoc, C, F>,
  ): SafeBulkFind<TDoc, TPublic, C, F, {}> {
    const found = authoriseFoundFilter(filter, this.#pending.at('find'));
    return new SafeBulkFind(
      this,
      this.#pending,
      bare<FindFields>({ filter: found, upsert: false, arrayFilters: undefined, collation: undefined }),
    );
  }

  /**
   * Sends the bulk as one command. A bulk can be executed once.
   *
   * @param options - same as for `bulkWrite`, without `ordered`. They override the options that the bulk was created with.
   * @returns counts and ids, same as for `bulkWrite`.
   * @throws RefusedCallError if the bulk is empty or was already executed, `ValidationError` if the view's validator refuses
   *   a model. Nothing was sent.
   * @throws BulkWriteFailedError if models failed on the server. It has their indexes.
   */
  async execute<const O extends OptionsOf<'execute', C>>(
    ...options: OptionalOptions<OptionsOf<'execute', C>, O, CheckOptions<'execute', TDoc, TPublic, C, O>>
  ): Promise<BulkWriteResult<TDoc>> {
    return (await this.#pending.execute(givenOptions(options))) as BulkWriteResult<TDoc>;
  }
}
