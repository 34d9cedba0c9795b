import type { Site } from '../errors/site.ts';
import type { InertObject } from '../inert/snapshot.ts';
import { everything } from '../marks/everything.ts';
import { emit, emptyDocument, type Emitted } from './emit.ts';
import { callerRules, callerRulesOfMany, TRUSTED_RULES } from './filter-rules.ts';
import { parseFilter } from './parse-filter.ts';
import type { PlanContext } from './plan-context.ts';
import { trustedParts } from './trusted-parts.ts';

/** The filter of a read, whose `trusted` has no other part. */
export function authoriseFilter(filter: unknown, trusted: unknown, { policy, site }: PlanContext): Emitted {
  const asked = parseFilter(filter, callerRules(policy), site);
  return withDemanded(asked, trustedParts(trusted, ['filter'], site), site);
}

/** A caller's filter of a write to many documents: one that matches all of them is said by `everything`. */
export function authoriseFilterOfMany(filter: unknown, { policy, site }: PlanContext): Emitted {
  return filter === everything ? emptyDocument() : parseFilter(filter, callerRulesOfMany(policy), site);
}

/** The caller's filter, and with it the program's own: both have to hold. */
export function withDemanded(asked: Emitted, { filter: demanded }: InertObject, site: Site): Emitted {
  return demanded === undefined ? asked : emit('$and', [asked, parseFilter(demanded, TRUSTED_RULES, site)]);
}
