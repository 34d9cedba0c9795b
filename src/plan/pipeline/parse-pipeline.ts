import type { Site } from '../../errors/site.ts';
import type { Inert } from '../../inert/snapshot.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { Joins } from './joins.ts';
import { parseHead } from './parse-head.ts';
import { parseStages } from './parse-stages.ts';
import type { ParsedStages, StageContext } from './stage.ts';
import { joinedUsage, usageBelowHead, type Usage } from './usage.ts';
import { viewShape } from './view-shape.ts';
import { viewStages } from './view-stages.ts';

/** Parses a pipeline over a view: `[checked head] + [the view] + [stages over public data]`. */
export function parsePipeline(stages: readonly Inert[], policy: ViewPolicy, joins: Joins, site: Site): ParsedStages {
  return parseOver(stages, usageBelowHead(stages), policy, joins, site);
}

function parseOver(stages: readonly Inert[], usage: Usage, policy: ViewPolicy, joins: Joins, site: Site): ParsedStages {
  const context: StageContext = {
    shape: viewShape(policy),
    site,
    joins,
    operators: policy.operators,
    inFacet: false,
    parseStages,
    parseJoined: (joined, foreign, as) => parseOver(joined, joinedUsage(joined, usage, as), foreign, joins, site),
  };
  const head = parseHead(stages, policy, context);
  const body = parseStages(head.rest, { ...context, shape: head.shape });
  return { emitted: [...head.emitted, ...viewStages(policy, head.shape, usage), ...body.emitted], shape: body.shape };
}
