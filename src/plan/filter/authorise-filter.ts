import type { Site } from '../../errors/site.ts';
import { copyInput } from '../../input/copy-input.ts';
import { everything } from '../../values/everything.ts';
import type { TrustedParts } from '../../values/trusted.ts';
import { emit, emptyDocument, isDocument, type Emitted } from '../emit.ts';
import { refuseLooseId } from './exact-ids.ts';
import { callerRules, TRUSTED_RULES } from './filter-rules.ts';
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
  const callerFilter = parseFilter(copyInput(filter, 'the filter', site), callerRules(policy), site);
  refuseLooseId(callerFilter, collation, policy, site);
  return callerFilter;
}

/** A caller's filter for a write to many documents. To match all of them, it has to be `everything`. */
export function authoriseFilterOfMany(filter: unknown, collation: unknown, context: PlanContext): Emitted {
  if (filter === everything) return emptyDocument();
  const callerFilter = authoriseFilterOfOne(filter, collation, context);
  refuseEmptyFilter(callerFilter, context.site);
  return callerFilter;
}

/** The filter of a bulk's `find()`. Whether it is for one document or many is known only with the operation. */
export type FoundFilter = Emitted | typeof everything;

/** Authorises the filter of a bulk's `find()`, once. */
export function authoriseFoundFilter(filter: unknown, context: PlanContext): FoundFilter {
  return filter === everything ? everything : authoriseFilterOfOne(filter, undefined, context);
}

/** The filter of `find()`, checked for a write of one document or of many. */
export function filterFor(found: FoundFilter, isMany: boolean, context: PlanContext): Emitted {
  if (found === everything) return (isMany ? authoriseFilterOfMany : authoriseFilterOfOne)(found, undefined, context);
  if (isMany) refuseEmptyFilter(found, context.site);
  return found;
}

/** Throws if a filter, or one inside it, has no condition. */
export function refuseEmptyFilter(filter: Emitted, site: Site): void {
  if (holdsEmpty(filter))
    site.refuse('filter_empty', 'An empty filter matches every document. If you mean that, pass `everything`.');
}

function holdsEmpty(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(holdsEmpty);
  if (!isDocument(part)) return false;
  const parts = Object.values(part);
  return parts.length === 0 || parts.some(holdsEmpty);
}

/** The caller's filter, and with it the program's own: both have to hold. */
export function withTrustedFilter(callerFilter: Emitted, { filter: trustedFilter }: TrustedParts, site: Site): Emitted {
  return trustedFilter === undefined
    ? callerFilter
    : emit('$and', [callerFilter, parseFilter(trustedFilter, TRUSTED_RULES, site)]);
}
