import type { CallContext } from '../errors/call-context.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { resolveWhole } from '../view/resolve-projection.ts';
import { authoriseFilter } from './filter/authorise-filter.ts';
import { parseOptions } from './options/parse-options.ts';
import { issuePlan, type WatchPlan } from './plan.ts';
import { changeStages } from './watch/change-stages.ts';

/** A planned stream, and the caller's token. */
export interface PlannedWatch {
  readonly plan: WatchPlan;
  readonly resumeAfter: unknown;
}

/** Plans `watch`. */
export function planWatch(filter: unknown, options: unknown, call: CallContext<ViewPolicy>): PlannedWatch {
  const { policy, view } = call;
  const parsed = parseOptions('watch', options, call);
  const { planOptions, driverOptions } = parsed;
  const shape = resolveWhole(planOptions['projection'], policy, call).root;
  const stages = changeStages(authoriseFilter(filter, parsed, call), shape, call);
  const plan = issuePlan({ operation: 'watch', view, policy, stages, shape, options: driverOptions });
  return { plan, resumeAfter: planOptions['resumeAfter'] };
}
