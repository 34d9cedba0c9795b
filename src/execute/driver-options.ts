import type { Plan } from '../plan/plan.ts';
import { carriesDriverName } from './carries-driver-name.ts';
import { pinnedFor, pinnedLaterFor, unpinnedForOne } from './pinned-options.ts';
import type { Target } from './target.ts';

/**
 * The options object for a method of the driver that is called in the same turn: each name that it reads for the operation later
 * is an own property, and each that it reads at all where Object.prototype has one of them now.
 */
export function driverOptions(
  { session }: Target,
  plan: Plan,
  planned: object = {},
  operation: Plan['operation'] = plan.operation,
): Record<string, unknown> {
  return inSession(Object.assign(pinsFor(operation), plan.options, planned), session);
}

/** The same for a read of one document while Object.prototype has nothing that the driver could read in place of an option. */
export function unpinnedOptions({ session }: Target, plan: Plan, planned: object): Record<string, unknown> {
  return inSession(Object.assign(unpinnedForOne(), plan.options, planned), session);
}

function pinsFor(operation: Plan['operation']): Record<string, unknown> {
  return carriesDriverName(Object.prototype) ? pinnedFor(operation) : pinnedLaterFor(operation);
}

function inSession(options: Record<string, unknown>, session: Target['session']): Record<string, unknown> {
  if (session !== undefined) options['session'] = session;
  return options;
}
