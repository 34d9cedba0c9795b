import { isArray } from '../input/read.ts';
import { copyInput, isInputArray, type InputCopy } from '../input/copy-input.ts';
import { emit, type Emitted } from './emit.ts';
import { parseStageFilter } from './filter/authorise-filter.ts';
import { parseJoinDemands } from './filter/join-demands.ts';
import type { MethodName } from '../grammar/method-options.ts';
import type { TrustedPayload } from '../values/trusted.ts';
import { parseOptions, type PlanOptions } from './options/parse-options.ts';
import { statesAfter } from './pipeline/ending.ts';
import type { Joins, PipelineTerms } from './pipeline/joins.ts';
import { firstPosition, nextPosition, parsePipeline } from './pipeline/parse-pipeline.ts';
import type { Position } from './pipeline/place-stage.ts';
import { boundPipeline } from './scope/bound.ts';
import { issuePlan, type AggregatePlan } from './plan.ts';
import type { CallContext } from '../errors/call-context.ts';
import { trustedParts } from './options/trusted-parts.ts';
import { USED_PARTS } from '../grammar/trusted-parts.ts';
import type { ViewPolicy } from '../view/policy.ts';

/** The options of an aggregation, read once: the program's conditions, the options for the driver, and the others. */
export interface AggregateOptions {
  readonly trustedFilter: readonly Emitted[];
  readonly terms: PipelineTerms;
  readonly driverOptions: Emitted;
  readonly planOptions: PlanOptions;
}

/** Plans `aggregate`. Its last stages say what comes out. */
export function planAggregate(
  pipeline: unknown,
  options: unknown,
  call: CallContext<ViewPolicy>,
  joins: Joins,
): AggregatePlan {
  if (!isArray(pipeline)) return call.refuse('argument_invalid', 'aggregate() takes a pipeline: an array of stages.');
  const stages = copyInput(pipeline, 'the pipeline', call);
  return planStages(isInputArray(stages) ? stages : [], readAggregateOptions('aggregate', options, call, joins), call);
}

/** Reads the options of a method that sends a pipeline. `ownFilter` is a trusted filter in the place of the caller's. */
export function readAggregateOptions(
  method: MethodName,
  options: unknown,
  call: CallContext<ViewPolicy>,
  joins: Joins,
  ownFilter?: TrustedPayload,
): AggregateOptions {
  const { planOptions, driverOptions } = parseOptions(method, options, call);
  const { filter, joins: demanded } = trustedParts(planOptions['trusted'], USED_PARTS.join, call);
  const filters = [ownFilter?.value, filter].filter((each) => each !== undefined);
  const trustedFilter = filters.map((each) => emit('$match', parseStageFilter(each, call.policy, call)));
  const demands = parseJoinDemands(demanded, trustedFilter.length > 0, joins, call);
  const terms = { joins, demands, collation: driverOptions['collation'] };
  return { planOptions, driverOptions, trustedFilter, terms };
}

/** Plans a pipeline of copied stages. */
export function planStages(
  stages: readonly InputCopy[],
  options: AggregateOptions,
  call: CallContext<ViewPolicy>,
): AggregatePlan {
  const { policy, view } = call;
  const { trustedFilter, driverOptions, terms } = options;
  const { emitted, shape } = parsePipeline(stages, policy, terms, call);
  return issuePlan({
    operation: 'aggregate',
    view,
    policy,
    pipeline: boundPipeline([...trustedFilter, ...emitted], call),
    shape,
    options: driverOptions,
  });
}

/** The start position of a pipeline builder. */
export function beginSteps(call: CallContext<ViewPolicy>): Position {
  return firstPosition(call.policy);
}

/** Checks the next step of a pipeline. It need not say yet what comes out. */
export function checkStep(
  position: Position,
  stage: InputCopy,
  { terms }: AggregateOptions,
  call: CallContext<ViewPolicy>,
): Position {
  return nextPosition(position, stage, call.policy, terms, call);
}

/** Whether a pipeline says what comes out after one more step. */
export function isStatedAfter(stage: InputCopy, before: boolean, call: CallContext<ViewPolicy>): boolean {
  return statesAfter(stage, before, call);
}
