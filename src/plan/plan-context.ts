import type { Site } from '../errors/site.ts';
import type { ViewPolicy } from '../view/policy.ts';

/** What every planner knows: whose view it holds the call to, and where to report. */
export interface PlanContext {
  readonly policy: ViewPolicy;
  readonly view: string;
  readonly site: Site;
}
