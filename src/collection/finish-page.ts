import type { PlannedPage } from '../plan/plan-page.ts';
import type { PageEnds } from '../results/page-reader.ts';
import { markPage } from '../results/mark-page.ts';
import type { Page } from '../types/page.ts';

/** Makes the page of the documents that were read, in the order in which they were read. */
export function finishPage(
  documents: readonly object[],
  ends: PageEnds,
  { plan, cursors, from, backwards }: PlannedPage,
): Page<object> {
  const seal = (position: Buffer | undefined): string | null =>
    position === undefined ? null : cursors.seal(position, false);
  // A page without documents begins and ends where it was asked for.
  const start = (): string | null => (from === undefined ? null : cursors.seal(from.bytes, !from.isIncluded));
  const onward = seal(ends.last);
  const back = from === undefined ? null : (seal(ends.first) ?? start());
  const [next, previous] = backwards ? [back, onward] : [onward, back];
  const items = backwards ? documents.toReversed() : [...documents];
  const page: Page<object> =
    next === null ? { items, next, previous, hasNext: false } : { items, next, previous, hasNext: true };
  return markPage(page, plan.shape);
}
