import { Collection, type Document } from 'mongodb';

import { callSite } from '../errors/site.ts';
import { execute, openCursor } from '../execute/execute.ts';
import { planAggregate } from '../plan/plan-aggregate.ts';
import { planCount, planDistinct, planEstimate, planExists, planFind, type PlanContext } from '../plan/plan-read.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { CheckDistinctKey, DistinctValue } from '../types/distinct.ts';
import type { CheckFilter, FilterShape } from '../types/filter.ts';
import type { CheckOptions, OptionsOf } from '../types/options.ts';
import type { StageShape } from '../types/pipeline/check-stage.ts';
import type { CheckPipeline, PipelineResult } from '../types/pipeline/pipeline-type.ts';
import type { InitialState } from '../types/pipeline/source-state.ts';
import type { ProjectablePath, ResultOf } from '../types/projection.ts';
import type { DefaultCapabilities } from '../types/public-paths.ts';
import type { View } from '../types/view.ts';
import { policyOf } from '../view/policies.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { DocumentReader } from './document-reader.ts';
import { SafeAggregationCursor } from './safe-aggregation-cursor.ts';
import { SafeCursor } from './safe-cursor.ts';

/**
 * A MongoDB collection held to a view. It has the driver's method names, argument order and options; every method that
 * returns document data requires a projection of public paths. A call that could return, filter by or sort by anything
 * else does not compile, and is refused before any command is sent.
 *
 * Nothing on it leads back to the collection, the database or the client.
 *
 * @example
 * const users = new SafeCollection(db.collection<User>('users'), userView);
 * const user = await users.findOne({ username: 'ada' }, { projection: { username: 1, email: 1 } });
 */
