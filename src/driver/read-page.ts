import type { PagePlan } from '../plan/plan.ts';
import { PageEnd } from '../results/page-reader.ts';
import { openPage } from './execute.ts';
import type { Target } from './target.ts';

/** Reads the documents of a page, and the position of its end. */
export async function readPage(
  target: Target,
  plan: PagePlan,
): Promise<{ readonly documents: readonly object[]; readonly end: PageEnd }> {
  const end = new PageEnd();
  const documents = await openPage(target, plan, end).rest();
  return { documents: documents.slice(0, plan.page.size), end };
}
