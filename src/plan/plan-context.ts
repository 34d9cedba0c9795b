import { callSite, type Site } from '../errors/site.ts';
import { swallowedIndex } from '../inert/swallows.ts';
import type { ViewPolicy } from '../view/policy.ts';

/** What every planner knows: whose view it holds the call to, and where to report. */
export interface PlanContext {
  readonly policy: ViewPolicy;
  readonly view: string;
  readonly site: Site;
}

/**
 * The context of a call. Ends the call where arrays would lose elements: the parts of a plan are gathered in arrays, and so
 * are those of a command.
 */
export function planContext(operation: string, view: string, policy: ViewPolicy): PlanContext {
  const site = callSite(operation, view);
  const index = swallowedIndex();
  if (index !== undefined) {
    site.refuse('prototype_polluted', `Array.prototype or Object.prototype has an accessor or a read-only value at ${index}, where arrays lose an element. Find what set it; nothing was sent.`, String(index));
  }
  return { policy, view, site };
}
