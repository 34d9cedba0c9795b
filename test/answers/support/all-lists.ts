import type { AnswerList } from './answer-list.ts';
import { AUDIENCED } from '../lists/audiences.ts';
import { PROJECTIONS_OF_READS } from '../lists/projections.ts';
import { DEFINED } from '../lists/definitions.ts';
import { EXTENDED } from '../lists/extensions.ts';
import { OPTIONS_OF_CALLS } from '../lists/options.ts';
import { PAGES_OF_ROWS } from '../lists/pages.ts';
import { SCOPES } from '../lists/scopes.ts';
import { SCHEMAS } from '../lists/schemas.ts';
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
  OPTIONS_OF_CALLS,
  PAGES_OF_ROWS,
  SCOPES,
  SCHEMAS,
];
