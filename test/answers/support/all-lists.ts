import type { AnswerList } from './answer-list.ts';
import { FILTERS } from '../lists/filters.ts';
import { PIPELINES } from '../lists/pipelines.ts';
import { POPULATE } from '../lists/populate.ts';
import { UPDATES, WHOLE_UPDATES } from '../lists/updates.ts';

/** All lists. */
export const LISTS: readonly AnswerList[] = [FILTERS, UPDATES, WHOLE_UPDATES, ...PIPELINES, POPULATE];
