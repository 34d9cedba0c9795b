import type { AggregatePlan, FindPlan } from '../plan/plan.ts';
import type { DocumentSource } from './document-source.ts';
import { driverOptions } from './driver-options.ts';
import { RawSource } from './raw-source.ts';
import type { Target } from './target.ts';

/** Opens the driver's cursor behind a `DocumentSource`. Where there is a limit, the first batch is all of it. */
export function openFind(target: Target, plan: FindPlan): DocumentSource {
  const { filter, projection, sort, options } = plan;
  const batchSize = options['batchSize'] ?? options['limit'];
  const breaker = breakerFor(plan);
  const planned = { projection, sort, batchSize, raw: true, ...signalOf(breaker) };
  return new RawSource(target.collection.find(filter, driverOptions(target, plan, planned)), target, plan, breaker);
}

/** Opens an aggregation behind a `DocumentSource`. */
export function openAggregate(target: Target, plan: AggregatePlan): DocumentSource {
  const breaker = breakerFor(plan);
  const planned = { raw: true, documentsReturnedIn: 'firstBatch', ...signalOf(breaker) };
  return new RawSource(target.collection.aggregate([...plan.pipeline], driverOptions(target, plan, planned)), target, plan, breaker);
}

/** What the driver gets in place of the caller's signal: the source decides when it breaks a connection. */
function breakerFor({ options }: FindPlan | AggregatePlan): AbortController | undefined {
  return options['signal'] === undefined ? undefined : new AbortController();
}

function signalOf(breaker: AbortController | undefined): { readonly signal?: AbortSignal } {
  return breaker === undefined ? {} : { signal: breaker.signal };
}
