import type { PlannedPage } from '../plan/plan-page.ts';
import type { PageEnd } from '../results/page-reader.ts';
import { markPage } from '../results/mark-page.ts';
import type { Page } from '../types/page.ts';

/**
 * Makes the page of the documents that were read, in the order in which they were read. Only the far end gets a new cursor: the page begins at the
 * place of the cursor that was passed in, which leads back as well.
 */
export function finishPage(
  documents: readonly object[],
  { last }: PageEnd,
  { plan, cursors, from, backwards }: PlannedPage,
): Page<object> {
  const onward = last === undefined ? null : cursors.seal(last, backwards ? 'before' : 'after');
  const back = from?.token ?? null;
  const [next, previous] = backwards ? [back, onward] : [onward, back];
  const items = backwards ? documents.toReversed() : [...documents];
  const page: Page<object> =
    next === null ? { items, next, previous, hasNext: false } : { items, next, previous, hasNext: true };
  return markPage(page, plan.shape);
}
