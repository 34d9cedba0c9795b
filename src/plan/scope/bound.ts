import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { scopePathsOf, type ViewPolicy } from '../../view/policy.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';
import { allOf } from '../filter/searching.ts';

declare const bound: unique symbol;

/** Only the functions of this file make one, so the compiler finds every plan that forgets the scope. */
interface Bound {
  readonly [bound]: true;
}

/** A filter that matches only rows of the call's scope. */
export type BoundFilter = Emitted & Bound;

/** A pipeline that begins with rows of the call's scope. */
export type BoundPipeline = readonly Emitted[] & Bound;

/** Demands all of these filters, of rows of the call's scope. */
export function boundFilter(filters: readonly Emitted[], call: CallContext<ViewPolicy>): BoundFilter {
  const scope = scopeFilter(call.policy, call.view, call);
  const all = scope === undefined ? filters : [scope, ...filters];
  const [only] = all;
  return (only !== undefined && all.length === 1 ? only : allOf(all)) as BoundFilter;
}

/** The filter with one more condition. */
export function withCondition(filter: BoundFilter, condition: Emitted): BoundFilter {
  const isEmpty = Object.keys(filter).length === 0;
  return (isEmpty ? condition : allOf([filter, condition])) as BoundFilter;
}

/** The pipeline over rows of the call's scope. */
export function boundPipeline(stages: readonly Emitted[], call: CallContext<ViewPolicy>): BoundPipeline {
  const joined: readonly Emitted[] = [...scopeStages(call.policy, call.view, call), ...stages];
  return joined as BoundPipeline;
}

/** The stage that keeps the rows of the call's scope, for the start of a pipeline over a view. None for a view without a scope. */
export function scopeStages(policy: ViewPolicy, view: string, call: CallContext): readonly Emitted[] {
  const scope = scopeFilter(policy, view, call);
  return scope === undefined ? [] : [emit('$match', scope)];
}

/** The value at a path of a view's scope. Throws if the call is not bound to one. */
export function scopeValue(path: string, view: string, call: CallContext): unknown {
  return call.scope?.get(path) ?? refuseMissing(path, view, call);
}

/** Throws if the view has a scope, and the collection of the call was not bound to one. */
export function assertScoped(call: CallContext<ViewPolicy>): void {
  const [path] = scopePathsOf(call.policy);
  if (path !== undefined && call.scope === undefined) refuseMissing(path, call.view, call);
}

function scopeFilter(policy: ViewPolicy, view: string, call: CallContext): Emitted | undefined {
  const paths = scopePathsOf(policy);
  if (paths.length === 0) return undefined;
  const filter = emptyDocument();
  for (const path of paths) filter[path] = emit('$eq', scopeValue(path, view, call));
  return filter;
}

function refuseMissing(path: string, view: string, call: CallContext): never {
  return call.refuse(
    'scope_missing',
    `The view of ${quote(view)} has a scope, and this call has no value for ${quote(path)}. Call scoped({ ${path} }) and use what it returns.`,
    path,
  );
}
