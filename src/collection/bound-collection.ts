import type { Collection, Document, WithId } from 'mongodb';
import { execute } from '../driver/execute.ts';
import type { everything } from '../values/everything.ts';
import { givenOptions } from '../input/given-options.ts';
import { planBulkWrite } from '../plan/plan-bulk.ts';
import type { BulkPlan, FindAndModifyPlan, InsertPlan, WritePlan } from '../plan/plan.ts';
import type { MaybePromise } from '../plan/update/maybe-promise.ts';
import { planFindOneAndReplace, planReplace } from '../plan/plan-replace.ts';
import {
  planDelete,
  planFindOneAndDelete,
  planFindOneAndUpdate,
  planInsertMany,
  planInsertOne,
  planUpdate,
} from '../plan/plan-write.ts';
import type { AudienceCollection, CheckAudience } from '../types/audiences.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { CheckFilter, CheckManyFilter, FilterShape } from '../types/filter.ts';
import type { CheckOptions, CheckUpdateOptions, OfferOptions, OptionalOptions, OptionsOf } from '../types/options.ts';
import type { Known, NeedsProjection } from '../types/known.ts';
import type { ResultOf } from '../types/projection.ts';
import type { DefaultCapabilities } from '../types/public-paths.ts';
import type { CheckTargeted, CheckTargetedUpsert } from '../types/shard-key.ts';
import type { CheckScope, JoinsWithin, ScopeValuesOf } from '../types/scope.ts';
import type { NoIgnoreUndefined } from '../types/unknown-option.ts';
import type { StoredDocument } from '../types/opaque-document.ts';
import type { View } from '../types/view.ts';
import type { BulkModelShape, CheckModels } from '../types/write/bulk.ts';
import type { CheckInsert, CheckInserts, InsertShape } from '../types/write/check-insert.ts';
import type { CheckReplacement, ReplacingUpdate } from '../types/write/check-replacement.ts';
import type { CheckUpdate, UpdateShape } from '../types/write/check-update.ts';
import type { CheckPlaced } from '../types/write/check-placed.ts';
import type { CheckUpsert } from '../types/write/check-upsert.ts';
import type {
  BulkWriteResult,
  DeleteResult,
  InsertManyResult,
  InsertOneResult,
  ModifiedResult,
  ReplaceResult,
  UpdateResult,
} from '../types/write/results.ts';
import { CollectionHandle } from './collection-handle.ts';
import { ReadingCollection } from './reading-collection.ts';
import type { SafeCollectionOptions } from './collection-options.ts';
import { PendingBulk } from './pending-bulk.ts';
import { SafeBulkOperation } from './safe-bulk-operation.ts';
import type { Checked, Written, WrittenAs, WrittenOptions } from '../types/written.ts';

/**
 * A MongoDB collection restricted to a view. It has the driver's method names, argument order and options. Every method that
 * returns document data requires a projection of public paths. A call that could return, filter by or sort by another path
 * does not compile, and is refused before any command is sent.
 *
 * No property leads back to the driver's collection, database or client.
 *
 * @example
 * const users = new SafeCollection(db.collection<User>('users'), userView);
 * const user = await users.findOne({ username: 'ada' }, { projection: { username: 1, email: 1 } });
 */
export class BoundCollection<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities = DefaultCapabilities<TPublic>,
  J extends object = object,
  Key extends string = never,
