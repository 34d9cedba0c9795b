import type { CallContext } from '../errors/call-context.ts';
import { copyInput } from '../input/copy-input.ts';
import { beginSteps, checkStep, isStatedAfter, planStages, readAggregateOptions } from '../plan/plan-aggregate.ts';
import type { Joins } from '../plan/pipeline/joins.ts';
import type { AggregatePlan } from '../plan/plan.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { buildPipeline } from './build-pipeline.ts';
import type { SafeAggregationCursor } from './safe-aggregation-cursor.ts';

/** An empty pipeline for `pipeline()`. `open` is a closure, so that no property of the pipeline leads to its collection. */
export function startPipeline(
  options: unknown,
  call: CallContext<ViewPolicy>,
  joins: Joins,
  open: (plan: AggregatePlan) => SafeAggregationCursor<unknown>,
): object {
  const read = readAggregateOptions('aggregate', options, call, joins);
  return buildPipeline({
    copy: (operand) => copyInput(operand, 'the stage', call),
    begin: () => beginSteps(call),
    check: (position, stage) => checkStep(position, stage, read, call),
    isStated: (stage, before) => isStatedAfter(stage, before, call),
    open: (stages) => open(planStages(stages, read, call)),
  });
}
