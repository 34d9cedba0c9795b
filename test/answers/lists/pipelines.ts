import type { AnswerList } from '../support/answer-list.ts';
import { SHOP } from '../support/shop.ts';
import { distinct } from '../support/tables.ts';
import { ACCUMULATING } from './pipelines/accumulators.ts';
import { BUILDING } from './pipelines/builder.ts';
import { CORNERING } from './pipelines/corners.ts';
import { DRIFTED_WHOLE, DRIFTING } from './pipelines/drift.ts';
import { EXPRESSIONS } from './pipelines/expressions.ts';
import { JOINS } from './pipelines/joins.ts';
import { MERGES, PRIVATE_OPERANDS, SIZED } from './pipelines/merges.ts';
import { STAGES } from './pipelines/stages.ts';

/** Pipelines over orders, by what they try. */
export const PIPELINES: readonly AnswerList[] = Object.entries({
  expressions: EXPRESSIONS,
  stages: STAGES,
  accumulators: ACCUMULATING,
  joins: JOINS,
  builder: BUILDING,
  corners: CORNERING,
  merges: MERGES,
  'private-operands': PRIVATE_OPERANDS,
  'pipeline-sizes': SIZED,
  'drifted-pipelines': distinct(DRIFTING, DRIFTED_WHOLE),
}).map(([name, calls]) => ({ name, world: SHOP, calls: distinct(calls) }));
