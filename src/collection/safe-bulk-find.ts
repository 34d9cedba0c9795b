import { snapshot } from '../input/snapshot.ts';
import { everything } from '../values/everything.ts';
import { readOptions } from '../plan/options/model-options.ts';
import { bare } from '../plan/emit.ts';
import { authoriseModel } from '../plan/plan-bulk.ts';
import type { PlanContext } from '../plan/plan-context.ts';
import type { AllOptions } from '../types/options.ts';
import type { CheckCollation } from '../types/check-collation.ts';
import type { NotAny } from '../types/not-any.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { CheckBulkUpdate, CheckModelOptions, ManyFilter, ModelOptions } from '../types/write/bulk-builder.ts';
import type { UpdateShape } from '../types/write/check-update.ts';
import type { PendingBulk } from './pending-bulk.ts';
import type { SafeBulkOperation } from './safe-bulk-operation.ts';

/** The settings of a model before its operation is chosen. */
interface FindFields {
  readonly upsert?: boolean;
  readonly arrayFilters?: unknown;
  readonly collation?: unknown;
}

/** The initial settings. They are own properties, so that none is read from Object.prototype. */
const NO_FIELDS: FindFields = bare({});

/**
 * The result of `find()` of a bulk. Its last method adds the change and returns the bulk.
 *
 * @example
 * await users.initializeOrderedBulkOp().find({ username: 'ada' }).updateOne({ $set: { email } }).execute();
 */
export class SafeBulkFind<TDoc, TPublic, C extends Capabilities, F, O> {
  readonly #bulk: SafeBulkOperation<TDoc, TPublic, C>;
  readonly #pending: PendingBulk;
  readonly #filter: unknown;
  readonly #fields: FindFields;

