import { Collection, type Document, type WithId } from 'mongodb';

import { callContext, type CallContext } from '../errors/call-context.ts';
import { execute, openCursor } from '../driver/execute.ts';
import type { OpenTransaction } from '../driver/open-transaction.ts';
import type { Target } from '../driver/target.ts';
import type { everything } from '../values/everything.ts';
import { givenFilter, givenOptions } from '../input/given-options.ts';
import { planAggregate } from '../plan/plan-aggregate.ts';
import { planBulkWrite } from '../plan/plan-bulk.ts';
import { NO_JOINS, type Joins } from '../plan/pipeline/joins.ts';
import type { AggregatePlan } from '../plan/plan.ts';
import { planPopulated } from '../plan/plan-populated.ts';
import { planCount, planDistinct, planEstimate, planExists, planFind } from '../plan/plan-read.ts';
import {
  planDelete,
  planFindOneAndDelete,
  planFindOneAndUpdate,
  planInsertMany,
  planInsertOne,
  planUpdate,
} from '../plan/plan-write.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { collectionTypes, CollectionTypes } from '../types/collection-types.ts';
import type { CheckDistinctKey, DistinctShape, DistinctValue } from '../types/distinct.ts';
import type { CheckFilter, CheckManyFilter, FilterShape } from '../types/filter.ts';
import type { CheckOptions, CheckUpdateOptions, OfferOptions, OptionalOptions, OptionsOf } from '../types/options.ts';
import type { PipelineBuilder } from '../types/pipeline/builder.ts';
import type { StageShape } from '../types/pipeline/check-stage.ts';
import type { CheckPipeline, PipelineResult } from '../types/pipeline/pipeline-type.ts';
import type { OfferStages } from '../types/pipeline/stage-offer.ts';
import type { PipelineState } from '../types/pipeline/state.ts';
import type { InitialState } from '../types/pipeline/source-state.ts';
import type { CheckPopulate, PopulatedOf, PopulateShape } from '../types/populate.ts';
import type { ResultOf } from '../types/projection.ts';
import type { DefaultCapabilities } from '../types/public-paths.ts';
import type { TrustedMark } from '../types/trusted.ts';
import type { CheckPipelineTrusted, CheckPopulateFilter, CheckPopulateTrusted } from '../types/trusted-joins.ts';
import type { NoIgnoreUndefined } from '../types/unknown-option.ts';
import type { View } from '../types/view.ts';
import type { BulkModelShape, CheckModels } from '../types/write/bulk.ts';
import type { CheckInsert, CheckInserts, InsertShape } from '../types/write/check-insert.ts';
import type { CheckUpdate, UpdateShape } from '../types/write/check-update.ts';
import type { CheckPlaced } from '../types/write/check-placed.ts';
import type { CheckUpsert } from '../types/write/check-upsert.ts';
import type {
  BulkWriteResult,
  DeleteResult,
  InsertManyResult,
  InsertOneResult,
  ModifiedResult,
  UpdateResult,
} from '../types/write/results.ts';
import { policyOf } from '../view/policies.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { startPipeline } from './start-pipeline.ts';
import { joinsOf, readHook, transactions, type SafeCollectionOptions } from './collection-options.ts';
import { DocumentReader } from './document-reader.ts';
import { SafeAggregationCursor } from './safe-aggregation-cursor.ts';
import { PendingBulk } from './pending-bulk.ts';
import { SafeBulkOperation } from './safe-bulk-operation.ts';
import { SafeCursor } from './safe-cursor.ts';

/** Binds a collection to a transaction. Only for `withTransaction()`, because a session is a handle. */
export let bindToTransaction: <TDoc extends Document, TPublic extends object, C extends Capabilities, J extends object>(
  held: SafeCollection<TDoc, TPublic, C, J>,
  transaction: OpenTransaction,
) => SafeCollection<TDoc, TPublic, C, J>;

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
export class SafeCollection<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities = DefaultCapabilities<TPublic>,
  J extends object = object,
