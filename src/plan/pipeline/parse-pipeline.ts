import type { Site } from '../../errors/site.ts';
import type { Inert } from '../../inert/snapshot.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import { emit } from '../emit.ts';
import { emitProjection } from '../emit-projection.ts';
import { parseHead } from './parse-head.ts';
import { parseStages } from './parse-stages.ts';
import type { ParsedStages, StageContext } from './stage.ts';
import { viewShape } from './view-shape.ts';

/** Parses a pipeline over a view: `[checked head] + [{ $project: the view }] + [stages over public data]`. */
export function parsePipeline(stages: readonly Inert[], policy: ViewPolicy, site: Site): ParsedStages {
  const context: StageContext = { shape: viewShape(policy), site, operators: policy.operators, inFacet: false, parseStages };
  const head = parseHead(stages, policy, context);
  const body = parseStages(head.rest, context);
  return { emitted: [...head.emitted, emit('$project', emitProjection(policy.public)), ...body.emitted], shape: body.shape };
}