  constructor(
    bulk: SafeBulkOperation<TDoc, TPublic, C>,
    pending: PendingBulk,
    filter: unknown,
    fields: FindFields = NO_FIELDS,
  ) {
    const context = pending.at('find');
    this.#bulk = bulk;
    this.#pending = pending;
    // Copied once, so that later changes of the caller's object have no effect.
    this.#filter = filter === everything ? filter : snapshot(filter, 'the filter', context.site);
    this.#fields = fields;
    const { collation } = fields;
    const checked = { filter: this.#filter, ...(collation === undefined ? {} : { collation }) };
    void authoriseModel({ [filter === everything ? 'deleteMany' : 'deleteOne']: checked }, context);
  }

  /**
   * Creates a document if none matches. The equalities that are copied from the filter have to be writable.
   *
   * @example
   * users.initializeOrderedBulkOp().find({ username }).upsert().updateOne({ $set: { email } });
   */
  upsert(): SafeBulkFind<TDoc, TPublic, C, F, O & { readonly upsert: true }> {
    return this.#with({ upsert: true });
  }

  /**
   * Sets the conditions for the identifiers of the update, on filterable paths.
   *
   * @throws RefusedCallError at once if they are not plain data. Their paths are checked with the update.
   * @example
   * users.initializeOrderedBulkOp().find({ username }).arrayFilters([{ 'a.city': 'Paris' }]);
   */
  arrayFilters<const A extends readonly object[]>(
    arrayFilters: A,
  ): SafeBulkFind<TDoc, TPublic, C, F, O & { readonly arrayFilters: A }> {
    return this.#with({ arrayFilters: snapshot(arrayFilters, 'arrayFilters', this.#pending.at('arrayFilters').site) });
  }

  /**
   * Compares strings by the rules of a language.
   *
   * @throws RefusedCallError at once if it is not a collation, or would make the match of a non-public `_id` inexact.
   * @example
   * users.initializeOrderedBulkOp().find({ username }).collation({ locale: 'en', strength: 2 }).deleteOne();
   */
  collation<const X extends NonNullable<AllOptions<C>['collation']>>(
    collation: X & NotAny<X> & CheckCollation<C, F, X>,
  ): SafeBulkFind<TDoc, TPublic, C, F, O> {
    return this.#with({ collation: snapshot(collation, 'the collation', this.#pending.at('collation').site) });
  }

  /**
   * Changes the first document that matches.
   *
   * @param update - update operators on writable paths.
   * @param options - `trusted` adds updates and conditions that the caller may not make.
   * @returns the bulk.
   * @throws RefusedCallError at once if the update is refused.
   * @example
   * users.initializeOrderedBulkOp().find({ username }).updateOne({ $inc: { order_count: 1 } });
   */
  updateOne<const U extends UpdateShape<C>, const P extends ModelOptions = {}>(
    update: U & CheckBulkUpdate<TDoc, C, F, U, O & P>,
    options?: P & CheckModelOptions<TDoc, C, P, 'filter' | 'update' | 'arrayFilters'>,
  ): SafeBulkOperation<TDoc, TPublic, C> {
    return this.#add('updateOne', { update }, options);
  }

  /**
   * Changes every document that matches. An empty filter is refused; pass `everything` instead.
   *
   * @param update - same as for `updateOne`.
   * @param options - same as for `updateOne`.
   * @returns the bulk.
   * @throws RefusedCallError at once if the update or the filter is refused.
   * @example
   * users.initializeOrderedBulkOp().find({ 'profile.bio': '' }).update({ $unset: { 'profile.bio': 1 } });
   */
  update<const U extends UpdateShape<C>, const P extends ModelOptions = {}>(
    this: ManyFilter<F>,
    update: U & CheckBulkUpdate<TDoc, C, F, U, O & P>,
    options?: P & CheckModelOptions<TDoc, C, P, 'filter' | 'update' | 'arrayFilters'>,
  ): SafeBulkOperation<TDoc, TPublic, C>;
  update(update: unknown, options?: object): SafeBulkOperation<TDoc, TPublic, C> {
    return this.#add('updateMany', { update }, options);
  }

  /**
   * Removes the first document that matches.
   *
   * @param options - `trusted` adds conditions that the caller may not make.
   * @returns the bulk.
   * @throws RefusedCallError at once if an option is refused.
   * @example
   * users.initializeOrderedBulkOp().find({ username }).deleteOne();
   */
  deleteOne<const P extends ModelOptions>(
    options?: P & CheckModelOptions<TDoc, C, P, 'filter'>,
  ): SafeBulkOperation<TDoc, TPublic, C> {
    return this.#add('deleteOne', {}, options);
  }

  /**
   * Removes every document that matches. An empty filter is refused; pass `everything` instead.
   *
   * @returns the bulk.
   * @throws RefusedCallError at once if the filter or an option is refused.
   * @example
   * users.initializeOrderedBulkOp().find({ 'profile.bio': '' }).delete();
   */
  delete<const P extends ModelOptions>(
    this: ManyFilter<F>,
    options?: P & CheckModelOptions<TDoc, C, P, 'filter'>,
  ): SafeBulkOperation<TDoc, TPublic, C>;
  delete(options?: object): SafeBulkOperation<TDoc, TPublic, C> {
    return this.#add('deleteMany', {}, options);
  }

  #with<More>(fields: FindFields): SafeBulkFind<TDoc, TPublic, C, F, O & More> {
    return new SafeBulkFind(this.#bulk, this.#pending, this.#filter, bare({ ...this.#fields, ...fields }));
  }

  #add(kind: string, body: object, options: unknown): SafeBulkOperation<TDoc, TPublic, C> {
    const context: PlanContext = this.#pending.at(
      kind === 'updateMany' ? 'update' : kind === 'deleteMany' ? 'delete' : kind,
    );
    const more = readOptions(options, context.site);
    this.#pending.add({ [kind]: { filter: this.#filter, ...this.#fields, ...body, ...more } }, context);
    return this.#bulk;
  }
}