> {
  readonly #target: Target;
  readonly #policy: ViewPolicy;
  readonly #view: string;
  /** Only for the compiler. */
  declare readonly [collectionTypes]: CollectionTypes<TDoc, TPublic, C>;
  readonly #declared: object;
  readonly #joins: Joins;

  static {
    bindToTransaction = (held, transaction) => {
      if (!(#target in held))
        return callContext('bind', undefined).refuse('argument_invalid', 'bind() needs a SafeCollection.');
      const { collection, onDriverError } = held.#target;
      const options = onDriverError === undefined ? {} : { onDriverError };
      transactions.set(options, transaction);
      joinsOf.set(options, held.#joins);
      return new SafeCollection(collection as never, held.#declared as never, options);
    };
  }

  /**
   * @param collection - the driver's collection.
   * @param view - the view of its documents, made by `defineView()`.
   * @param options - `onDriverError` is called with the driver's own errors, which may contain values: only for the log.
   *   Default: none.
   * @throws RefusedCallError if an argument is not of that type.
   */
  constructor(
    collection: Collection<NoInfer<TDoc>> | Collection<WithId<NoInfer<TDoc>>>,
    view: View<TDoc, TPublic, C>,
    options: SafeCollectionOptions & NoIgnoreUndefined = {},
  ) {
    const call = callContext('new SafeCollection', undefined);
    this.#policy = policyOf(view, call);
    this.#declared = view;
    this.#joins = joinsOf.get(options) ?? NO_JOINS;
    if (!(collection instanceof Collection))
      call.refuse('argument_invalid', 'The collection must be a Collection of the MongoDB driver.');
    const onDriverError = readHook(options, call);
    const transaction = transactions.get(options);
    this.#target = {
      collection: collection as unknown as Collection,
      onDriverError,
      onRead: undefined,
      transaction,
      session: transaction?.session,
    };
    this.#view = this.#policy.name ?? collection.collectionName;
  }

  /**
   * Finds the matching documents and returns them in exactly the projected shape.
   *
   * @param filter - filterable paths; `{}` matches every document. Operators need `op()`.
   * @param options - `projection` is required.
   * @returns a cursor; nothing is sent before it is read.
   * @throws RefusedCallError at once if the call is refused. Reading the cursor throws `SchemaDriftError` and
   *   `DatabaseError`.
   * @example
   * const page = await users.find({ age: op({ $gte: 18 }) }, { projection: ['username'], limit: 20 }).toArray();
   */
  find<const F extends FilterShape<C>, const O extends OptionsOf<'find', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    options: O & CheckOptions<'find', TDoc, TPublic, C, O, F>,
  ): SafeCursor<ResultOf<TPublic, O['projection']>, C> {
    const call = this.#call('find');
    return new SafeCursor(this.#target, planFind('find', filter, options, call), call);
  }

  /**
   * Returns the first matching document in exactly the projected shape, or `null`.
   *
   * @param filter - filterable paths. Operators need `op()`.
   * @param options - `projection` is required.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws SchemaDriftError if a stored value is not of the kind that the view declares.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const user = await users.findOne({ _id }, { projection: { username: 1, 'profile.bio': 1 } });
   */
  async findOne<const F extends FilterShape<C>, const O extends OptionsOf<'findOne', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    options: O & CheckOptions<'findOne', TDoc, TPublic, C, O, F>,
  ): Promise<ResultOf<TPublic, O['projection']> | null> {
    const document = await execute(this.#target, planFind('findOne', filter, options, this.#call('findOne')));
    return document as ResultOf<TPublic, O['projection']> | null;
  }

  /**
   * Returns whether a document matches. It returns no document data, so it takes no projection.
   *
   * @param filter - filterable paths. Operators need `op()`.
   * @param options - the driver's, as listed for this method; `trusted` adds the program's own conditions.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * if (await users.exists({ username: 'ada' })) throw new Conflict();
   */
  async exists<const F extends FilterShape<C>, const O extends OptionsOf<'exists', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    ...options: OptionalOptions<O, CheckOptions<'exists', TDoc, TPublic, C, O, F>>
  ): Promise<boolean> {
    return await execute(this.#target, planExists(filter, givenOptions(options), this.#call('exists')));
  }

  /**
   * Counts the matching documents.
   *
   * @param filter - filterable paths. Without one, or with `{}`, every document is counted. Operators need `op()`.
   * @param options - the driver's, as listed for this method; `limit` is the highest count.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const adults = await users.countDocuments({ age: op({ $gte: 18 }) });
   */
  countDocuments(): Promise<number>;
  countDocuments<const F extends FilterShape<C>, const O extends OptionsOf<'countDocuments', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    ...options: OptionalOptions<O, CheckOptions<'countDocuments', TDoc, TPublic, C, O, F>>
  ): Promise<number>;
  async countDocuments(...rest: readonly unknown[]): Promise<number> {
    const [filter, options] = givenFilter(rest);
    return await execute(this.#target, planCount(filter, options, this.#call('countDocuments')));
  }

  /**
   * Returns the approximate number of all documents, from the collection's metadata.
   *
   * @throws RefusedCallError if an option is refused; nothing was sent.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const total = await users.estimatedDocumentCount();
   */
  async estimatedDocumentCount<const O extends OptionsOf<'estimatedDocumentCount', C>>(
    ...options: OptionalOptions<O, CheckOptions<'estimatedDocumentCount', TDoc, TPublic, C, O>>
  ): Promise<number> {
    return await execute(this.#target, planEstimate(givenOptions(options), this.#call('estimatedDocumentCount')));
  }

  /**
   * Returns the distinct values of a public leaf in the matching documents. The key takes the place of a projection.
   *
   * @param key - a public leaf. The elements of an array count as separate values.
   * @param filter - filterable paths. Without one, or with `{}`, it reads every document. Operators need `op()`.
   * @param options - the driver's, as listed for this method; `collation` decides which values are equal.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws SchemaDriftError if a stored value is not of the kind that the view declares.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const cities = await users.distinct('addresses.city');
   */
  distinct<const K extends DistinctShape<C>>(key: K & CheckDistinctKey<C, K>): Promise<DistinctValue<TPublic, K>[]>;
  distinct<const K extends DistinctShape<C>, const F extends FilterShape<C>, const O extends OptionsOf<'distinct', C>>(
    key: K & CheckDistinctKey<C, K>,
    filter: F & CheckFilter<TDoc, C, F>,
    ...options: OptionalOptions<O, CheckOptions<'distinct', TDoc, TPublic, C, O, F>>
  ): Promise<DistinctValue<TPublic, K>[]>;
  async distinct(key: unknown, ...rest: readonly unknown[]): Promise<unknown> {
    const [filter, options] = givenFilter(rest);
    return await execute(this.#target, planDistinct(key, filter, options, this.#call('distinct')));
  }

  /**
   * Runs a pipeline on the view's public data: every stage sees only public fields. Leading `$match`, `$sort`, `$skip`
   * and `$limit` stages run before the view stage and can use indexes.
   *
   * @param pipeline - an array literal of stages. It ends with one that says what comes out: `$project`, `$group`, `$count`, `$bucket`,
   *   `$bucketAuto`, `$sortByCount`, or a `$facet` of such pipelines. `$sort`, `$limit`, `$skip` and `$sample` may follow.
   * @param options - the driver's, as listed for this method.
   * @returns a cursor; nothing is sent before it is read.
   * @throws RefusedCallError at once if the call is refused. Reading the cursor throws `SchemaDriftError` and
   *   `DatabaseError`.
   * @example
   * const sold = await orders.aggregate([
   *   { $match: { product: 'tea' } },
   *   { $group: { _id: '$product', sold: { $sum: '$quantity' } } },
   *   { $sort: { sold: -1 } },
   * ]).toArray();
   */
  aggregate<const P extends readonly StageShape[], const O extends OptionsOf<'aggregate', C>>(
    pipeline: P &
      CheckPipeline<InitialState<TDoc, TPublic, C, J>, P> &
      OfferStages<InitialState<TDoc, TPublic, C, J>, P>,
    ...options: OptionalOptions<O, CheckOptions<'aggregate', TDoc, TPublic, C, O> & CheckPipelineTrusted<J, O, P>>
  ): SafeAggregationCursor<PipelineResult<InitialState<TDoc, TPublic, C, J>, P>> {
    const call = this.#call('aggregate');
    const plan = planAggregate(pipeline, givenOptions(options), call, this.#joins);
    return this.#aggregation(plan, call);
  }

  /**
   * A pipeline that is put together step by step, with a method for each stage: `match`, `group`, `project` … Each step
   * gives a new one; the same checks hold as for `aggregate()`. It has `toArray()`, `next()`, `forEach()`, `cursor()` and
   * `for await` once it says what comes out: after `project()`, `group()`, `count()` and the others with which a pipeline may end.
   *
   * The initial state is a type parameter, so that a collection with more capabilities is assignable to one with fewer.
   *
   * @param options - same as for `aggregate()`.
   * @throws RefusedCallError at the step that is refused; nothing was sent.
   * @example
   * const sold = await orders.pipeline()
   *   .match({ product: 'lamp' })
   *   .group({ _id: '$product', sold: { $sum: '$quantity' } })
   *   .sort({ sold: -1 })
   *   .toArray();
   */
  pipeline<const O extends OptionsOf<'aggregate', C>, State extends PipelineState = InitialState<TDoc, TPublic, C, J>>(
    ...options: OptionalOptions<
      O,
      CheckOptions<'aggregate', TDoc, TPublic, C, O> & CheckPipelineTrusted<State['joins'], O, never>
    >
  ): PipelineBuilder<State> {
    const call = this.#call('aggregate');
    const open = (plan: AggregatePlan) => this.#aggregation<unknown>(plan, call);
    const built = startPipeline(givenOptions(options), call, this.#joins, open);
    return built as PipelineBuilder<State>;
  }

  /**
   * Finds the matching documents together with documents of other collections, in one round trip. A short form of
   * `$lookup` for the common cases: an array of joined documents or, with `justOne`, a single one.
   *
   * @param filter - filterable paths; `{}` matches every document. Operators need `op()`.
   * @param options - `projection` is required, also in each field of `populate`. `from` names a view of the SafeDb. The
   *   keys are joinable paths; they are returned only if a projection names them.
   * @returns a cursor; nothing is sent before it is read.
   * @throws RefusedCallError at once if the call is refused. Reading the cursor throws `SchemaDriftError` and
   *   `DatabaseError`.
   * @example
   * const { orders } = createSafeDb(db, { users: userView, orders: orderView });
   * const bought = await orders.findPopulated({ product: 'lamp' }, {
   *   projection: ['product', 'quantity'],
   *   populate: { buyer: { from: 'users', localField: 'user_id', foreignField: '_id', projection: ['username'], justOne: true } },
   * }).toArray();
   */
  findPopulated<
    const F extends FilterShape<C>,
    const O extends OptionsOf<'findPopulated', C> & { readonly populate: PopulateShape<C, J> },
  >(
    filter: F & CheckFilter<TDoc, C, F> & CheckPopulateFilter<J, F, O>,
    options: O &
      CheckOptions<'findPopulated', TDoc, TPublic, C, O, F> &
      CheckPopulateTrusted<J, O> & { readonly populate: CheckPopulate<TDoc, TPublic, C, J, O['populate']> },
  ): SafeAggregationCursor<PopulatedOf<TPublic, J, O>> {
    const call = this.#call('findPopulated');
    return this.#aggregation(planPopulated(filter, options, call, this.#joins), call);
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
  async insertOne<const I extends InsertShape<C>, const O extends OptionsOf<'insertOne', C> = {}>(
    input: I & CheckInsert<TDoc, C, I, O>,
    ...options: readonly [options?: O & OfferOptions<'insertOne', TDoc, TPublic, C, O>]
  ): Promise<InsertOneResult<TDoc, TPublic, O>> {
    const plan = planInsertOne(input, givenOptions(options), this.#call('insertOne'));
    return (await execute(this.#target, plan)) as InsertOneResult<TDoc, TPublic, O>;
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
  async insertMany<
    const I extends readonly InsertShape<C>[] | TrustedMark,
    const O extends OptionsOf<'insertMany', C> = {},
  >(
    inputs: I & CheckInserts<TDoc, C, I, O>,
    ...options: readonly [options?: O & OfferOptions<'insertMany', TDoc, TPublic, C, O>]
  ): Promise<InsertManyResult<TDoc, TPublic, O>> {
    const plan = planInsertMany(inputs, givenOptions(options), this.#call('insertMany'));
    return (await execute(this.#target, plan)) as InsertManyResult<TDoc, TPublic, O>;
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
  async updateOne<
    const F extends FilterShape<C>,
    const U extends UpdateShape<C>,
    const O extends OptionsOf<'updateOne', C> = {},
  >(
    filter: F & CheckFilter<TDoc, C, F> & CheckUpsert<TDoc, C, F, O, U>,
    update: U & CheckUpdate<TDoc, C, U, O> & CheckPlaced<TDoc, C, F, U, O>,
    ...options: OptionalOptions<O, CheckUpdateOptions<'updateOne', TDoc, TPublic, C, U, O, F>>
  ): Promise<UpdateResult<TDoc, C, U, O>> {
    const plan = planUpdate('updateOne', filter, update, givenOptions(options), this.#call('updateOne'));
    return (await execute(this.#target, plan)) as UpdateResult<TDoc, C, U, O>;
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
  async updateMany<
    const F extends FilterShape<C> | typeof everything,
    const U extends UpdateShape<C>,
    const O extends OptionsOf<'updateMany', C> = {},
  >(
    filter: F & CheckManyFilter<TDoc, C, F> & CheckUpsert<TDoc, C, F, O, U>,
    update: U & CheckUpdate<TDoc, C, U, O> & CheckPlaced<TDoc, C, F, U, O>,
    ...options: OptionalOptions<O, CheckUpdateOptions<'updateMany', TDoc, TPublic, C, U, O, F>>
  ): Promise<UpdateResult<TDoc, C, U, O>> {
    const plan = planUpdate('updateMany', filter, update, givenOptions(options), this.#call('updateMany'));
    return (await execute(this.#target, plan)) as UpdateResult<TDoc, C, U, O>;
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
  async deleteOne<const F extends FilterShape<C>, const O extends OptionsOf<'deleteOne', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    ...options: OptionalOptions<O, CheckOptions<'deleteOne', TDoc, TPublic, C, O, F>>
  ): Promise<DeleteResult> {
    const plan = planDelete('deleteOne', filter, givenOptions(options), this.#call('deleteOne'));
    return (await execute(this.#target, plan)) as DeleteResult;
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
  async deleteMany<const F extends FilterShape<C> | typeof everything, const O extends OptionsOf<'deleteMany', C>>(
    filter: F & CheckManyFilter<TDoc, C, F>,
    ...options: OptionalOptions<O, CheckOptions<'deleteMany', TDoc, TPublic, C, O, F>>
  ): Promise<DeleteResult> {
    const plan = planDelete('deleteMany', filter, givenOptions(options), this.#call('deleteMany'));
    return (await execute(this.#target, plan)) as DeleteResult;
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
  async findOneAndUpdate<
    const F extends FilterShape<C>,
    const U extends UpdateShape<C>,
    const O extends OptionsOf<'findOneAndUpdate', C>,
  >(
    filter: F & CheckFilter<TDoc, C, F> & CheckUpsert<TDoc, C, F, O, U>,
    update: U & CheckUpdate<TDoc, C, U, O> & CheckPlaced<TDoc, C, F, U, O>,
    options: O & CheckUpdateOptions<'findOneAndUpdate', TDoc, TPublic, C, U, O, F>,
  ): Promise<ModifiedResult<ResultOf<TPublic, O['projection']>, O>> {
    const plan = planFindOneAndUpdate(filter, update, options, this.#call('findOneAndUpdate'));
    return (await execute(this.#target, plan)) as ModifiedResult<ResultOf<TPublic, O['projection']>, O>;
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
  async findOneAndDelete<const F extends FilterShape<C>, const O extends OptionsOf<'findOneAndDelete', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    options: O & CheckOptions<'findOneAndDelete', TDoc, TPublic, C, O, F>,
  ): Promise<ResultOf<TPublic, O['projection']> | null> {
    const plan = planFindOneAndDelete(filter, options, this.#call('findOneAndDelete'));
    return (await execute(this.#target, plan)) as ResultOf<TPublic, O['projection']> | null;
  }

  /**
   * Sends several writes as one command. Every model is checked before any is sent.
   *
   * @param models - same as in the driver: `{ insertOne: { document } }`, `{ updateOne: { filter, update } }`, `updateMany`,
   *   `deleteOne`, `deleteMany`; each may have its own `trusted`. `replaceOne` is refused.
   * @param options - `ordered: false` continues after a failure.
   * @throws RefusedCallError if a model is refused; nothing was sent.
   * @throws BulkWriteFailedError if models failed on the server; it has their indexes.
   * @example
   * await users.bulkWrite([{ deleteOne: { filter: { username: 'ada' } } }]);
   */
  async bulkWrite<const M extends readonly BulkModelShape[], const O extends OptionsOf<'bulkWrite', C>>(
    models: M & CheckModels<TDoc, C, M>,
    ...options: OptionalOptions<O, CheckOptions<'bulkWrite', TDoc, TPublic, C, O>>
  ): Promise<BulkWriteResult<TDoc>> {
    const plan = planBulkWrite(models, givenOptions(options), this.#call('bulkWrite'));
    return (await execute(this.#target, plan)) as BulkWriteResult<TDoc>;
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
    ...options: OptionalOptions<O, CheckOptions<'initializeOrderedBulkOp', TDoc, TPublic, C, O>>
  ): SafeBulkOperation<TDoc, TPublic, C> {
    const call = this.#call('initializeOrderedBulkOp');
    return new SafeBulkOperation(new PendingBulk(this.#target, call, givenOptions(options), { ordered: true }));
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
    ...options: OptionalOptions<O, CheckOptions<'initializeUnorderedBulkOp', TDoc, TPublic, C, O>>
  ): SafeBulkOperation<TDoc, TPublic, C> {
    const call = this.#call('initializeUnorderedBulkOp');
    return new SafeBulkOperation(new PendingBulk(this.#target, call, givenOptions(options), { ordered: false }));
  }

  #aggregation<T>(plan: AggregatePlan, call: CallContext<ViewPolicy>): SafeAggregationCursor<T> {
    return new SafeAggregationCursor(new DocumentReader(call, () => openCursor(this.#target, plan)));
  }

  #call(operation: string): CallContext<ViewPolicy> {
    return callContext(operation, this.#view, this.#policy);
  }
}
