import { snapshot, type Inert } from '../inert/snapshot.ts';
import { emit } from './emit.ts';
import { TRUSTED_RULES } from './filter-rules.ts';
import { parseFilter } from './parse-filter.ts';
import { parseOptions } from './parse-options.ts';
import type { Joins } from './pipeline/joins.ts';
import { readStage } from './pipeline/parse-stages.ts';
import { parsePipeline } from './pipeline/parse-pipeline.ts';
import { toPathNode } from './pipeline/shape.ts';
import { isInclusion } from './pipeline/stages/project.ts';
import { issuePlan, type AggregatePlan } from './plan.ts';
import type { PlanContext } from './plan-context.ts';
import { trustedParts } from './trusted-parts.ts';

/** Plans `aggregate`. Its last stage is its projection. */
export function planAggregate(pipeline: unknown, options: unknown, context: PlanContext, joins: Joins): AggregatePlan {
  const { policy, view, site } = context;
  if (!Array.isArray(pipeline)) return site.refuse('argument', 'aggregate() takes a pipeline, which is an array of stages.');
  const copied = snapshot(pipeline, 'the pipeline', site) as readonly Inert[];
  const { shaping, passed } = parseOptions('aggregate', options, site);
  const { filter } = trustedParts(shaping.get('trusted'), ['filter'], site);
  const demanded = filter === undefined ? [] : [emit('$match', parseFilter(filter, TRUSTED_RULES, site))];
  const { emitted, shape } = parsePipeline(copied, policy, joins, site);
  requireProjection(copied, context);
  return issuePlan({ operation: 'aggregate', view, policy, pipeline: [...demanded, ...emitted], shape: toPathNode(shape), options: passed });
}

function requireProjection(stages: readonly Inert[], { site }: PlanContext): void {
  const last = stages.at(-1);
  const [name, operand] = last === undefined ? [] : readStage(last, site);
  if (name === '$project' && isInclusion(operand)) return;
  site.refuse('projection_missing', 'A pipeline ends with a $project that names what comes out.', '$project');
}
