import { Collection, type Document } from 'mongodb';

import { SafeCursor } from '../collection/safe-cursor.ts';
import { callContext, type CallContext, type ScopeValues } from '../errors/call-context.ts';
import { execute } from '../driver/execute.ts';
import type { Target } from '../driver/target.ts';
import { givenFilter, givenOptions } from '../input/given-options.ts';
import {
  planPrivilegedCount,
  planPrivilegedDistinct,
  planPrivilegedExists,
  planPrivilegedFind,
} from '../plan/plan-privileged.ts';
import { assertScoped } from '../plan/scope/bound.ts';
import { scopeOfCall } from '../plan/scope/scope-of-call.ts';
import type { Plan } from '../plan/plan.ts';
import { assertIdKeys } from '../seal/require-sealer.ts';
import type { Sealer } from '../seal/sealer.ts';
import type { Capabilities } from '../types/capabilities.ts';
import type { Known, NeedsProjection } from '../types/known.ts';
import type { StoredDocument } from '../types/opaque-document.ts';
import type { OptionalOptions } from '../types/options.ts';
import type { CheckPrivilegedFilter, PrivilegedFilterShape } from '../types/privileged-filter.ts';
import type { CheckPrivilegedOptions, PrivilegedOptionsOf } from '../types/privileged-options.ts';
import type { CheckPrivilegedKey, PrivilegedResult, PrivilegedValue } from '../types/privileged-projection.ts';
import type { DefaultCapabilities } from '../types/public-paths.ts';
import type { CheckScope, ScopeValuesOf } from '../types/scope.ts';
import type { NoIgnoreUndefined } from '../types/unknown-option.ts';
import type { View } from '../types/view.ts';
import { policyOf } from '../view/policies.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { parsePrivilegedSettings, type PrivilegedSettings } from './parse-privileged-settings.ts';
import { privilegedReadOf } from './privileged-read.ts';
import type { Written, WrittenAs, WrittenOptions } from '../types/written.ts';

/** What the library binds the settings of `scoped()` to. Other code has no access to this map. */
const bindings = new WeakMap<object, { readonly scope: ScopeValues; readonly sealer: Sealer | undefined }>();

/**
 * Reads for trusted code: a login, an API-key check, an admin report. It filters and sorts by any path of the document
 * (operators always need `op()`), requires a projection, and returns private leaves as `Sensitive`. Its results are not
 * `Exposed`.
 *
 * It is made from the driver's collection, so code that has only a `SafeCollection` can't create one.
 *
 * @example
 * const logins = new PrivilegedCollection(db.collection<User>('users'), userView, {
 *   reason: 'login',
 *   onPrivilegedRead: ({ reason, operation, paths }) => audit.info({ reason, operation, paths }),
 * });
 */
export class BoundPrivilegedCollection<
  TDoc extends Document,
  TPublic extends object,
  C extends Capabilities = DefaultCapabilities<TPublic>,
