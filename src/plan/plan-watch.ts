import type { CallContext } from '../errors/call-context.ts';
import type { ViewPolicy } from '../view/policy.ts';
import { resolveWhole } from '../view/resolve-projection.ts';
import { emptyDocument } from './emit.ts';
import { authoriseFilter } from './filter/authorise-filter.ts';
import { parseOptions, type ParsedOptions } from './options/parse-options.ts';
import { issuePlan, type WatchPlan } from './plan.ts';
import { changeStages } from './watch/change-stages.ts';

/** A planned stream, and the caller's token. */
export interface PlannedWatch {
  readonly plan: WatchPlan;
  readonly resumeAfter: unknown;
}

/** A planned stream for a group, and what the group needs. */
export interface PlannedConsume {
  readonly plan: WatchPlan;
  readonly group: string;
  /** In milliseconds. */
  readonly lease: number;
  readonly signal: AbortSignal | undefined;
}

const DEFAULT_LEASE = 30_000;
/** Shorter leases would end while the server is busy. */
const SHORTEST_LEASE = 500;
const LONGEST_GROUP = 100;

/** Plans `watch`. */
export function planWatch(filter: unknown, options: unknown, call: CallContext<ViewPolicy>): PlannedWatch {
  const parsed = parseOptions('watch', options, call);
  return { plan: planStream('watch', filter, parsed, call), resumeAfter: parsed.planOptions['resumeAfter'] };
}

/** Plans `consume`. The signal ends the work, and not the driver's stream, so that a running handler can finish. */
export function planConsume(filter: unknown, options: unknown, call: CallContext<ViewPolicy>): PlannedConsume {
  const parsed = parseOptions('consume', options, call);
  const { group, lease = DEFAULT_LEASE } = parsed.planOptions;
  if (typeof group !== 'string' || group === '' || group.length > LONGEST_GROUP)
    return call.refuse(
      'option_value',
      `The option 'group' must be a text of 1 to ${LONGEST_GROUP} characters.`,
      'group',
    );
  if (!Number.isSafeInteger(lease) || (lease as number) < SHORTEST_LEASE)
    return call.refuse(
      'option_value',
      `The option 'lease' must be an integer of ${SHORTEST_LEASE} or more (milliseconds).`,
      'lease',
    );
  const { signal, ...others } = parsed.driverOptions;
  const driverOptions = Object.freeze(Object.assign(emptyDocument(), others));
  const plan = planStream('consume', filter, { ...parsed, driverOptions }, call);
  return { plan, group, lease: lease as number, signal: signal as AbortSignal | undefined };
}

function planStream(
  operation: WatchPlan['operation'],
  filter: unknown,
  parsed: ParsedOptions,
  call: CallContext<ViewPolicy>,
): WatchPlan {
  const { policy, view } = call;
  const shape = resolveWhole(parsed.planOptions['projection'], policy, call).root;
  const stages = changeStages(authoriseFilter(filter, parsed, call), shape, call);
  return issuePlan({ operation, view, policy, stages, shape, options: parsed.driverOptions });
}
