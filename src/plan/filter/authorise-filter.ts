import type { Site } from '../../errors/site.ts';
import type { Inert, InertObject } from '../../input/snapshot.ts';
import { everything } from '../../values/everything.ts';
import { payloadIn } from '../../values/trusted.ts';
import { EMPTY, emit, emptyDocument, type Emitted } from '../emit.ts';
import { refuseLooseId } from './exact-ids.ts';
import {
  callerRules,
  callerRulesOfMany,
  TRUSTED_RULES,
  TRUSTED_RULES_OF_MANY,
  type FilterRules,
} from './filter-rules.ts';
import { parseFilter } from './parse-filter.ts';
import type { ParsedOptions } from '../options/parse-options.ts';
import type { PlanContext } from '../plan-context.ts';
import { trustedParts } from '../options/trusted-parts.ts';
import { USED_PARTS } from '../../grammar/trusted-parts.ts';

/** An authorised filter: all that has to hold, and the part of it that is the caller's. */
export interface AuthorisedFilter {
  readonly whole: Emitted;
  readonly callers: Emitted;
}

/** The filter of a read, whose `trusted` has no other part. */
export function authoriseFilter(
  filter: unknown,
  { planOptions, driverOptions }: ParsedOptions,
  context: PlanContext,
): Emitted {
  const trusted = trustedParts(planOptions['trusted'], USED_PARTS.read, context.site);
  return authoriseFilterOfOne(filter, trusted, driverOptions['collation'], context).whole;
}

/** The filter of a read or of a write of one document, and what `options.trusted` demands. */
export function authoriseFilterOfOne(
  filter: unknown,
  trusted: InertObject,
  collation: unknown,
  context: PlanContext,
): AuthorisedFilter {
  const { policy, site } = context;
  const whole = payloadIn(filter);
  return whole === undefined
    ? withDemands(parseCallers(filter, callerRules(policy), collation, context), trusted, site)
    : demanded(parseFilter(whole.value, TRUSTED_RULES, site), trusted, site);
}

/** The same for a write to many documents: a filter that matches all of them is said by `everything`. */
export function authoriseFilterOfMany(
  filter: unknown,
  trusted: InertObject,
  collation: unknown,
  context: PlanContext,
): AuthorisedFilter {
  const { policy, site } = context;
  if (filter === everything) return withDemands(emptyDocument(), trusted, site);
  const whole = payloadIn(filter);
  return whole === undefined
    ? withDemands(parseCallers(filter, callerRulesOfMany(policy), collation, context), trusted, site)
    : demanded(parseFilter(whole.value, TRUSTED_RULES_OF_MANY, site), trusted, site);
}

/** A filter of the program's own: from `options.trusted`, or in the place of the argument. */
export function parseTrustedFilter(filter: Inert, site: Site): Emitted {
  return parseFilter(payloadIn(filter)?.value ?? filter, TRUSTED_RULES, site);
}

function parseCallers(filter: unknown, rules: FilterRules, collation: unknown, { policy, site }: PlanContext): Emitted {
  const callers = parseFilter(filter, rules, site);
  refuseLooseId(callers, collation, policy, site);
  return callers;
}

/** The caller's filter, and with it the program's own: both have to hold. */
function withDemands(callers: Emitted, trusted: InertObject, site: Site): AuthorisedFilter {
  return { whole: both(callers, trusted, site), callers };
}

/** The whole filter is the program's own, so nothing of it is the caller's. */
function demanded(own: Emitted, trusted: InertObject, site: Site): AuthorisedFilter {
  return { whole: both(own, trusted, site), callers: EMPTY };
}

function both(filter: Emitted, { filter: trustedFilter }: InertObject, site: Site): Emitted {
  return trustedFilter === undefined ? filter : emit('$and', [filter, parseTrustedFilter(trustedFilter, site)]);
}
