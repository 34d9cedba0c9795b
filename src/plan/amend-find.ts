import { bare } from './emit.ts';
import { PASSED_OPTIONS } from './options/parse-option.ts';
import { copySort, parseSort } from './filter/parse-sort.ts';
import { issuePlan, type FindPlan } from './plan.ts';
import type { PlanContext } from './plan-context.ts';

/** The plan with another sort. */
export function withSort(plan: FindPlan, sort: unknown, { policy, site }: PlanContext): FindPlan {
  return issuePlan({ ...plan, sort: parseSort(copySort(sort, site), policy.sortable, site) });
}

/** The plan with another `limit`, `skip` or `batchSize`. */
export function withOption(
  plan: FindPlan,
  name: 'limit' | 'skip' | 'batchSize',
  value: unknown,
  { site }: PlanContext,
): FindPlan {
  const parse = PASSED_OPTIONS.get(name);
  if (parse === undefined) return site.refuse('option_unknown', 'A cursor has only limit, skip and batchSize.', name);
  const options = bare({ ...plan.options, [name]: parse(value, name, site) });
  return issuePlan({ ...plan, options: Object.freeze(options) });
}
