import { snapshot, type Inert } from '../inert/snapshot.ts';
import { emit, type Emitted } from './emit.ts';
import { refuseLooseIds } from './exact-ids.ts';
import { TRUSTED_RULES } from './filter-rules.ts';
import { parseJoinDemands, withJoinDemands, type JoinDemands } from './join-demands.ts';
import type { MethodName } from './method-options.ts';
import { parseFilter } from './parse-filter.ts';
import { parseOptions, type Shaping } from './parse-options.ts';
import type { Joins } from './pipeline/joins.ts';
import { readStage } from './pipeline/parse-stages.ts';
import { parsePipeline } from './pipeline/parse-pipeline.ts';
import { toPathNode } from './pipeline/shape.ts';
import type { ParsedStages } from './pipeline/stage.ts';
import { isInclusion } from './pipeline/stages/project.ts';
import { issuePlan, type AggregatePlan } from './plan.ts';
import type { PlanContext } from './plan-context.ts';
import { trustedParts } from './trusted-parts.ts';

/** The options of an aggregation, read once: what the program demands, what passes to the driver, and the rest. */
export interface AggregateOptions {
  readonly demanded: readonly Emitted[];
  /** What the program demands of joined documents, if it demands anything. */
  readonly joined: JoinDemands | undefined;
  readonly passed: Emitted;
  readonly shaping: Shaping;
}

/** Plans `aggregate`. Its last stage is its projection. */
export function planAggregate(pipeline: unknown, options: unknown, context: PlanContext, joins: Joins): AggregatePlan {
  const { site } = context;
  if (!Array.isArray(pipeline)) return site.refuse('argument', 'aggregate() takes a pipeline, which is an array of stages.');
  const copied = snapshot(pipeline, 'the pipeline', site) as readonly Inert[];
  return planStages(copied, readAggregateOptions('aggregate', options, context, joins), context, joins);
}

/** Reads the options of a method that sends a pipeline. */
export function readAggregateOptions(method: MethodName, options: unknown, { site }: PlanContext, joins: Joins): AggregateOptions {
  const { shaping, passed } = parseOptions(method, options, site);
  const trusted = trustedParts(shaping['trusted'], ['filter', 'joins'], site);
  const { filter } = trusted;
  const demanded = filter === undefined ? [] : [emit('$match', parseFilter(filter, TRUSTED_RULES, site))];
  return { shaping, passed, demanded, joined: parseJoinDemands(trusted, joins, site) };
}

/** Plans a pipeline of copied stages. */
export function planStages(stages: readonly Inert[], options: AggregateOptions, context: PlanContext, joins: Joins): AggregatePlan {
  const { policy, view } = context;
  const { demanded, passed } = options;
  const { emitted, shape } = checkStages(stages, options, context, joins);
  requireProjection(stages, context);
  return issuePlan({ operation: 'aggregate', view, policy, pipeline: [...demanded, ...emitted], shape: toPathNode(shape), options: passed });
}

/** Holds stages to the view, and their joins to what the program demands. They need not end in a projection yet. */
export function checkStages(stages: readonly Inert[], { passed, joined }: AggregateOptions, { policy, site }: PlanContext, joins: Joins): ParsedStages {
  const { emitted, shape } = parsePipeline(stages, policy, joins, site);
  refuseLooseIds(emitted, passed['collation'], policy, joins, site);
  return { emitted: withJoinDemands(emitted, joined, site), shape };
}

/** Whether the last stage says what comes out. */
export function isProjected(stages: readonly Inert[], { site }: PlanContext): boolean {
  const last = stages.at(-1);
  const [name, operand] = last === undefined ? [] : readStage(last, site);
  return name === '$project' && isInclusion(operand);
}

function requireProjection(stages: readonly Inert[], context: PlanContext): void {
  if (isProjected(stages, context)) return;
  context.site.refuse('projection_missing', 'A pipeline ends with a $project that names what comes out.', '$project');
}