> {
  readonly #target: Target;
  readonly #policy: ViewPolicy;
  readonly #view: string;
  readonly #scope: ScopeValues | undefined;
  readonly #again: (scope: ScopeValues) => object;

  /**
   * @param collection - the driver's collection.
   * @param view - its public leaves are returned as plain values.
   * @param settings - `reason` (required); `onPrivilegedRead` is called before each read is sent; `onDriverError` is called
   *   with the driver's own errors, which may contain values.
   * @throws RefusedCallError if an argument is not of that type.
   */
  constructor(
    collection: Collection<NoInfer<StoredDocument<TDoc>>>,
    view: View<TDoc, TPublic, C>,
    settings: PrivilegedSettings & NoIgnoreUndefined,
  ) {
    const call = callContext('new PrivilegedCollection', undefined);
    this.#policy = policyOf(view, call);
    if (!(collection instanceof Collection))
      call.refuse('argument_invalid', 'The collection must be a Collection of the MongoDB driver.');
    const { reason, onPrivilegedRead, onDriverError, onBroadcast, sealer } = parsePrivilegedSettings(settings, call);
    const { scope, sealer: bound } = bindings.get(settings) ?? { scope: undefined, sealer: undefined };
    const sealing = sealer ?? bound;
    const onRead = async (plan: Plan): Promise<void> => await onPrivilegedRead?.(privilegedReadOf(plan, reason));
    this.#target = {
      collection: collection as unknown as Collection,
      onDriverError,
      onBroadcast,
      onRead,
      transaction: undefined,
      session: undefined,
      ids: sealing?.ids,
    };
    this.#view = this.#policy.name ?? collection.collectionName;
    assertIdKeys(this.#policy, sealing, this.#view, call);
    this.#scope = scope;
    this.#again = (values) => {
      const own = {
        reason,
        ...(onPrivilegedRead === undefined ? {} : { onPrivilegedRead }),
        ...(onDriverError === undefined ? {} : { onDriverError }),
        ...(onBroadcast === undefined ? {} : { onBroadcast }),
      };
      bindings.set(own, { scope: values, sealer: sealing });
      return new BoundPrivilegedCollection(collection, view, own);
    };
  }

  /**
   * Binds the collection of a view with a `scope` to the values of one scope, as `scoped()` of a `SafeCollection` does. Without it, every
   * read is refused.
   *
   * @param values - one scalar for each field of the scope.
   * @returns the collection of these documents.
   * @throws RefusedCallError if a value is missing or is not a scalar, or if the view has no scope.
   * @example
   * const invoices = new PrivilegedCollection(db.collection<TenantOrder>('orders'), tenantOrderView, { reason: 'invoice' });
   * const total = await invoices.scoped({ tenant_id }).countDocuments({ cost_center: 'CC-7741' });
   */
  scoped<const S extends object>(
    values: S & CheckScope<ScopeValuesOf<TDoc, C>, S>,
  ): BoundPrivilegedCollection<TDoc, TPublic, C> {
    return this.#again(scopeOfCall(values, this.#policy, this.#view, this.#scope)) as never;
  }

  /**
   * Finds the matching documents, with public leaves as plain values and private ones as `Sensitive`.
   *
   * @param filter - any paths of the document; `{}` matches every document.
   * @param options - `projection` is required, leaf by leaf. `sort` takes any leaf; the cursor's own `sort()` takes the
   *   view's sortable paths.
   * @returns a cursor; the hook is not called and nothing is sent before it is read.
   * @throws RefusedCallError at once if the call is refused. Reading the cursor throws `SchemaDriftError` (a
   *   subdocument is stored at a projected leaf), `DatabaseError`, and errors of `onPrivilegedRead`.
   * @example
   * const admins = await reports.find({ internal_role: 'admin' }, { projection: ['username', 'internal_role'] }).toArray();
   */
  find<const F extends PrivilegedFilterShape<TDoc>, const O extends PrivilegedOptionsOf<'find', TDoc>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & CheckPrivilegedFilter<TDoc, F>,
    options: WrittenOptions<O, PrivilegedOptionsOf<'find', TDoc>> & CheckPrivilegedOptions<'find', TDoc, C, O>,
  ): SafeCursor<PrivilegedResult<TDoc, C, O['projection']>, C>;
  find<F>(
    this: Known<{ filter: F }>,
    filter: NeedsProjection<'find', F>,
  ): SafeCursor<PrivilegedResult<TDoc, C, PrivilegedOptionsOf<'find', TDoc>['projection']>, C>;
  find(filter: unknown, options?: unknown): unknown {
    const call = this.#call('find');
    return new SafeCursor(this.#target, planPrivilegedFind('find', filter, options, call), call);
  }

  /**
   * Returns the first matching document or `null`, with public leaves as plain values and private ones as `Sensitive`.
   *
   * @param filter - any paths of the document.
   * @param options - `projection` is required, leaf by leaf.
   * @throws RefusedCallError if the call is refused; the hook was not called and nothing was sent.
   * @throws SchemaDriftError if a subdocument is stored at a projected leaf.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const user = await logins.findOne({ username }, { projection: { username: 1, password_hash: 1 } });
   */
  findOne<const F extends PrivilegedFilterShape<TDoc>, const O extends PrivilegedOptionsOf<'findOne', TDoc>>(
    this: Known<{ filter: F; options: O }>,
    filter: Written<F> & CheckPrivilegedFilter<TDoc, F>,
    options: WrittenOptions<O, PrivilegedOptionsOf<'findOne', TDoc>> & CheckPrivilegedOptions<'findOne', TDoc, C, O>,
  ): Promise<PrivilegedResult<TDoc, C, O['projection']> | null>;
  findOne<F>(
    this: Known<{ filter: F }>,
    filter: NeedsProjection<'findOne', F>,
  ): Promise<PrivilegedResult<TDoc, C, PrivilegedOptionsOf<'findOne', TDoc>['projection']> | null>;
  async findOne(filter: unknown, options?: unknown): Promise<unknown> {
    return await execute(this.#target, planPrivilegedFind('findOne', filter, options, this.#call('findOne')));
  }

  /**
   * Returns whether a document matches.
   *
   * @param filter - any paths of the document.
   * @param options - the driver's, as listed for this method.
   * @throws RefusedCallError if the call is refused; the hook was not called and nothing was sent.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const isKnown = await keys.exists({ api_key: presented });
   */
  async exists<const F extends PrivilegedFilterShape<TDoc>, const O extends PrivilegedOptionsOf<'exists', TDoc>>(
    filter: Written<F> & CheckPrivilegedFilter<TDoc, F>,
    ...options: OptionalOptions<PrivilegedOptionsOf<'exists', TDoc>, O, CheckPrivilegedOptions<'exists', TDoc, C, O>>
  ): Promise<boolean> {
    const plan = planPrivilegedExists(filter, givenOptions(options), this.#call('exists'));
    return await execute(this.#target, plan);
  }

  /**
   * Counts the matching documents.
   *
   * @param filter - any paths of the document; `{}` counts every document.
   * @param options - the driver's, as listed for this method.
   * @throws RefusedCallError if the call is refused; the hook was not called and nothing was sent.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const admins = await reports.countDocuments({ internal_role: op({ $in: ['admin'] }) });
   */
  async countDocuments<
    const F extends PrivilegedFilterShape<TDoc>,
    const O extends PrivilegedOptionsOf<'countDocuments', TDoc>,
  >(
    filter: Written<F> & CheckPrivilegedFilter<TDoc, F>,
    ...options: OptionalOptions<
      PrivilegedOptionsOf<'countDocuments', TDoc>,
      O,
      CheckPrivilegedOptions<'countDocuments', TDoc, C, O>
    >
  ): Promise<number> {
    const plan = planPrivilegedCount(filter, givenOptions(options), this.#call('countDocuments'));
    return await execute(this.#target, plan);
  }

  /**
   * Returns the distinct values of a leaf, each as `Sensitive` if the leaf is private.
   *
   * @param key - a leaf of the document. The elements of an array count as separate values.
   * @param filter - any paths of the document. Without one, or with `{}`, it reads every document.
   * @param options - the driver's, as listed for this method.
   * @throws RefusedCallError if the call is refused; the hook was not called and nothing was sent.
   * @throws SchemaDriftError if a subdocument is stored there.
   * @throws DatabaseError instead of the driver's error.
   * @example
   * const roles = await reports.distinct('internal_role');
   */
  distinct<const K extends string>(
    key: WrittenAs<K, string> & CheckPrivilegedKey<TDoc, C, K>,
  ): Promise<PrivilegedValue<TDoc, C, K>[]>;
  distinct<
    const K extends string,
    const F extends PrivilegedFilterShape<TDoc>,
    const O extends PrivilegedOptionsOf<'distinct', TDoc>,
  >(
    key: WrittenAs<K, string> & CheckPrivilegedKey<TDoc, C, K>,
    filter: Written<F> & CheckPrivilegedFilter<TDoc, F>,
    ...options: OptionalOptions<
      PrivilegedOptionsOf<'distinct', TDoc>,
      O,
      CheckPrivilegedOptions<'distinct', TDoc, C, O>
    >
  ): Promise<PrivilegedValue<TDoc, C, K>[]>;
  async distinct(key: unknown, ...rest: readonly unknown[]): Promise<unknown> {
    const [filter, options] = givenFilter(rest);
    return await execute(this.#target, planPrivilegedDistinct(key, filter, options, this.#call('distinct')));
  }

  #call(operation: string): CallContext<ViewPolicy> {
    const call = callContext(operation, this.#view, this.#policy, this.#scope, this.#target.ids);
    assertScoped(call);
    return call;
  }
}
