import { FILTERS } from '../lists/filters.ts';
import { PIPELINES } from '../lists/pipelines.ts';
import { POPULATE } from '../lists/populate.ts';
import { BULKS, INSERTS } from '../lists/inserts.ts';
import { RESULTS } from '../lists/results.ts';
import { RUNNING } from '../lists/running.ts';
import { UPDATES, WHOLE_UPDATES } from '../lists/updates.ts';
import type { AnswerList } from './answer-list.ts';

/** All lists. */
export const LISTS: readonly AnswerList[] = [
  FILTERS,
  UPDATES,
  WHOLE_UPDATES,
  INSERTS,
  BULKS,
  RUNNING,
  ...PIPELINES,
  POPULATE,
  RESULTS,
];
