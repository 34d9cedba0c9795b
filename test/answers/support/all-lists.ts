import type { AnswerList } from './answer-list.ts';
import { FILTERS } from '../lists/filters.ts';

/** All lists. */
export const LISTS: readonly AnswerList[] = [FILTERS];
