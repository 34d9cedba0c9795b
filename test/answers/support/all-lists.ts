import { AUDIENCED } from '../lists/audiences.ts';
import { CONVENTIONS } from '../lists/conventions.ts';
import { CONDITIONS } from '../lists/conditions.ts';
import { DECLARATIONS } from '../lists/declarations.ts';
import { CROWDS } from '../lists/crowds.ts';
import { DEFINED } from '../lists/definitions.ts';
import { DRIFT } from '../lists/drift.ts';
import { EXTENDED } from '../lists/extensions.ts';
import { FAILING } from '../lists/failures.ts';
import { FILTERS } from '../lists/filters.ts';
import { BULKS, INSERTS } from '../lists/inserts.ts';
import { LIVE_ORDERS } from '../lists/live.ts';
import { OPTIONS_OF_CALLS } from '../lists/options.ts';
import { PAGES_OF_ROWS } from '../lists/pages.ts';
import { PIPELINES } from '../lists/pipelines.ts';
import { POPULATE } from '../lists/populate.ts';
import { PROJECTIONS_OF_READS } from '../lists/projections.ts';
import { RESULTS } from '../lists/results.ts';
import { RUNNING } from '../lists/running.ts';
import { SCHEMAS } from '../lists/schemas.ts';
import { SCOPED_WRITES } from '../lists/scoped-writes.ts';
import { SCOPES } from '../lists/scopes.ts';
import { SURROUNDINGS } from '../lists/surroundings.ts';
import { UPDATES, WHOLE_UPDATES } from '../lists/updates.ts';
import { WALKED } from '../lists/walked.ts';
import { WRITES } from '../lists/writes.ts';
import type { AnswerList } from './answer-list.ts';

/** All lists. */
export const LISTS: readonly AnswerList[] = [
  FILTERS,
  UPDATES,
  WHOLE_UPDATES,
  INSERTS,
  BULKS,
  RUNNING,
  CONVENTIONS,
  DEFINED,
  EXTENDED,
  AUDIENCED,
  PROJECTIONS_OF_READS,
  OPTIONS_OF_CALLS,
  PAGES_OF_ROWS,
  WALKED,
  SCOPES,
  SCOPED_WRITES,
  SCHEMAS,
  DRIFT,
  ...WRITES,
  ...CONDITIONS,
  ...DECLARATIONS,
  ...PIPELINES,
  POPULATE,
  ...RESULTS,
  CROWDS,
  ...FAILING,
  ...SURROUNDINGS,
  LIVE_ORDERS,
];
