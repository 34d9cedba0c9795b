import type { Collection, Document, WithId } from 'mongodb';

import { execute } from '../driver/execute.ts';
import { findJson } from '../driver/read-json.ts';
import type { ProvedJson } from '../results/json/proved-json.ts';
import type { everything } from '../values/everything.ts';
import { givenFilter, givenOptions } from '../input/given-options.ts';
import { planAggregate } from '../plan/plan-aggregate.ts';
import { planBulkWrite } from '../plan/plan-bulk.ts';
import type { AggregatePlan, BulkPlan, FindAndModifyPlan, InsertPlan, WritePlan } from '../plan/plan.ts';
import type { MaybePromise } from '../plan/update/maybe-promise.ts';
import { planPopulated } from '../plan/plan-populated.ts';
import { planCount, planDistinct, planEstimate, planExists, planFind } from '../plan/plan-read.ts';
import { planFindOneAndReplace, planReplace } from '../plan/plan-replace.ts';
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
import type { CheckPopulate, PopulateShape } from '../types/populate.ts';
import type { PopulatedOf } from '../types/populated.ts';
import type { ResultOf } from '../types/projection.ts';
import type { DefaultCapabilities } from '../types/public-paths.ts';
import type { CheckPipelineTrusted, CheckPopulateFilter, CheckPopulateTrusted } from '../types/trusted-joins.ts';
import type { CheckScope, JoinsWithin, ScopeValuesOf } from '../types/scope.ts';
import type { NoIgnoreUndefined } from '../types/unknown-option.ts';
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
import { startPipeline } from './start-pipeline.ts';
import { CollectionHandle, handles } from './collection-handle.ts';
import type { SafeCollectionOptions } from './collection-options.ts';
import { openAggregation, type SafeAggregationCursor } from './safe-aggregation-cursor.ts';
import { PendingBulk } from './pending-bulk.ts';
import { SafeBulkOperation } from './safe-bulk-operation.ts';
import { SafeCursor } from './safe-cursor.ts';
import type { Written, WrittenAs, WrittenOptions } from '../types/written.ts';

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
> {
  readonly #handle: CollectionHandle;
  /** Only for the compiler. */
  declare readonly [collectionTypes]: CollectionTypes<TDoc, TPublic, C>;

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
    this.#handle = new CollectionHandle(collection, view, options);
    handles.set(this, this.#handle);
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
  ): BoundCollection<TDoc, TPublic, C, JoinsWithin<J, C>> {
    return new BoundCollection(...this.#handle.scoped(values)) as never;
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
    filter: Written<F> & CheckFilter<TDoc, C, F>,
    options: WrittenOptions<O, OptionsOf<'find', C>> & CheckOptions<'find', TDoc, TPublic, C, O, F>,
  ): SafeCursor<ResultOf<TPublic, O['projection']>, C> {
    const call = this.#handle.call('find');
    return new SafeCursor(this.#handle.target, planFind('find', filter, options, call), call);
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
    filter: Written<F> & CheckFilter<TDoc, C, F>,
    options: WrittenOptions<O, OptionsOf<'findOne', C>> & CheckOptions<'findOne', TDoc, TPublic, C, O, F>,
  ): Promise<ResultOf<TPublic, O['projection']> | null> {
    const document = await execute(
      this.#handle.target,
      planFind('findOne', filter, options, this.#handle.call('findOne')),
    );
    return document as ResultOf<TPublic, O['projection']> | null;
  }

  /**
   * Finds the matching documents and writes them as one JSON array, straight from the server's bytes: no objects are made. For
   * responses of many documents it takes a fraction of the time of `find()` and `JSON.stringify()`.
   *
   * @param filter - filterable paths; `{}` matches every document. Operators need `op()`.
   * @param options - as for `find()`. `ejson: 'relaxed' | 'canonical'` writes MongoDB's Extended JSON. Without it the JSON is byte for byte
   *   what `JSON.stringify()` writes for the objects.
   * @returns the JSON, which the adapters for Fastify, Express and Hono send as it is.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws SchemaDriftError if a stored value is not of the kind that the view declares.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const json = await users.findJson({ username }, { projection: ['username'], limit: 100 });
   * const response = json.response();
   */
  async findJson<const F extends FilterShape<C>, const O extends OptionsOf<'findJson', C>>(
    filter: Written<F> & CheckFilter<TDoc, C, F>,
    options: WrittenOptions<O, OptionsOf<'findJson', C>> & CheckOptions<'findJson', TDoc, TPublic, C, O, F>,
  ): Promise<ProvedJson> {
    return await findJson(this.#handle.target, planFind('findJson', filter, options, this.#handle.call('findJson')));
  }

  /**
   * Finds the first matching document and writes it as JSON, or returns `null`. As `findJson()`.
   *
   * @param filter - filterable paths. Operators need `op()`.
   * @param options - as for `findOne()`, and `ejson`.
   * @throws RefusedCallError if the call is refused; nothing was sent.
   * @throws SchemaDriftError if a stored value is not of the kind that the view declares.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const json = await users.findOneJson({ username }, { projection: ['username', 'profile.bio'] });
   */
  async findOneJson<const F extends FilterShape<C>, const O extends OptionsOf<'findOneJson', C>>(
    filter: Written<F> & CheckFilter<TDoc, C, F>,
    options: WrittenOptions<O, OptionsOf<'findOneJson', C>> & CheckOptions<'findOneJson', TDoc, TPublic, C, O, F>,
  ): Promise<ProvedJson | null> {
    return await execute(
      this.#handle.target,
      planFind('findOneJson', filter, options, this.#handle.call('findOneJson')),
    );
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
    filter: Written<F> & CheckFilter<TDoc, C, F>,
    ...options: OptionalOptions<OptionsOf<'exists', C>, O, CheckOptions<'exists', TDoc, TPublic, C, O, F>>
  ): Promise<boolean> {
    return await execute(this.#handle.target, planExists(filter, givenOptions(options), this.#handle.call('exists')));
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
    filter: Written<F> & CheckFilter<TDoc, C, F>,
    ...options: OptionalOptions<
      OptionsOf<'countDocuments', C>,
      O,
      CheckOptions<'countDocuments', TDoc, TPublic, C, O, F>
    >
  ): Promise<number>;
  async countDocuments(...rest: readonly unknown[]): Promise<number> {
    const [filter, options] = givenFilter(rest);
    return await execute(this.#handle.target, planCount(filter, options, this.#handle.call('countDocuments')));
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
    ...options: OptionalOptions<
      OptionsOf<'estimatedDocumentCount', C>,
      O,
      CheckOptions<'estimatedDocumentCount', TDoc, TPublic, C, O>
    >
  ): Promise<number> {
    return await execute(
      this.#handle.target,
      planEstimate(givenOptions(options), this.#handle.call('estimatedDocumentCount')),
    );
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
  distinct<const K extends DistinctShape<C>>(
    key: WrittenAs<K, DistinctShape<C>> & CheckDistinctKey<C, K>,
  ): Promise<DistinctValue<TPublic, K>[]>;
  distinct<const K extends DistinctShape<C>, const F extends FilterShape<C>, const O extends OptionsOf<'distinct', C>>(
    key: WrittenAs<K, DistinctShape<C>> & CheckDistinctKey<C, K>,
    filter: Written<F> & CheckFilter<TDoc, C, F>,
    ...options: OptionalOptions<OptionsOf<'distinct', C>, O, CheckOptions<'distinct', TDoc, TPublic, C, O, F>>
  ): Promise<DistinctValue<TPublic, K>[]>;
  async distinct(key: unknown, ...rest: readonly unknown[]): Promise<unknown> {
    const [filter, options] = givenFilter(rest);
    return await execute(this.#handle.target, planDistinct(key, filter, options, this.#handle.call('distinct')));
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
    pipeline: WrittenAs<P, readonly StageShape[]> &
      CheckPipeline<InitialState<TDoc, TPublic, C, J>, P> &
      OfferStages<InitialState<TDoc, TPublic, C, J>, P>,
    ...options: OptionalOptions<
      OptionsOf<'aggregate', C>,
      O,
      CheckOptions<'aggregate', TDoc, TPublic, C, O> & CheckPipelineTrusted<J, O, P>
    >
  ): SafeAggregationCursor<PipelineResult<InitialState<TDoc, TPublic, C, J>, P>> {
    const call = this.#handle.call('aggregate');
    const plan = planAggregate(pipeline, givenOptions(options), call, this.#handle.binding.joins);
    return openAggregation(this.#handle.target, plan, call);
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
      OptionsOf<'aggregate', C>,
      O,
      CheckOptions<'aggregate', TDoc, TPublic, C, O> & CheckPipelineTrusted<State['joins'], O, never>
    >
  ): PipelineBuilder<State> {
    const call = this.#handle.call('aggregate');
    const open = (plan: AggregatePlan) => openAggregation<unknown>(this.#handle.target, plan, call);
    const built = startPipeline(givenOptions(options), call, this.#handle.binding.joins, open);
    return built as PipelineBuilder<State>;
  }

  /**
   * Finds the matching documents together with documents of other collections, in one round trip. A short form of
   * `$lookup` for the common cases: an array of joined documents or, with `justOne`, a single one. They come under a new name or in
   * the place of their reference, at the top, in the elements of an array (`'items.product'`) and in joined documents. A list of
   * references gives its documents in the order of the list.
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
    filter: Written<F> & CheckFilter<TDoc, C, F> & CheckPopulateFilter<J, F, O>,
    options: WrittenOptions<O, OptionsOf<'findPopulated', C> & { readonly populate: PopulateShape<C, J> }> &
      CheckOptions<'findPopulated', TDoc, TPublic, C, O, F> &
      CheckPopulateTrusted<J, O> & { readonly populate: CheckPopulate<TPublic, C, J, O['projection'], O['populate']> },
  ): SafeAggregationCursor<PopulatedOf<TDoc, TPublic, J, O>> {
    const call = this.#handle.call('findPopulated');
    return openAggregation(this.#handle.target, planPopulated(filter, options, call, this.#handle.binding.joins), call);
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
    input: Written<I> & CheckInsert<TDoc, C, I, O>,
    ...options: readonly [
      options?: WrittenOptions<O, OptionsOf<'insertOne', C>> & OfferOptions<'insertOne', TDoc, TPublic, C, O>,
    ]
  ): Promise<InsertOneResult<TDoc, TPublic, O>> {
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
  async insertMany<const I extends readonly InsertShape<C>[] | object, const O extends OptionsOf<'insertMany', C> = {}>(
    inputs: Written<I> & CheckInserts<TDoc, C, I, O>,
    ...options: readonly [
      options?: WrittenOptions<O, OptionsOf<'insertMany', C>> & OfferOptions<'insertMany', TDoc, TPublic, C, O>,
    ]
  ): Promise<InsertManyResult<TDoc, TPublic, O>> {
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
  async updateOne<
    const F extends FilterShape<C>,
    const U extends UpdateShape<C>,
    const O extends OptionsOf<'updateOne', C> = {},
  >(
    filter: Written<F> & CheckFilter<TDoc, C, F> & CheckUpsert<TDoc, C, F, O, U>,
    update: Written<U> & CheckUpdate<TDoc, C, U, O> & CheckPlaced<TDoc, C, F, U, O>,
    ...options: OptionalOptions<
      OptionsOf<'updateOne', C>,
      O,
      CheckUpdateOptions<'updateOne', TDoc, TPublic, C, U, O, F>
    >
  ): Promise<UpdateResult<TDoc, C, U, O>> {
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
  async updateMany<
    const F extends FilterShape<C> | typeof everything,
    const U extends UpdateShape<C>,
    const O extends OptionsOf<'updateMany', C> = {},
  >(
    filter: Written<F> & CheckManyFilter<TDoc, C, F> & CheckUpsert<TDoc, C, F, O, U>,
    update: Written<U> & CheckUpdate<TDoc, C, U, O> & CheckPlaced<TDoc, C, F, U, O>,
    ...options: OptionalOptions<
      OptionsOf<'updateMany', C>,
      O,
      CheckUpdateOptions<'updateMany', TDoc, TPublic, C, U, O, F>
    >
  ): Promise<UpdateResult<TDoc, C, U, O>> {
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
  async replaceOne<
    const F extends FilterShape<C>,
    const R extends InsertShape<C>,
    const O extends OptionsOf<'replaceOne', C> = {},
  >(
    filter: Written<F> & CheckFilter<TDoc, C, F> & CheckUpsert<TDoc, C, F, O, ReplacingUpdate<R, O>>,
    replacement: Written<R> & CheckReplacement<TDoc, C, R, O>,
    ...options: OptionalOptions<
      OptionsOf<'replaceOne', C>,
      O,
      CheckUpdateOptions<'replaceOne', TDoc, TPublic, C, {}, O, F>
    >
  ): Promise<ReplaceResult<TDoc, C, O>> {
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
  async deleteOne<const F extends FilterShape<C>, const O extends OptionsOf<'deleteOne', C>>(
    filter: Written<F> & CheckFilter<TDoc, C, F>,
    ...options: OptionalOptions<OptionsOf<'deleteOne', C>, O, CheckOptions<'deleteOne', TDoc, TPublic, C, O, F>>
  ): Promise<DeleteResult> {
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
  async deleteMany<const F extends FilterShape<C> | typeof everything, const O extends OptionsOf<'deleteMany', C>>(
    filter: Written<F> & CheckManyFilter<TDoc, C, F>,
    ...options: OptionalOptions<OptionsOf<'deleteMany', C>, O, CheckOptions<'deleteMany', TDoc, TPublic, C, O, F>>
  ): Promise<DeleteResult> {
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
  async findOneAndUpdate<
    const F extends FilterShape<C>,
    const U extends UpdateShape<C>,
    const O extends OptionsOf<'findOneAndUpdate', C>,
  >(
    filter: Written<F> & CheckFilter<TDoc, C, F> & CheckUpsert<TDoc, C, F, O, U>,
    update: Written<U> & CheckUpdate<TDoc, C, U, O> & CheckPlaced<TDoc, C, F, U, O>,
    options: WrittenOptions<O, OptionsOf<'findOneAndUpdate', C>> &
      CheckUpdateOptions<'findOneAndUpdate', TDoc, TPublic, C, U, O, F>,
  ): Promise<ModifiedResult<ResultOf<TPublic, O['projection']>, O>> {
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
  async findOneAndReplace<
    const F extends FilterShape<C>,
    const R extends InsertShape<C>,
    const O extends OptionsOf<'findOneAndReplace', C>,
  >(
    filter: Written<F> & CheckFilter<TDoc, C, F> & CheckUpsert<TDoc, C, F, O, ReplacingUpdate<R, O>>,
    replacement: Written<R> & CheckReplacement<TDoc, C, R, O>,
    options: WrittenOptions<O, OptionsOf<'findOneAndReplace', C>> &
      CheckUpdateOptions<'findOneAndReplace', TDoc, TPublic, C, {}, O, F>,
  ): Promise<ModifiedResult<ResultOf<TPublic, O['projection']>, O>> {
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
  async findOneAndDelete<const F extends FilterShape<C>, const O extends OptionsOf<'findOneAndDelete', C>>(
    filter: Written<F> & CheckFilter<TDoc, C, F>,
    options: WrittenOptions<O, OptionsOf<'findOneAndDelete', C>> &
      CheckOptions<'findOneAndDelete', TDoc, TPublic, C, O, F>,
  ): Promise<ResultOf<TPublic, O['projection']> | null> {
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
  async bulkWrite<const M extends readonly BulkModelShape[], const O extends OptionsOf<'bulkWrite', C>>(
    models: WrittenAs<M, readonly BulkModelShape[]> & CheckModels<TDoc, C, M>,
    ...options: OptionalOptions<OptionsOf<'bulkWrite', C>, O, CheckOptions<'bulkWrite', TDoc, TPublic, C, O>>
  ): Promise<BulkWriteResult<TDoc>> {
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
    ...options: OptionalOptions<
      OptionsOf<'initializeOrderedBulkOp', C>,
      O,
      CheckOptions<'initializeOrderedBulkOp', TDoc, TPublic, C, O>
    >
  ): SafeBulkOperation<TDoc, TPublic, C> {
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
    ...options: OptionalOptions<
      OptionsOf<'initializeUnorderedBulkOp', C>,
      O,
      CheckOptions<'initializeUnorderedBulkOp', TDoc, TPublic, C, O>
    >
  ): SafeBulkOperation<TDoc, TPublic, C> {
    const call = this.#handle.call('initializeUnorderedBulkOp');
    return new SafeBulkOperation(new PendingBulk(this.#handle.target, call, givenOptions(options), { ordered: false }));
  }

  /** The answer is of the shape that the plan names, as the return type of each method says. */
  async #send(plan: MaybePromise<InsertPlan | WritePlan | FindAndModifyPlan | BulkPlan>): Promise<never> {
    return (await execute(this.#handle.target, plan)) as never;
  }
}
