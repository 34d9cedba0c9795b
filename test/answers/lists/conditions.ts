import type { AnswerList } from '../support/answer-list.ts';
import { AREAS } from './conditions/areas.ts';
import { FRESH_FILTERS } from './conditions/fresh.ts';
import { IDS_OF_FILTERS, SEARCHES_OF_TEXT } from './conditions/ids.ts';
import { CONDITIONS_AT_PATHS, CONDITIONS_IN_PLACES, WHOLE_CONDITIONS } from './conditions/operators.ts';
import { DEMANDS_ON_JOINS, SORTS_OF_READS } from './conditions/sorts.ts';

/** Filters and sorts over documents of a deep form. */
export const CONDITIONS: readonly AnswerList[] = [
  CONDITIONS_AT_PATHS,
  CONDITIONS_IN_PLACES,
  WHOLE_CONDITIONS,
  IDS_OF_FILTERS,
  SEARCHES_OF_TEXT,
  AREAS,
  SORTS_OF_READS,
  DEMANDS_ON_JOINS,
  FRESH_FILTERS,
];
