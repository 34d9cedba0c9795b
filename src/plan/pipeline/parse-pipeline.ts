import type { Site } from '../../errors/site.ts';
import type { Inert } from '../../inert/snapshot.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { emit, type Emitted } from '../emit.ts';
import { emitProjection } from '../emit-projection.ts';
import type { Joins } from './joins.ts';
import { parseHead } from './parse-head.ts';
import { parseStages } from './parse-stages.ts';
import type { Shape } from './shape.ts';
import type { ParsedStages, StageContext } from './stage.ts';
import { viewShape } from './view-shape.ts';

/** Parses a pipeline over a view: `[checked head] + [{ $project: the view }] + [stages over public data]`. */
export function parsePipeline(stages: readonly Inert[], policy: ViewPolicy, joins: Joins, site: Site): ParsedStages {
  const context: StageContext = {
    shape: viewShape(policy),
    site,
    joins,
    operators: policy.operators,
    inFacet: false,
    parseStages,
    parseJoined: (joined, foreign) => parsePipeline(joined, foreign, joins, site),
  };
  const head = parseHead(stages, policy, context);
  const body = parseStages(head.rest, { ...context, shape: head.shape });
  return { emitted: [...head.emitted, emit('$project', projectionOf(policy, head.shape)), ...body.emitted], shape: body.shape };
}

/** The view, and beside it what the head joined. */
function projectionOf(policy: ViewPolicy, shape: Shape): Emitted {
  const projection = emitProjection(policy.public);
  for (const name of shape.fields.keys()) {
    if (!policy.public.root.children.has(name)) projection[name] = 1;
  }
  return projection;
}
