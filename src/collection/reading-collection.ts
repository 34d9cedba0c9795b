import type { Document } from 'mongodb';
import { execute } from '../driver/execute.ts';
import { findJson } from '../driver/read-json.ts';
import { assertPrototypeIsClean } from '../driver/prototype-guard.ts';
import { readPage } from '../driver/read-page.ts';
import type { ProvedJson } from '../results/json/proved-json.ts';
import { givenFilter, givenOptions } from '../input/given-options.ts';
import { planPage } from '../plan/plan-page.ts';
import { planAggregate } from '../plan/plan-aggregate.ts';
import type { AggregatePlan } from '../plan/plan.ts';
import { planPopulated } from '../plan/plan-populated.ts';
import { planCount, planDistinct, planEstimate, planExists, planFind } from '../plan/plan-read.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { ChangeEvent, ConsumerContext } from '../types/change-event.ts';
import type { collectionTypes, CollectionTypes } from '../types/collection-types.ts';
import type { CheckDistinctKey, DistinctShape, DistinctValue } from '../types/distinct.ts';
import type { CheckFilter, FilterShape } from '../types/filter.ts';
import type { CheckPage } from '../types/check-page.ts';
import type { Page } from '../types/page.ts';
import type { CheckOptions, OptionalOptions, OptionsOf } from '../types/options.ts';
import type { PipelineBuilder } from '../types/pipeline/builder.ts';
import type { StageShape } from '../types/pipeline/check-stage.ts';
import type { CheckPipeline, PipelineResult } from '../types/pipeline/pipeline-type.ts';
import type { OfferStages } from '../types/pipeline/stage-offer.ts';
import type { PipelineState } from '../types/pipeline/state.ts';
import type { InitialState } from '../types/pipeline/source-state.ts';
import type { CheckPopulate, PopulateShape } from '../types/populate.ts';
import type { PopulatedOf } from '../types/populated.ts';
import type { Known, NeedsProjection } from '../types/known.ts';
import type { ResultOf } from '../types/projection.ts';
import type { DefaultCapabilities } from '../types/public-paths.ts';
import type { CheckPipelineTrusted, CheckPopulateFilter, CheckPopulateTrusted } from '../types/trusted-joins.ts';
import { consume } from './consume.ts';
import { openChangeStream } from './open-change-stream.ts';
import type { SafeChangeStream } from './safe-change-stream.ts';
import { finishPage } from './finish-page.ts';
import { startPipeline } from './start-pipeline.ts';
import { handles, type CollectionHandle } from './collection-handle.ts';
import { openAggregation, type SafeAggregationCursor } from './safe-aggregation-cursor.ts';
import { SafeCursor } from './safe-cursor.ts';
import type { Checked, Written, WrittenAs, WrittenOptions } from '../types/written.ts';

/** The methods of a collection that read. */
export class ReadingCollection<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities = DefaultCapabilities<TPublic>,
  J extends object = object,
