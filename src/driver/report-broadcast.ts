import type { Emitted } from '../plan/emit.ts';
import type { Plan } from '../plan/plan.ts';
import { isBroadcast } from '../plan/shard-key.ts';
import type { Target } from './target.ts';

/** The filters that decide where a plan goes, of each of its commands; `undefined` for plans that always say where. */
function filtersOf(plan: Plan): readonly (readonly Emitted[])[] {
  switch (plan.operation) {
    case 'estimatedDocumentCount':
      return [plan.filter === undefined ? [] : [plan.filter]];
    case 'aggregate':
      return [headOf(plan.pipeline)];
    case 'bulkWrite':
      return plan.models.flatMap((model) =>
        model.kind === 'updateMany' || model.kind === 'deleteMany' ? [[model.filter]] : [],
      );
    case 'updateMany':
    case 'deleteMany':
      return [[plan.model.filter]];
    case 'find':
    case 'findOne':
    case 'findJson':
    case 'findOneJson':
    case 'exists':
    case 'countDocuments':
    case 'distinct':
    case 'paginate':
      return [[plan.filter]];
    case 'watch':
    case 'consume':
    case 'insertOne':
    case 'insertMany':
    case 'updateOne':
    case 'deleteOne':
    case 'replaceOne':
    case 'findOneAndUpdate':
    case 'findOneAndReplace':
    case 'findOneAndDelete':
      return [];
  }
}

/** The filters at the head of a pipeline. */
function headOf(pipeline: readonly Emitted[]): readonly Emitted[] {
  const end = pipeline.findIndex((stage) => !Object.hasOwn(stage, '$match'));
  return pipeline.slice(0, end === -1 ? pipeline.length : end).map((stage) => stage['$match'] as Emitted);
}

/** Calls the hook if a plan goes to all shards. If the hook fails, now or later, the call goes on. */
export function reportBroadcast({ onBroadcast }: Target, plan: Plan): void {
  const { operation, view, policy, options } = plan;
  if (onBroadcast === undefined || policy.shardKey.length === 0) return;
  if (!filtersOf(plan).some((filters) => isBroadcast(policy, filters, options['collation']))) return;
  const report = async (): Promise<void> => {
    try {
      await onBroadcast(Object.freeze({ operation, view, shardKey: policy.shardKey }));
    } catch {
      // A report that fails must not change the call.
    }
  };
  void report();
}
