import type { AnswerList } from '../support/answer-list.ts';
import { CONTRADICTIONS, DECLARED_KINDS, OPAQUE_PLACES } from './declarations/contradictions.ts';
import { RESOLVED } from './declarations/resolved.ts';

/** Views, right and contradictory ones, and the projections that they resolve. */
export const DECLARATIONS: readonly AnswerList[] = [CONTRADICTIONS, OPAQUE_PLACES, DECLARED_KINDS, RESOLVED];
