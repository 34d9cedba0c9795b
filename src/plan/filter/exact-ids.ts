import type { CallContext } from '../../errors/call-context.ts';
import { isIdPublic, type ViewPolicy } from '../../view/policy.ts';
import { isDocument, type Emitted } from '../emit.ts';

/**
 * Throws if a collation would make a caller's match of a non-public `_id` inexact: with `strength: 1`, a string also matches ids that
 * differ in case or accents. Collations affect only strings, so ids of other types are always matched exactly.
 */
export function refuseLooseId(filter: Emitted, collation: unknown, policy: ViewPolicy, call: CallContext): void {
  if (isLooseCollation(collation)) refuseTextId(filter, policy, call);
}

/**
 * The same for a join by a non-public `_id`. A view does not know the type of an id at run time, so such a join is refused for all
 * types.
 */
export function refuseLooseJoin(
  key: string,
  collation: unknown,
  policy: ViewPolicy,
  view: string,
  call: CallContext,
): void {
  if (key === '_id' && isLooseCollation(collation) && !isIdPublic(policy)) refuseJoin(view, call);
}

/** Whether a collation compares inexactly. `simple` compares byte by byte, as the server does without a collation. */
export function isLooseCollation(collation: unknown): boolean {
  return isDocument(collation) && collation['locale'] !== 'simple';
}

function refuseTextId(filter: Emitted, policy: ViewPolicy, call: CallContext): void {
  if (isIdPublic(policy) || !comparesText(filter)) return;
  refuseCollation(
    "'_id' is not public in this view, so it must match exactly; a collation would match other ids too.",
    call,
  );
}

function comparesText(filter: Emitted): boolean {
  return Object.entries(filter).some(([key, value]) =>
    key === '_id' ? holdsText(value) : key.startsWith('$') && Array.isArray(value) && value.some(comparesText),
  );
}

function holdsText(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsText);
  return typeof value === 'string' || (isDocument(value) && Object.values(value).some(holdsText));
}

function refuseJoin(view: string, call: CallContext): never {
  return refuseCollation(
    `'_id' is not public in ${view}, so a join must compare it exactly; a collation would join other documents too.`,
    call,
  );
}

function refuseCollation(why: string, call: CallContext): never {
  return call.refuse('option_value', `${why} Leave \`collation\` out, or make '_id' public.`, 'collation');
}
