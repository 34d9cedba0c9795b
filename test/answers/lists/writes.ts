import type { AnswerList } from '../support/answer-list.ts';
import { ARRAY_FILTERS } from './writes/array-filters.ts';
import { BRANCHES_OF_VIEWS, BRANCHES_SET, BRANCHES_WRITTEN } from './writes/branches.ts';
import { FRESH, OPERATOR_RULES } from './writes/fresh.ts';
import { OPERANDS_OF_UPDATES, TRUSTED_OPERANDS } from './writes/operands.ts';
import { PLACED_ELEMENTS, POSITIONS, TRUSTED_POSITIONS } from './writes/positions.ts';
import { REPLACED, VIEWS_OWN_FIELDS } from './writes/replaced.ts';
import { SIZED, UPSERTED } from './writes/upserts.ts';
import { VALIDATED } from './writes/validated.ts';

/** Writes of documents of a deep form. */
export const WRITES: readonly AnswerList[] = [
  POSITIONS,
  TRUSTED_POSITIONS,
  PLACED_ELEMENTS,
  ARRAY_FILTERS,
  BRANCHES_SET,
  BRANCHES_OF_VIEWS,
  BRANCHES_WRITTEN,
  OPERANDS_OF_UPDATES,
  TRUSTED_OPERANDS,
  REPLACED,
  VIEWS_OWN_FIELDS,
  UPSERTED,
  SIZED,
  VALIDATED,
  FRESH,
  ...OPERATOR_RULES,
];
