import type { Plan } from '../plan/plan.ts';
import { pinnedFor } from './pinned-options.ts';
import type { Target } from './target.ts';

/** The options object for the driver: each name it reads is an own property. */
export function driverOptions(
  { session }: Target,
  plan: Plan,
  planned: object = {},
  pinned = pinnedFor(plan.operation),
): Record<string, unknown> {
  const options: Record<string, unknown> = Object.assign({ ...pinned }, plan.options, planned);
  if (session !== undefined) options['session'] = session;
  return options;
}
