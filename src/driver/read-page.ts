import type { PagePlan } from '../plan/plan.ts';
import { PageEnds } from '../results/page-reader.ts';
import { openPage } from './execute.ts';
import type { Target } from './target.ts';

/** Reads the documents of a page, and the positions of its ends. */
export async function readPage(
  target: Target,
  plan: PagePlan,
): Promise<{ readonly documents: readonly object[]; readonly ends: PageEnds }> {
  const ends = new PageEnds();
  const documents = await openPage(target, plan, ends).rest();
  return { documents: documents.slice(0, plan.page.size), ends };
}