export class SafeCollection<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities = DefaultCapabilities<TPublic>,
> {
  readonly #collection: Collection;
  readonly #policy: ViewPolicy;
  readonly #view: string;

  /**
   * @param collection - the driver's collection.
   * @param view - what of its documents may be seen, made by `defineView()`.
   * @throws RefusedCallError where one of the two is not what it says.
   */
  constructor(collection: Collection<NoInfer<TDoc>>, view: View<TDoc, TPublic, C>) {
    const site = callSite('new SafeCollection', undefined);
    this.#policy = policyOf(view, site);
    if (!(collection instanceof Collection)) site.refuse('argument', "The collection is not one of the driver's.");
    this.#collection = collection as unknown as Collection;
    this.#view = this.#policy.name ?? collection.collectionName;
  }

  /**
   * The documents that match, of exactly the projected shape.
   *
   * @param filter - filterable paths; `{}` matches every document. Operators are made by `op()`.
   * @param options - `projection` is required.
   * @returns a cursor; nothing is sent before it is read.
   * @throws RefusedCallError at once where the call is refused. Reading the cursor throws `SchemaDriftError` and
   *   `DatabaseError`.
   * @example
   * const page = await users.find({ age: op({ $gte: 18 }) }, { projection: ['username'], limit: 20 }).toArray();
   */
  find<const F extends FilterShape<C>, const O extends OptionsOf<'find', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    options: O & CheckOptions<'find', TDoc, TPublic, C, O>,
  ): SafeCursor<ResultOf<TPublic, O['projection']>, C> {
    const context = this.#context('find');
    return new SafeCursor(this.#collection, planFind('find', filter, options, context), context);
  }

  /**
   * The first document that matches, of exactly the projected shape, or `null`.
   *
   * @param filter - filterable paths. Operators are made by `op()`.
   * @param options - `projection` is required.
   * @throws RefusedCallError where the call is refused; nothing was sent.
   * @throws SchemaDriftError where a stored value is not of the kind that the view declares.
   * @throws DatabaseError in place of the driver's error.
   * @example
   * const user = await users.findOne({ _id }, { projection: { username: 1, 'profile.bio': 1 } });
   */
  async findOne<const F extends FilterShape<C>, const O extends OptionsOf<'findOne', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    options: O & CheckOptions<'findOne', TDoc, TPublic, C, O>,
  ): Promise<ResultOf<TPublic, O['projection']> | null> {
    const document = await execute(this.#collection, planFind('findOne', filter, options, this.#context('findOne')));
    return document as ResultOf<TPublic, O['projection']> | null;
  }

  /**
   * Whether a document matches. Returns no document data, so it takes no projection.
   *
   * @param filter - filterable paths. Operators are made by `op()`.
   * @throws RefusedCallError where the call is refused; nothing was sent.
   * @throws DatabaseError in place of the driver's error.
   * @example
   * if (await users.exists({ username: 'ada' })) throw new Conflict();
   */
  async exists<const F extends FilterShape<C>, const O extends OptionsOf<'exists', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    options?: O & CheckOptions<'exists', TDoc, TPublic, C, O>,
  ): Promise<boolean> {
    return await execute(this.#collection, planExists(filter, options, this.#context('exists')));
  }

  /**
   * How many documents match.
   *
   * @param filter - filterable paths; `{}` counts every document. Operators are made by `op()`.
   * @throws RefusedCallError where the call is refused; nothing was sent.
   * @throws DatabaseError in place of the driver's error.
   * @example
   * const adults = await users.countDocuments({ age: op({ $gte: 18 }) });
   */
  async countDocuments<const F extends FilterShape<C>, const O extends OptionsOf<'countDocuments', C>>(
    filter: F & CheckFilter<TDoc, C, F>,
    options?: O & CheckOptions<'countDocuments', TDoc, TPublic, C, O>,
  ): Promise<number> {
    return await execute(this.#collection, planCount(filter, options, this.#context('countDocuments')));
  }

  /**
   * About how many documents there are in all, from the collection's metadata.
   *
   * @throws RefusedCallError where an option is refused; nothing was sent.
   * @throws DatabaseError in place of the driver's error.
   * @example
   * const total = await users.estimatedDocumentCount();
   */
  async estimatedDocumentCount<const O extends OptionsOf<'estimatedDocumentCount', C>>(
    options?: O & CheckOptions<'estimatedDocumentCount', TDoc, TPublic, C, O>,
  ): Promise<number> {
    return await execute(this.#collection, planEstimate(options, this.#context('estimatedDocumentCount')));
  }

  /**
   * The different values of one public leaf, among the documents that match. Its key is its projection.
   *
   * @param key - a public leaf; of an array, its elements are the values.
   * @param filter - filterable paths; `{}` matches every document. Operators are made by `op()`.
   * @throws RefusedCallError where the call is refused; nothing was sent.
   * @throws SchemaDriftError where a stored value is not of the kind that the view declares.
   * @throws DatabaseError in place of the driver's error.
   * @example
   * const cities = await users.distinct('addresses.city', {});
   */
  async distinct<const K extends ProjectablePath<C>, const F extends FilterShape<C>, const O extends OptionsOf<'distinct', C>>(
    key: K & CheckDistinctKey<C, K>,
    filter: F & CheckFilter<TDoc, C, F>,
    options?: O & CheckOptions<'distinct', TDoc, TPublic, C, O>,
  ): Promise<DistinctValue<TPublic, K>[]> {
    const values = await execute(this.#collection, planDistinct(key, filter, options, this.#context('distinct')));
    return values as DistinctValue<TPublic, K>[];
  }

  /**
   * The documents that a pipeline makes of the view's public data: every stage sees what is public and nothing else. The
   * leading `$match`, `$sort`, `$skip` and `$limit` run above the view, where indexes serve them.
   *
   * @param pipeline - an array literal of stages. The last one is a `$project` that names what comes out.
   * @returns a cursor; nothing is sent before it is read.
   * @throws RefusedCallError at once where the call is refused. Reading the cursor throws `SchemaDriftError` and
   *   `DatabaseError`.
   * @example
   * const sold = await orders.aggregate([
   *   { $match: { product: 'tea' } },
   *   { $group: { _id: '$product', sold: { $sum: '$quantity' } } },
   *   { $project: { product: '$_id', sold: 1 } },
   * ]).toArray();
   */
  aggregate<const P extends readonly StageShape[], const O extends OptionsOf<'aggregate', C>>(
    pipeline: P & CheckPipeline<InitialState<TDoc, TPublic, C, object>, P>,
    options?: O & CheckOptions<'aggregate', TDoc, TPublic, C, O>,
  ): SafeAggregationCursor<PipelineResult<InitialState<TDoc, TPublic, C, object>, P>> {
    const context = this.#context('aggregate');
    const plan = planAggregate(pipeline, options, context);
    return new SafeAggregationCursor(new DocumentReader(context.site, () => openCursor(this.#collection, plan)));
  }

  #context(operation: string): PlanContext {
    return { policy: this.#policy, view: this.#view, site: callSite(operation, this.#view) };
  }
}
