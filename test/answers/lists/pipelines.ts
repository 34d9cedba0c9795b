import type { AnswerList } from '../support/answer-list.ts';
import { SHOP } from '../support/shop.ts';
import { EXPRESSIONS } from './pipelines/expressions.ts';
import { STAGES } from './pipelines/stages.ts';

export const PIPELINES: readonly AnswerList[] = [
  { name: 'expressions', world: SHOP, calls: EXPRESSIONS },
  { name: 'stages', world: SHOP, calls: STAGES },
];
