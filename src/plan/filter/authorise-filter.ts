import type { CallContext } from '../../errors/call-context.ts';
import { copyInput, type InputCopy } from '../../input/copy-input.ts';
import { everything } from '../../values/everything.ts';
import { payloadIn } from '../../values/trusted.ts';
import { emptyDocument, isDocument, type Emitted } from '../emit.ts';
import { boundFilter, type BoundFilter } from '../scope/bound.ts';
import { assertNoNear } from './assert-no-near.ts';
import { refuseLooseId } from './exact-ids.ts';
import { callerRules, trustedRules } from './filter-rules.ts';
import { parseFilter } from './parse-filter.ts';
import type { ParsedOptions } from '../options/parse-options.ts';
import { trustedParts, type TrustedParts } from '../options/trusted-parts.ts';
import { USED_PARTS } from '../../grammar/trusted-parts.ts';
import type { ViewPolicy } from '../../view/policy.ts';

/** An authorised argument. */
export interface ArgumentFilter {
  readonly emitted: Emitted;
  /** Whether the whole of it is the program's own, made by `trusted()`. */
  readonly isTrusted: boolean;
}

/** The filter of a read, whose `trusted` has no other part. */
export function authoriseFilter(
  filter: unknown,
  { planOptions, driverOptions }: ParsedOptions,
  call: CallContext<ViewPolicy>,
): BoundFilter {
  return withTrustedFilter(
    authoriseFilterOfOne(filter, driverOptions['collation'], call),
    trustedParts(planOptions['trusted'], USED_PARTS.read, call),
    call,
  );
}

/** The filter of a read or a write of one document: a caller's, or a trusted one in its place. */
export function authoriseFilterOfOne(
  filter: unknown,
  collation: unknown,
  call: CallContext<ViewPolicy>,
): ArgumentFilter {
  const own = payloadIn(filter);
  if (own !== undefined) return { emitted: parseFilter(own.value, trustedRules(call.policy), call), isTrusted: true };
  const emitted = parseFilter(copyInput(filter, 'the filter', call), callerRules(call.policy), call);
  refuseLooseId(emitted, collation, call.policy, call);
  return { emitted, isTrusted: false };
}

/** The filter of a write to many documents. One that matches all of them must be `everything`. */
export function authoriseFilterOfMany(
  filter: unknown,
  collation: unknown,
  call: CallContext<ViewPolicy>,
): ArgumentFilter {
  if (filter === everything) return { emitted: emptyDocument(), isTrusted: false };
  const authorised = authoriseFilterOfOne(filter, collation, call);
  refuseEmptyFilter(authorised.emitted, call);
  return authorised;
}

/** The filter of a bulk's `find()`. Whether it is for one document or many is known only with the operation. */
export type FoundFilter = ArgumentFilter | typeof everything;

/** Authorises the filter of a bulk's `find()`, once. */
export function authoriseFoundFilter(filter: unknown, call: CallContext<ViewPolicy>): FoundFilter {
  return filter === everything ? everything : authoriseFilterOfOne(filter, undefined, call);
}

/** The filter of `find()`, checked for a write of one document or of many. */
export function filterFor(found: FoundFilter, isMany: boolean, call: CallContext<ViewPolicy>): ArgumentFilter {
  if (found === everything) return (isMany ? authoriseFilterOfMany : authoriseFilterOfOne)(found, undefined, call);
  if (isMany) refuseEmptyFilter(found.emitted, call);
  return found;
}

/** Throws if a filter, or one inside it, has no condition. */
export function refuseEmptyFilter(filter: Emitted, call: CallContext): void {
  if (holdsEmpty(filter))
    call.refuse('filter_empty', 'An empty filter matches every document. If you mean that, pass `everything`.');
}

function holdsEmpty(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(holdsEmpty);
  if (!isDocument(part)) return false;
  const parts = Object.values(part);
  return parts.length === 0 || parts.some(holdsEmpty);
}

/** What an argument demands, and with it what `options.trusted` and the scope do: all of it has to hold. */
export function withTrustedFilter(
  { emitted }: ArgumentFilter,
  { filter }: TrustedParts,
  call: CallContext<ViewPolicy>,
): BoundFilter {
  const demanded = filter === undefined ? [] : [parseTrustedFilter(filter, call.policy, call)];
  return boundFilter([emitted, ...demanded], call);
}

/** A filter of the program's own, from `options.trusted`, on documents of this policy. It may be one that `trusted()` made. */
export function parseTrustedFilter(filter: InputCopy, policy: ViewPolicy, call: CallContext): Emitted {
  return parseFilter(payloadIn(filter)?.value ?? filter, trustedRules(policy), call);
}

/** The same for a filter that is sent as a stage of a pipeline. */
export function parseStageFilter(filter: InputCopy, policy: ViewPolicy, call: CallContext): Emitted {
  const emitted = parseTrustedFilter(filter, policy, call);
  assertNoNear(emitted, call);
  return emitted;
}
