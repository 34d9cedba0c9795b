import type { Site } from '../errors/site.ts';
import type { ViewPolicy } from '../view/policy.ts';

/** What every planner gets: the view of the call, and the site that throws its errors. */
export interface PlanContext {
  readonly policy: ViewPolicy;
  readonly view: string;
  readonly site: Site;
}
