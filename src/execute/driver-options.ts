import type { Plan } from '../plan/plan.ts';
import { pinnedFor } from './pinned-options.ts';
import type { Target } from './target.ts';

/** The options object for the driver: each name that it reads for the operation is an own property. */
export function driverOptions(
  { session }: Target,
  plan: Plan,
  planned: object = {},
  operation: Plan['operation'] = plan.operation,
): Record<string, unknown> {
  const options: Record<string, unknown> = Object.assign(pinnedFor(operation), plan.options, planned);
  if (session !== undefined) options['session'] = session;
  return options;
}
