import type { AnswerList } from './answer-list.ts';
import { AUDIENCED } from '../lists/audiences.ts';
import { PROJECTIONS_OF_READS } from '../lists/projections.ts';
import { DEFINED } from '../lists/definitions.ts';
import { EXTENDED } from '../lists/extensions.ts';
import { FILTERS } from '../lists/filters.ts';
import { UPDATES, WHOLE_UPDATES } from '../lists/updates.ts';

/** All lists. */
export const LISTS: readonly AnswerList[] = [
  FILTERS,
  UPDATES,
  WHOLE_UPDATES,
  DEFINED,
  EXTENDED,
  AUDIENCED,
  PROJECTIONS_OF_READS,
];