> extends ReadingCollection<TDoc, TPublic, C, J> {
  readonly #handle: CollectionHandle;

  /**
   * @param collection - the driver's collection.
   * @param view - the view of its documents, made by `defineView()`.
   * @param options - `onDriverError` is called with the driver's own errors, which may contain values: only for the log.
   *   Default: none.
   * @throws RefusedCallError if an argument is not of that type.
   */
  constructor(
    collection: Collection<NoInfer<StoredDocument<TDoc>>> | Collection<WithId<NoInfer<StoredDocument<TDoc>>>>,
    view: View<TDoc, TPublic, C>,
    options: SafeCollectionOptions & NoIgnoreUndefined = {},
  ) {
    const handle = new CollectionHandle(collection, view, options);
    super(handle);
    this.#handle = handle;
  }

  /**
   * Binds the collection of a view with a `scope` to the values of one scope. The result reads and writes only the documents with
   * these values, with every method, join and stream. Without it, such a collection has no other method.
   *
   * @param values - one scalar for each path of the scope.
   * @returns the collection of these documents.
   * @throws RefusedCallError if a value is missing or is not a scalar, or if the view has no scope.
   * @example
   * const orders = new SafeCollection(db.collection<TenantOrder>('orders'), tenantOrderView).scoped({ tenant_id });
   */
  scoped<const S extends object>(
    values: S & CheckScope<ScopeValuesOf<TDoc, C>, S>,
  ): BoundCollection<TDoc, TPublic, C, JoinsWithin<J, C>, Key> {
    return new BoundCollection(...this.#handle.scoped(values)) as never;
  }

  /**
   * The same collection with the view of an audience, if its view was made by `defineAudiences()`. Without it, every method sees what the
   * smallest audience sees.
   *
   * @param audience - the name of an audience. If it is one of several, the calls that all of them allow compile.
   * @returns the collection. Its view has no audiences, so no other one can be chosen from it.
   * @throws RefusedCallError if the view has no audience of that name.
   * @example
   * const members = new SafeCollection(db.collection<User>('users'), userAudiences);
   * const own = await members.forAudience('self').findOne({ username }, { projection: ['username', 'email'] });
   */
  forAudience<const A extends (keyof C['audiences'] & string) | (string & {})>(
    audience: WrittenAs<A, (keyof C['audiences'] & string) | (string & {})> & CheckAudience<C, A>,
  ): AudienceCollection<TDoc, C, A, J> {
    return new BoundCollection(...this.#handle.forAudience(audience)) as never;
  }

  /**
   * Stores a new document.
   *
   * @param input - a caller's document: writable paths only, nested as they are stored.
   * @param options - `trusted` sets the fields that the caller may not; with a `projection`, the result has the stored
   *   document in that shape, as `document`.
   * @returns the document's `insertedId`.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws ValidationError if the view's validator refuses the input.
   * @throws DuplicateKeyError if a unique index already has a value, and `DatabaseError` for other failures.
   * @example
   * await users.insertOne(body, { trusted: trusted({ set: { password_hash, internal_role: 'user' } }) });
   */
  insertOne<const I extends InsertShape<C>, const O extends OptionsOf<'insertOne', C> = {}>(
    this: Known<{ input: I; options: O }>,
    input: Written<I> & Checked<I, CheckInsert<TDoc, C, I, O>>,
    ...options: readonly [
      options?: WrittenOptions<O, OptionsOf<'insertOne', C>> &
        Checked<O, OfferOptions<'insertOne', TDoc, TPublic, C, O>>,
    ]
  ): Promise<InsertOneResult<TDoc, TPublic, O>>;
  async insertOne(input: unknown, ...options: readonly unknown[]): Promise<unknown> {
    return await this.#send(planInsertOne(input, givenOptions(options), this.#handle.call('insertOne')));
  }

  /**
   * Stores new documents.
   *
   * @param inputs - callers' documents: writable paths only.
   * @param options - same as for `insertOne`; `trusted.set` is one object for all documents, or an array with one for each.
   *   `ordered: false` continues after a failure.
   * @returns the documents' `insertedIds`, by their index.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws BulkWriteFailedError if documents failed on the server; it has their indexes.
   * @example
   * await orders.insertMany(lines, { trusted: trusted({ set: { user_id } }), ordered: false });
   */
  insertMany<const I extends readonly InsertShape<C>[] | object, const O extends OptionsOf<'insertMany', C> = {}>(
    this: Known<{ inputs: I; options: O }>,
    inputs: Written<I> & Checked<I, CheckInserts<TDoc, C, I, O>>,
    ...options: readonly [
      options?: WrittenOptions<O, OptionsOf<'insertMany', C>> &
        Checked<O, OfferOptions<'insertMany', TDoc, TPublic, C, O>>,
    ]
  ): Promise<InsertManyResult<TDoc, TPublic, O>>;
  async insertMany(inputs: unknown, ...options: readonly unknown[]): Promise<unknown> {
    return await this.#send(planInsertMany(inputs, givenOptions(options), this.#handle.call('insertMany')));
  }

  /**
   * Changes the first document that matches.
   *
   * @param filter - filterable paths. Operators need `op()`.
   * @param update - update operators on writable paths; on a path that is not filterable only `$set` and `$unset`.
   * @param options - `trusted.update` changes paths that the caller may not; with `version`, only a document of that
   *   version is changed.
   * @returns counts; without `modifiedCount` if a written path is not filterable.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws VersionConflictError if the document has another version than `options.version`.
   * @throws DuplicateKeyError, `ValidationError` and `DatabaseError` same as for `insertOne`.
   * @example
   * await users.updateOne({ username }, { $set: body }, { trusted: trusted({ update: { $set: { reviewed: true } } }) });
   */
  updateOne<
    const F extends FilterShape<C>,
    const U extends UpdateShape<C>,
    const O extends OptionsOf<'updateOne', C> = {},
  >(
    this: Known<{ filter: F; update: U; options: O }>,
    filter: Written<F> &
      Checked<F, CheckFilter<TDoc, C, F> & CheckTargeted<C, Key, F, O> & CheckUpsert<TDoc, C, F, O, U>>,
    update: Written<U> & Checked<U, CheckUpdate<TDoc, C, U, O> & CheckPlaced<TDoc, C, F, U, O>>,
    ...options: OptionalOptions<
      OptionsOf<'updateOne', C>,
      O,
      CheckUpdateOptions<'updateOne', TDoc, TPublic, C, U, O, F>
    >
  ): Promise<UpdateResult<TDoc, C, U, O>>;
  async updateOne(filter: unknown, update: unknown, ...options: readonly unknown[]): Promise<unknown> {
    return await this.#send(
      planUpdate('updateOne', filter, update, givenOptions(options), this.#handle.call('updateOne')),
    );
  }

  /**
   * Changes every document that matches. An empty filter is refused; pass `everything` instead.
   *
   * @param filter - filterable paths, or `everything`.
   * @param update - same as for `updateOne`.
   * @param options - same as for `updateOne`, without `version`.
   * @throws the errors of `updateOne`, except `VersionConflictError`.
   * @example
   * await users.updateMany({ 'profile.bio': '' }, { $unset: { 'profile.bio': 1 } });
   */
  updateMany<
    const F extends FilterShape<C> | typeof everything,
    const U extends UpdateShape<C>,
    const O extends OptionsOf<'updateMany', C> = {},
  >(
    this: Known<{ filter: F; update: U; options: O }>,
    filter: Written<F> &
      Checked<F, CheckManyFilter<TDoc, C, F> & CheckTargetedUpsert<C, Key, F, O> & CheckUpsert<TDoc, C, F, O, U>>,
    update: Written<U> & Checked<U, CheckUpdate<TDoc, C, U, O> & CheckPlaced<TDoc, C, F, U, O>>,
    ...options: OptionalOptions<
      OptionsOf<'updateMany', C>,
      O,
      CheckUpdateOptions<'updateMany', TDoc, TPublic, C, U, O, F>
    >
  ): Promise<UpdateResult<TDoc, C, U, O>>;
  async updateMany(filter: unknown, update: unknown, ...options: readonly unknown[]): Promise<unknown> {
    return await this.#send(
      planUpdate('updateMany', filter, update, givenOptions(options), this.#handle.call('updateMany')),
    );
  }

  /**
   * Replaces what the caller may write of the first document that matches: sets the given fields, and removes the other writable ones.
   * Everything else that is stored stays, also what the view does not name.
   *
   * @param filter - filterable paths. Operators need `op()`.
   * @param replacement - a caller's document, as for `insertOne`.
   * @param options - `trusted.set` sets fields that the caller may not; arrays of subdocuments have to be set there.
   * @returns counts; without `modifiedCount` if a path that is set or removed is not filterable.
   * @throws the errors of `updateOne`.
   * @example
   * await users.replaceOne({ username }, body, { trusted: trusted({ set: { reviewed: true } }) });
   */
  replaceOne<
    const F extends FilterShape<C>,
    const R extends InsertShape<C>,
    const O extends OptionsOf<'replaceOne', C> = {},
  >(
    this: Known<{ filter: F; replacement: R; options: O }>,
    filter: Written<F> &
      Checked<
        F,
        CheckFilter<TDoc, C, F> & CheckTargeted<C, Key, F, O> & CheckUpsert<TDoc, C, F, O, ReplacingUpdate<R, O>>
      >,
    replacement: Written<R> & Checked<R, CheckReplacement<TDoc, C, R, O>>,
    ...options: OptionalOptions<
      OptionsOf<'replaceOne', C>,
      O,
      CheckUpdateOptions<'replaceOne', TDoc, TPublic, C, {}, O, F>
    >
  ): Promise<ReplaceResult<TDoc, C, O>>;
  async replaceOne(filter: unknown, replacement: unknown, ...options: readonly unknown[]): Promise<unknown> {
    return await this.#send(planReplace(filter, replacement, givenOptions(options), this.#handle.call('replaceOne')));
  }

  /**
   * Removes the first document that matches.
   *
   * @param filter - filterable paths. Operators need `op()`.
   * @param options - the driver's, as listed for this method; with `version`, only a document of that version is removed.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws VersionConflictError if the document has another version than `options.version`.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * await users.deleteOne({ username: 'ada' });
   */
  deleteOne<const F extends FilterShape<C>, const O extends OptionsOf<'deleteOne', C>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F> & CheckTargeted<C, Key, F, O>>,
    ...options: OptionalOptions<OptionsOf<'deleteOne', C>, O, CheckOptions<'deleteOne', TDoc, TPublic, C, O, F>>
  ): Promise<DeleteResult>;
  async deleteOne(filter: unknown, ...options: readonly unknown[]): Promise<unknown> {
    return await this.#send(planDelete('deleteOne', filter, givenOptions(options), this.#handle.call('deleteOne')));
  }

  /**
   * Removes every document that matches. An empty filter is refused; pass `everything` instead.
   *
   * @param filter - filterable paths, or `everything`.
   * @param options - the driver's, as listed for this method.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * await users.deleteMany(everything);
   */
  deleteMany<const F extends FilterShape<C> | typeof everything, const O extends OptionsOf<'deleteMany', C>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckManyFilter<TDoc, C, F>>,
    ...options: OptionalOptions<OptionsOf<'deleteMany', C>, O, CheckOptions<'deleteMany', TDoc, TPublic, C, O, F>>
  ): Promise<DeleteResult>;
  async deleteMany(filter: unknown, ...options: readonly unknown[]): Promise<unknown> {
    return await this.#send(planDelete('deleteMany', filter, givenOptions(options), this.#handle.call('deleteMany')));
  }

  /**
   * Changes the first matching document and returns it, as it was before (`returnDocument: 'before'`, the driver's
   * default) or after the change.
   *
   * @param filter - filterable paths. Operators need `op()`.
   * @param update - same as for `updateOne`.
   * @param options - `projection` is required. With `includeUpserted: true`, the result is `{ value, upserted }`: `upserted` says whether
   *   the call created the document.
   * @returns exactly the projected shape, or `null` if none matched.
   * @throws the errors of `updateOne`, and `SchemaDriftError` as in `findOne`; the document is changed nevertheless.
   * @example
   * const user = await users.findOneAndUpdate({ username }, { $set: { email } }, { projection: ['email'], returnDocument: 'after' });
   */
  findOneAndUpdate<
    const F extends FilterShape<C>,
    const U extends UpdateShape<C>,
    const O extends OptionsOf<'findOneAndUpdate', C>,
  >(
    this: Known<{ filter: F; update: U; options: O }>,
    filter: Written<F> &
      Checked<F, CheckFilter<TDoc, C, F> & CheckTargeted<C, Key, F, O> & CheckUpsert<TDoc, C, F, O, U>>,
    update: Written<U> & Checked<U, CheckUpdate<TDoc, C, U, O> & CheckPlaced<TDoc, C, F, U, O>>,
    options: WrittenOptions<O, OptionsOf<'findOneAndUpdate', C>> &
      Checked<O, CheckUpdateOptions<'findOneAndUpdate', TDoc, TPublic, C, U, O, F>>,
  ): Promise<ModifiedResult<ResultOf<TPublic, O['projection']>, O>>;
  findOneAndUpdate<U>(
    this: Known<{ update: U }>,
    filter: unknown,
    update: NeedsProjection<'findOneAndUpdate', U>,
  ): Promise<
    ModifiedResult<ResultOf<TPublic, OptionsOf<'findOneAndUpdate', C>['projection']>, OptionsOf<'findOneAndUpdate', C>>
  >;
  async findOneAndUpdate(filter: unknown, update: unknown, options?: unknown): Promise<unknown> {
    return await this.#send(planFindOneAndUpdate(filter, update, options, this.#handle.call('findOneAndUpdate')));
  }

  /**
   * Replaces what the caller may write of the first matching document, and returns it as it was before (default) or after the change.
   *
   * @param filter - filterable paths. Operators need `op()`.
   * @param replacement - same as for `replaceOne`.
   * @param options - `projection` is required; `includeUpserted` as for `findOneAndUpdate`.
   * @returns exactly the projected shape, or `null` if none matched.
   * @throws the errors of `findOneAndUpdate`.
   * @example
   * const before = await users.findOneAndReplace({ username }, body, { projection: ['email'] });
   */
  findOneAndReplace<
    const F extends FilterShape<C>,
    const R extends InsertShape<C>,
    const O extends OptionsOf<'findOneAndReplace', C>,
  >(
    this: Known<{ filter: F; replacement: R; options: O }>,
    filter: Written<F> &
      Checked<
        F,
        CheckFilter<TDoc, C, F> & CheckTargeted<C, Key, F, O> & CheckUpsert<TDoc, C, F, O, ReplacingUpdate<R, O>>
      >,
    replacement: Written<R> & Checked<R, CheckReplacement<TDoc, C, R, O>>,
    options: WrittenOptions<O, OptionsOf<'findOneAndReplace', C>> &
      Checked<O, CheckUpdateOptions<'findOneAndReplace', TDoc, TPublic, C, {}, O, F>>,
  ): Promise<ModifiedResult<ResultOf<TPublic, O['projection']>, O>>;
  findOneAndReplace<R>(
    this: Known<{ replacement: R }>,
    filter: unknown,
    replacement: NeedsProjection<'findOneAndReplace', R>,
  ): Promise<
    ModifiedResult<
      ResultOf<TPublic, OptionsOf<'findOneAndReplace', C>['projection']>,
      OptionsOf<'findOneAndReplace', C>
    >
  >;
  async findOneAndReplace(filter: unknown, replacement: unknown, options?: unknown): Promise<unknown> {
    return await this.#send(
      planFindOneAndReplace(filter, replacement, options, this.#handle.call('findOneAndReplace')),
    );
  }

  /**
   * Removes the first matching document and returns it.
   *
   * @param filter - filterable paths. Operators need `op()`.
   * @param options - `projection` is required.
   * @returns exactly the projected shape, or `null` if none matched.
   * @throws the errors of `deleteOne`, and `SchemaDriftError` as in `findOne`; the document is removed nevertheless.
   * @example
   * const gone = await users.findOneAndDelete({ username: 'ada' }, { projection: ['email'] });
   */
  findOneAndDelete<const F extends FilterShape<C>, const O extends OptionsOf<'findOneAndDelete', C>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F> & CheckTargeted<C, Key, F, O>>,
    options: WrittenOptions<O, OptionsOf<'findOneAndDelete', C>> &
      Checked<O, CheckOptions<'findOneAndDelete', TDoc, TPublic, C, O, F>>,
  ): Promise<ResultOf<TPublic, O['projection']> | null>;
  findOneAndDelete<F>(
    this: Known<{ filter: F }>,
    filter: NeedsProjection<'findOneAndDelete', F>,
  ): Promise<ResultOf<TPublic, OptionsOf<'findOneAndDelete', C>['projection']> | null>;
  async findOneAndDelete(filter: unknown, options?: unknown): Promise<unknown> {
    return await this.#send(planFindOneAndDelete(filter, options, this.#handle.call('findOneAndDelete')));
  }

  /**
   * Sends several writes as one command. Every model is checked before any is sent.
   *
   * @param models - same as in the driver: `{ insertOne: { document } }`, `{ updateOne: { filter, update } }`, `updateMany`,
   *   `replaceOne`, `deleteOne`, `deleteMany`; each may have its own `trusted`.
   * @param options - `ordered: false` continues after a failure.
   * @throws RefusedCallError if a model is refused; nothing was sent.
   * @throws BulkWriteFailedError if models failed on the server; it has their indexes.
   * @example
   * await users.bulkWrite([{ deleteOne: { filter: { username: 'ada' } } }]);
   */
  bulkWrite<const M extends readonly BulkModelShape[], const O extends OptionsOf<'bulkWrite', C>>(
    this: Known<{ models: M; options: O }>,
    models: WrittenAs<M, readonly BulkModelShape[]> & Checked<M, CheckModels<TDoc, C, M>>,
    ...options: OptionalOptions<OptionsOf<'bulkWrite', C>, O, CheckOptions<'bulkWrite', TDoc, TPublic, C, O>>
  ): Promise<BulkWriteResult<TDoc>>;
  async bulkWrite(models: unknown, ...options: readonly unknown[]): Promise<unknown> {
    return await this.#send(planBulkWrite(models, givenOptions(options), this.#handle.call('bulkWrite')));
  }

  /**
   * Creates a bulk that is built call by call and stops at the first failed model. Nothing is sent before `execute()`.
   *
   * @param options - `session`, `writeConcern`, `maxTimeMS`, `comment`.
   * @throws RefusedCallError if an option is refused.
   * @example
   * const bulk = users.initializeOrderedBulkOp();
   * bulk.find({ username }).updateOne({ $set: { email } });
   * await bulk.execute();
   */
  initializeOrderedBulkOp<const O extends OptionsOf<'initializeOrderedBulkOp', C>>(
    this: Known<{ options: O }>,
    ...options: OptionalOptions<
      OptionsOf<'initializeOrderedBulkOp', C>,
      O,
      CheckOptions<'initializeOrderedBulkOp', TDoc, TPublic, C, O>
    >
  ): SafeBulkOperation<TDoc, TPublic, C>;
  initializeOrderedBulkOp(...options: readonly unknown[]): unknown {
    const call = this.#handle.call('initializeOrderedBulkOp');
    return new SafeBulkOperation(new PendingBulk(this.#handle.target, call, givenOptions(options), { ordered: true }));
  }

  /**
   * Same as `initializeOrderedBulkOp()`, but the bulk continues after a failed model.
   *
   * @param options - `session`, `writeConcern`, `maxTimeMS`, `comment`.
   * @throws RefusedCallError if an option is refused.
   * @example
   * const bulk = users.initializeUnorderedBulkOp({ comment: 'import' });
   */
  initializeUnorderedBulkOp<const O extends OptionsOf<'initializeUnorderedBulkOp', C>>(
    this: Known<{ options: O }>,
    ...options: OptionalOptions<
      OptionsOf<'initializeUnorderedBulkOp', C>,
      O,
      CheckOptions<'initializeUnorderedBulkOp', TDoc, TPublic, C, O>
    >
  ): SafeBulkOperation<TDoc, TPublic, C>;
  initializeUnorderedBulkOp(...options: readonly unknown[]): unknown {
    const call = this.#handle.call('initializeUnorderedBulkOp');
    return new SafeBulkOperation(new PendingBulk(this.#handle.target, call, givenOptions(options), { ordered: false }));
  }

  /** The answer is of the shape that the plan names, as the return type of each method says. */
  async #send(plan: MaybePromise<InsertPlan | WritePlan | FindAndModifyPlan | BulkPlan>): Promise<never> {
    return (await execute(this.#handle.target, plan)) as never;
  }
}
