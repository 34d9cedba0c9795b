import type { AggregatePlan, FindPlan } from '../plan/plan.ts';
import type { DocumentSource } from './document-source.ts';
import { driverOptions } from './driver-options.ts';
import { RawSource } from './raw-source.ts';
import type { CallTarget } from './target.ts';

/** Opens a driver's cursor for a `find` as a `DocumentSource`. With a limit, the first batch has all documents. */
export function openFind(target: CallTarget, plan: FindPlan): DocumentSource {
  const { filter, projection, sort, options } = plan;
  const batchSize = options['batchSize'] ?? options['limit'];
  const cursor = target.collection.find(
    filter,
    driverOptions(target, plan, { projection, sort, batchSize, raw: true }),
  );
  return new RawSource(cursor, target, plan);
}

/** Opens a driver's cursor for an aggregation as a `DocumentSource`. */
export function openAggregate(target: CallTarget, plan: AggregatePlan): DocumentSource {
  const raw = { raw: true, documentsReturnedIn: 'firstBatch' };
  return new RawSource(target.collection.aggregate([...plan.pipeline], driverOptions(target, plan, raw)), target, plan);
}
