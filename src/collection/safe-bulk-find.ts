import type { UsedPart } from '../grammar/trusted-parts.ts';
import { copyInput, type InputCopy } from '../input/copy-input.ts';
import { everything } from '../values/everything.ts';
import { bare, type Emitted } from '../plan/emit.ts';
import { filterFor, type FoundFilter } from '../plan/filter/authorise-filter.ts';
import { refuseLooseId } from '../plan/filter/exact-ids.ts';
import { readOptions } from '../plan/options/model-options.ts';
import { deleteModelOf, readCollation, refuseField, replaceModelOf, updateModelOf } from '../plan/plan-bulk.ts';
import { copyDocument } from '../plan/plan-write.ts';
import type { CallContext } from '../errors/call-context.ts';
import { copyUpdate } from '../plan/update/parse-update.ts';
import type { DeleteModel, UpdateModel } from '../plan/update/write-model.ts';
import type { AllOptions } from '../types/options.ts';
import type { CheckCollation } from '../types/check-collation.ts';
import type { NotAny } from '../types/not-any.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type {
  CheckBulkReplacement,
  CheckBulkUpdate,
  CheckModelOptions,
  CheckReplaceModelOptions,
  ManyFilter,
  ModelOptions,
} from '../types/write/bulk-builder.ts';
import type { CheckTargeted, CheckTargetedUpsert } from '../types/shard-key.ts';
import type { InsertShape } from '../types/write/check-insert.ts';
import type { UpdateShape } from '../types/write/check-update.ts';
import type { PendingBulk } from './pending-bulk.ts';
import type { SafeBulkOperation } from './safe-bulk-operation.ts';
import type { ViewPolicy } from '../view/policy.ts';
import type { Written, WrittenAs, WrittenOptions } from '../types/written.ts';

/** The checked and copied settings of a model before its operation is chosen. They are own properties, so none is read from Object.prototype. */
export interface FindFields {
  readonly filter: FoundFilter;
  readonly upsert: boolean;
  readonly arrayFilters: InputCopy;
  readonly collation: Emitted | undefined;
}

/**
 * The result of `find()` of a bulk. Its last method adds the change and returns the bulk.
 *
 * @example
 * await users.initializeOrderedBulkOp().find({ username: 'ada' }).updateOne({ $set: { email } }).execute();
 */
export class SafeBulkFind<TDoc, TPublic, C extends Capabilities, F, O> {
  readonly #bulk: SafeBulkOperation<TDoc, TPublic, C>;
  readonly #pending: PendingBulk;
  readonly #fields: FindFields;

  constructor(bulk: SafeBulkOperation<TDoc, TPublic, C>, pending: PendingBulk, fields: FindFields) {
    this.#bulk = bulk;
    this.#pending = pending;
    this.#fields = fields;
  }

  /**
   * Creates a document if none matches. The equalities that are copied from the filter have to be writable.
   *
   * @example
   * users.initializeOrderedBulkOp().find({ username }).upsert().updateOne({ $set: { email } });
   */
  upsert(): SafeBulkFind<TDoc, TPublic, C, F, O & { readonly upsert: true }> {
    this.#pending.at('upsert');
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
    const call = this.#pending.at('arrayFilters');
    return this.#with({ arrayFilters: copyInput(arrayFilters, 'arrayFilters', call) });
  }

  /**
   * Compares strings by the rules of a language.
   *
   * @throws RefusedCallError at once if it is not a collation, or would make the match of a non-public `_id` inexact.
   * @example
   * users.initializeOrderedBulkOp().find({ username }).collation({ locale: 'en', strength: 2 }).deleteOne();
   */
  collation<const X extends NonNullable<AllOptions<C>['collation']>>(
    collation: WrittenAs<X, NonNullable<AllOptions<C>['collation']>> & NotAny<X> & CheckCollation<C, F, X>,
  ): SafeBulkFind<TDoc, TPublic, C, F, O> {
    const call = this.#pending.at('collation');
    const { filter } = this.#fields;
    const parsed = readCollation(collation, call);
    if (filter !== everything && !filter.isTrusted) refuseLooseId(filter.emitted, parsed, call.policy, call);
    return this.#with({ collation: parsed });
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
    this: CheckTargeted<C, C['shardKey'], F, P>,
    update: Written<U> & CheckBulkUpdate<TDoc, C, F, U, O & P>,
    options?: WrittenOptions<P, ModelOptions> & CheckModelOptions<TDoc, C, P, UsedPart<'update'>>,
  ): SafeBulkOperation<TDoc, TPublic, C>;
  updateOne(update: unknown, options?: object): SafeBulkOperation<TDoc, TPublic, C> {
    return this.#update('updateOne', 'updateOne', update, options);
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
    this: ManyFilter<F> & CheckTargetedUpsert<C, C['shardKey'], F, O & P>,
    update: Written<U> & CheckBulkUpdate<TDoc, C, F, U, O & P>,
    options?: WrittenOptions<P, ModelOptions> & CheckModelOptions<TDoc, C, P, UsedPart<'update'>>,
  ): SafeBulkOperation<TDoc, TPublic, C>;
  update(update: unknown, options?: object): SafeBulkOperation<TDoc, TPublic, C> {
    return this.#update('updateMany', 'update', update, options);
  }

