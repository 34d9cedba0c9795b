import type { AnswerList } from './answer-list.ts';
import { FILTERS } from '../lists/filters.ts';

export { Recorder } from './recorder.ts';

/** All lists, for the mutants. */
export const LISTS: readonly AnswerList[] = [FILTERS];
