import type { Site } from '../../errors/site.ts';
import type { InertObject } from '../../input/snapshot.ts';
import { everything } from '../../values/everything.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';
import { refuseLooseId } from './exact-ids.ts';
import { callerRules, callerRulesOfMany, TRUSTED_RULES } from './filter-rules.ts';
import { parseFilter } from './parse-filter.ts';
import type { ParsedOptions } from '../options/parse-options.ts';
import type { PlanContext } from '../plan-context.ts';
import { trustedParts } from '../options/trusted-parts.ts';
import { USED_PARTS } from '../../grammar/trusted-parts.ts';

/** The filter of a read, where `trusted` may have only a filter. */
export function authoriseFilter(
  filter: unknown,
  { planOptions, driverOptions }: ParsedOptions,
  context: PlanContext,
): Emitted {
  const callerFilter = authoriseFilterOfOne(filter, driverOptions['collation'], context);
  return withTrustedFilter(
    callerFilter,
    trustedParts(planOptions['trusted'], USED_PARTS.read, context.site),
    context.site,
  );
}

/** A caller's filter, for a read or a write of one document. */
export function authoriseFilterOfOne(filter: unknown, collation: unknown, { policy, site }: PlanContext): Emitted {
  const callerFilter = parseFilter(filter, callerRules(policy), site);
  refuseLooseId(callerFilter, collation, policy, site);
  return callerFilter;
}

/** A caller's filter for a write to many documents. To match all of them, it has to be `everything`. */
export function authoriseFilterOfMany(filter: unknown, collation: unknown, { policy, site }: PlanContext): Emitted {
  if (filter === everything) return emptyDocument();
  const callerFilter = parseFilter(filter, callerRulesOfMany(policy), site);
  refuseLooseId(callerFilter, collation, policy, site);
  return callerFilter;
}

/** Combines the caller's filter and the program's own by AND. */
export function withTrustedFilter(callerFilter: Emitted, { filter: trustedFilter }: InertObject, site: Site): Emitted {
  return trustedFilter === undefined
    ? callerFilter
    : emit('$and', [callerFilter, parseFilter(trustedFilter, TRUSTED_RULES, site)]);
}