  /**
   * Replaces what the caller may write of the first document that matches. Everything else that is stored stays.
   *
   * @param replacement - a caller's document: writable paths only.
   * @param options - `trusted` sets fields and adds conditions that the caller may not.
   * @returns the bulk.
   * @throws RefusedCallError at once if the replacement is refused.
   * @example
   * users.initializeOrderedBulkOp().find({ username }).replaceOne({ username, email });
   */
  replaceOne<const R extends InsertShape<C>, const P extends ModelOptions = {}>(
    this: CheckTargeted<C, C['shardKey'], F, P>,
    replacement: Written<R> & CheckBulkReplacement<TDoc, C, F, R, O & P>,
    options?: WrittenOptions<P, ModelOptions> & CheckReplaceModelOptions<TDoc, C, P>,
  ): SafeBulkOperation<TDoc, TPublic, C>;
  replaceOne(replacement: unknown, options?: object): SafeBulkOperation<TDoc, TPublic, C> {
    const call = this.#pending.at('replaceOne');
    const { upsert, arrayFilters, collation } = this.#fields;
    if (arrayFilters !== undefined) refuseField('arrayFilters', 'replaceOne', call);
    const write = this.#write('updateOne', false, options, call);
    this.#pending.add(
      replaceModelOf({ ...write, replacement: copyDocument(replacement, call), upsert }, collation, call),
    );
    return this.#bulk;
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
    this: CheckTargeted<C, C['shardKey'], F, P>,
    options?: WrittenOptions<P, ModelOptions> & CheckModelOptions<TDoc, C, P, UsedPart<'delete'>>,
  ): SafeBulkOperation<TDoc, TPublic, C>;
  deleteOne(options?: object): SafeBulkOperation<TDoc, TPublic, C> {
    return this.#delete('deleteOne', 'deleteOne', options);
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
    options?: WrittenOptions<P, ModelOptions> & CheckModelOptions<TDoc, C, P, UsedPart<'delete'>>,
  ): SafeBulkOperation<TDoc, TPublic, C>;
  delete(options?: object): SafeBulkOperation<TDoc, TPublic, C> {
    return this.#delete('deleteMany', 'delete', options);
  }

  #with<More>(fields: Partial<FindFields>): SafeBulkFind<TDoc, TPublic, C, F, O & More> {
    return new SafeBulkFind(this.#bulk, this.#pending, bare({ ...this.#fields, ...fields }));
  }

  #update(kind: UpdateModel['kind'], operation: string, update: unknown, options: unknown) {
    const call = this.#pending.at(operation);
    const { upsert, arrayFilters, collation } = this.#fields;
    const write = this.#write(kind, kind === 'updateMany', options, call);
    const change = { ...write, update: copyUpdate(update, call), arrayFilters, upsert };
    this.#pending.add(updateModelOf(change, collation, call));
    return this.#bulk;
  }

  #delete(kind: DeleteModel['kind'], operation: string, options: unknown) {
    const call = this.#pending.at(operation);
    const { upsert, arrayFilters } = this.#fields;
    if (upsert) refuseField('upsert', kind, call);
    if (arrayFilters !== undefined) refuseField('arrayFilters', kind, call);
    const write = this.#write(kind, kind === 'deleteMany', options, call);
    this.#pending.add(deleteModelOf(write, this.#fields.collation, call));
    return this.#bulk;
  }

  #write<K extends string>(kind: K, isMany: boolean, options: unknown, call: CallContext<ViewPolicy>) {
    const { trusted } = readOptions(options, call);
    const { filter, collation } = this.#fields;
    return { kind, argument: filterFor(filter, isMany, call), trusted, version: undefined, collation };
  }
}