> {
  readonly #handle: CollectionHandle;
  /** Only for the compiler. */
  declare readonly [collectionTypes]: CollectionTypes<TDoc, TPublic, C>;

  constructor(handle: CollectionHandle) {
    this.#handle = handle;
    handles.set(this, handle);
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
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
    options: WrittenOptions<O, OptionsOf<'find', C>> & Checked<O, CheckOptions<'find', TDoc, TPublic, C, O, F>>,
  ): SafeCursor<ResultOf<TPublic, O['projection']>, C>;
  find<F>(
    this: Known<{ filter: F }>,
    filter: NeedsProjection<'find', F>,
  ): SafeCursor<ResultOf<TPublic, OptionsOf<'find', C>['projection']>, C>;
  find(filter: unknown, options?: unknown): unknown {
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
  findOne<const F extends FilterShape<C>, const O extends OptionsOf<'findOne', C>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
    options: WrittenOptions<O, OptionsOf<'findOne', C>> & Checked<O, CheckOptions<'findOne', TDoc, TPublic, C, O, F>>,
  ): Promise<ResultOf<TPublic, O['projection']> | null>;
  findOne<F>(
    this: Known<{ filter: F }>,
    filter: NeedsProjection<'findOne', F>,
  ): Promise<ResultOf<TPublic, OptionsOf<'findOne', C>['projection']> | null>;
  async findOne(filter: unknown, options?: unknown): Promise<unknown> {
    return await execute(this.#handle.target, planFind('findOne', filter, options, this.#handle.call('findOne')));
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
  findJson<const F extends FilterShape<C>, const O extends OptionsOf<'findJson', C>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
    options: WrittenOptions<O, OptionsOf<'findJson', C>> & Checked<O, CheckOptions<'findJson', TDoc, TPublic, C, O, F>>,
  ): Promise<ProvedJson>;
  findJson<F>(this: Known<{ filter: F }>, filter: NeedsProjection<'findJson', F>): Promise<ProvedJson>;
  async findJson(filter: unknown, options?: unknown): Promise<unknown> {
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
  findOneJson<const F extends FilterShape<C>, const O extends OptionsOf<'findOneJson', C>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
    options: WrittenOptions<O, OptionsOf<'findOneJson', C>> &
      Checked<O, CheckOptions<'findOneJson', TDoc, TPublic, C, O, F>>,
  ): Promise<ProvedJson | null>;
  findOneJson<F>(this: Known<{ filter: F }>, filter: NeedsProjection<'findOneJson', F>): Promise<ProvedJson | null>;
  async findOneJson(filter: unknown, options?: unknown): Promise<unknown> {
    return await execute(
      this.#handle.target,
      planFind('findOneJson', filter, options, this.#handle.call('findOneJson')),
    );
  }

  /**
   * Returns a page of the matching documents, with sealed cursors for the pages after and before it. Nothing is skipped: a page begins right
   * after the last document of the one before, also if others were stored meanwhile. `_id` is added to the sort, so that no two documents
   * are equal.
   *
   * Needs the option `sealKeys` of `createSafeDb()` or of the collection.
   *
   * @param filter - filterable paths; `{}` matches every document. The same for all pages. Operators need `op()`.
   * @param options - `projection` and `limit` are required; `after` takes the `next` of a page, and `before` its `previous`. `sort` takes
   *   sortable paths with a single value; without one, the documents are sorted by `_id`.
   * @returns `{ items, next, previous, hasNext }`.
   * @throws RefusedCallError if the call is refused; nothing was sent. Its code is `token_invalid` for a cursor that was changed, or that
   *   belongs to another query, view or scope.
   * @throws SchemaDriftError if a stored value is not of the kind that the view declares, or an array is stored at a path of the sort.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const shop = createSafeDb(db, { users: userView }, { sealKeys: [sealKey] });
   * const page = await shop.users.paginate({}, { projection: ['username'], sort: { joined_at: -1 }, limit: 20 });
   * const next = await shop.users.paginate({}, { projection: ['username'], sort: { joined_at: -1 }, limit: 20, after: page.next });
   */
  paginate<const F extends FilterShape<C>, const O extends OptionsOf<'paginate', C> & { readonly limit: number }>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
    options: WrittenOptions<O, OptionsOf<'paginate', C> & { readonly limit: number }> &
      Checked<O, CheckOptions<'paginate', TDoc, TPublic, C, O, F> & CheckPage<TDoc, C, O>>,
  ): Promise<Page<ResultOf<TPublic, O['projection']>>>;
  paginate<F>(
    this: Known<{ filter: F }>,
    filter: NeedsProjection<'paginate', F>,
  ): Promise<Page<ResultOf<TPublic, OptionsOf<'paginate', C>['projection']>>>;
  async paginate(filter: unknown, options?: unknown): Promise<unknown> {
    const call = this.#handle.call('paginate');
    // Earlier than in other calls, because the query is written as BSON before the plan is sent.
    assertPrototypeIsClean(call);
    const { target } = this.#handle;
    const seals = { collection: target.collection, sealer: this.#handle.sealer(call) };
    const planned = planPage(filter, options, seals, call);
    const { documents, end } = await readPage(target, planned.plan);
    return finishPage(documents, end, planned);
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
  exists<const F extends FilterShape<C>, const O extends OptionsOf<'exists', C>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
    ...options: OptionalOptions<OptionsOf<'exists', C>, O, CheckOptions<'exists', TDoc, TPublic, C, O, F>>
  ): Promise<boolean>;
  async exists(filter: unknown, ...options: readonly unknown[]): Promise<unknown> {
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
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
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
  estimatedDocumentCount<const O extends OptionsOf<'estimatedDocumentCount', C>>(
    this: Known<{ options: O }>,
    ...options: OptionalOptions<
      OptionsOf<'estimatedDocumentCount', C>,
      O,
      CheckOptions<'estimatedDocumentCount', TDoc, TPublic, C, O>
    >
  ): Promise<number>;
  async estimatedDocumentCount(...options: readonly unknown[]): Promise<unknown> {
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
    this: Known<{ key: K }>,
    key: WrittenAs<K, DistinctShape<C>> & Checked<K, CheckDistinctKey<C, K>>,
  ): Promise<DistinctValue<TPublic, K>[]>;
  distinct<const K extends DistinctShape<C>, const F extends FilterShape<C>, const O extends OptionsOf<'distinct', C>>(
    this: Known<{ key: K; filter: F; options: O }>,
    key: WrittenAs<K, DistinctShape<C>> & Checked<K, CheckDistinctKey<C, K>>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
    ...options: OptionalOptions<OptionsOf<'distinct', C>, O, CheckOptions<'distinct', TDoc, TPublic, C, O, F>>
  ): Promise<DistinctValue<TPublic, K>[]>;
  async distinct(key: unknown, ...rest: readonly unknown[]): Promise<unknown> {
    const [filter, options] = givenFilter(rest);
    return await execute(this.#handle.target, planDistinct(key, filter, options, this.#handle.call('distinct')));
  }

  /**
   * Opens a stream of the changes of the matching documents, as events relative to the filter: a document enters it, changes in it, or leaves
   * it. A change of other documents, and a change of other fields than the projected ones, is no event.
   *
   * @param filter - filterable paths; `{}` matches every document. Operators need `op()`.
   * @param options - `projection` is required. `resumeAfter` continues after an event, by its `token`. `signal` ends the stream.
   * @returns the stream, when the server has begun it: it has every change from then on.
   * @throws RefusedCallError if the call is refused, or the collection keeps no pre- and post-images.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const changes = await orders.watch({ product: 'lamp' }, { projection: ['product', 'quantity'] });
   * const event = await changes.next();
   */
  watch<const F extends FilterShape<C>, const O extends OptionsOf<'watch', C>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
    options: WrittenOptions<O, OptionsOf<'watch', C>> & Checked<O, CheckOptions<'watch', TDoc, TPublic, C, O, F>>,
  ): Promise<SafeChangeStream<ResultOf<TPublic, O['projection']>>>;
  watch<F>(
    this: Known<{ filter: F }>,
    filter: NeedsProjection<'watch', F>,
  ): Promise<SafeChangeStream<ResultOf<TPublic, OptionsOf<'watch', C>['projection']>>>;
  async watch(filter: unknown, options?: unknown): Promise<unknown> {
    return await openChangeStream(this.#handle, filter, options);
  }

  /**
   * Passes the events of `watch()` to a handler, one after another, until the signal is aborted. After the handler, the sealed token of the event is
   * stored, so that the work goes on there after a restart: each event is handled at least once. Of all processes with the same group, one
   * handles events at a time; another one takes over if it ends.
   *
   * @param filter - same as for `watch()`.
   * @param options - `group` names the work, and `projection` is required. `lease` is the time after which a silent process is replaced.
   *   Needs `sealKeys`.
   * @param handler - gets each event. If it throws, `consume()` rejects with its error, and the event comes again in the next run.
   * @returns after the signal was aborted and the running handler has finished.
   * @throws the errors of `watch()`, and of the handler.
   * @example
   * await keptOrders.consume({ product: 'lamp' }, { group: 'mails', projection: ['quantity'], signal: stopping }, async (event) => {
   *   if (event.type === 'enter') logger.warn({ ordered: event.document.quantity });
   * });
   */
  consume<const F extends FilterShape<C>, const O extends OptionsOf<'consume', C>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F>>,
    options: WrittenOptions<O, OptionsOf<'consume', C>> & Checked<O, CheckOptions<'consume', TDoc, TPublic, C, O, F>>,
    handler: (event: ChangeEvent<ResultOf<TPublic, O['projection']>>, context: ConsumerContext) => void | Promise<void>,
  ): Promise<void>;
  async consume(filter: unknown, options: unknown, handler: unknown): Promise<unknown> {
    return await consume(this.#handle, filter, options, handler);
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
    this: Known<{ pipeline: P; options: O }>,
    pipeline: WrittenAs<P, readonly StageShape[]> &
      Checked<
        P,
        CheckPipeline<InitialState<TDoc, TPublic, C, J>, P> & OfferStages<InitialState<TDoc, TPublic, C, J>, P>
      >,
    ...options: OptionalOptions<
      OptionsOf<'aggregate', C>,
      O,
      CheckOptions<'aggregate', TDoc, TPublic, C, O> & CheckPipelineTrusted<J, O, P>
    >
  ): SafeAggregationCursor<PipelineResult<InitialState<TDoc, TPublic, C, J>, P>>;
  aggregate(pipeline: unknown, ...options: readonly unknown[]): unknown {
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
    this: Known<{ options: O }>,
    ...options: OptionalOptions<
      OptionsOf<'aggregate', C>,
      O,
      CheckOptions<'aggregate', TDoc, TPublic, C, O> & CheckPipelineTrusted<State['joins'], O, never>
    >
  ): PipelineBuilder<State>;
  pipeline(...options: readonly unknown[]): unknown {
    const call = this.#handle.call('aggregate');
    const open = (plan: AggregatePlan) => openAggregation<unknown>(this.#handle.target, plan, call);
    return startPipeline(givenOptions(options), call, this.#handle.binding.joins, open);
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
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & Checked<F, CheckFilter<TDoc, C, F> & CheckPopulateFilter<J, F, O>>,
    options: WrittenOptions<O, OptionsOf<'findPopulated', C> & { readonly populate: PopulateShape<C, J> }> &
      CheckOptions<'findPopulated', TDoc, TPublic, C, O, F> &
      CheckPopulateTrusted<J, O> & { readonly populate: CheckPopulate<TPublic, C, J, O['projection'], O['populate']> },
  ): SafeAggregationCursor<PopulatedOf<TDoc, TPublic, J, O>>;
  findPopulated<F>(
    this: Known<{ filter: F }>,
    filter: NeedsProjection<'findPopulated', F>,
  ): SafeAggregationCursor<
    PopulatedOf<TDoc, TPublic, J, OptionsOf<'findPopulated', C> & { readonly populate: PopulateShape<C, J> }>
  >;
  findPopulated(filter: unknown, options?: unknown): unknown {
    const call = this.#handle.call('findPopulated');
    return openAggregation(this.#handle.target, planPopulated(filter, options, call, this.#handle.binding.joins), call);
  }
}
