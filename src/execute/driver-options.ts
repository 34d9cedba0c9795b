import type { Plan } from '../plan/plan.ts';
import { pinnedFor, unpinnedForOne } from './pinned-options.ts';
import type { Target } from './target.ts';

/** The options object for the driver: each name that it reads for the operation is an own property. */
export function driverOptions(
  { session }: Target,
  plan: Plan,
  planned: object = {},
  operation: Plan['operation'] = plan.operation,
): Record<string, unknown> {
  return inSession(Object.assign(pinnedFor(operation), plan.options, planned), session);
}

/** The same for a read of one document while Object.prototype has nothing that the driver could read in place of an option. */
export function unpinnedOptions({ session }: Target, plan: Plan, planned: object): Record<string, unknown> {
  return inSession(Object.assign(unpinnedForOne(), plan.options, planned), session);
}

function inSession(options: Record<string, unknown>, session: Target['session']): Record<string, unknown> {
  if (session !== undefined) options['session'] = session;
  return options;
}
