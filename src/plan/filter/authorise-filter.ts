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

/** The filter of a read, whose `trusted` has no other part. */
export function authoriseFilter(filter: unknown, { shaping, passed }: ParsedOptions, context: PlanContext): Emitted {
  const asked = authoriseFilterOfOne(filter, passed['collation'], context);
  return withDemanded(asked, trustedParts(shaping['trusted'], USED_PARTS.read, context.site), context.site);
}

/** A caller's filter, for a read or a write of one document. */
export function authoriseFilterOfOne(filter: unknown, collation: unknown, { policy, site }: PlanContext): Emitted {
  const asked = parseFilter(filter, callerRules(policy), site);
  refuseLooseId(asked, collation, policy, site);
  return asked;
}

/** A caller's filter of a write to many documents: one that matches all of them is said by `everything`. */
export function authoriseFilterOfMany(filter: unknown, collation: unknown, { policy, site }: PlanContext): Emitted {
  if (filter === everything) return emptyDocument();
  const asked = parseFilter(filter, callerRulesOfMany(policy), site);
  refuseLooseId(asked, collation, policy, site);
  return asked;
}

/** The caller's filter, and with it the program's own: both have to hold. */
export function withDemanded(asked: Emitted, { filter: demanded }: InertObject, site: Site): Emitted {
  return demanded === undefined ? asked : emit('$and', [asked, parseFilter(demanded, TRUSTED_RULES, site)]);
}
