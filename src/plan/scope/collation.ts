import type { CallContext } from '../../errors/call-context.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';

/** The collation that compares byte by byte. */
const SIMPLE: Emitted = Object.freeze(emit('locale', 'simple'));

/**
 * Compares the strings of a scope byte by byte. A collation compares loosely, also one that the collection has by default: with
 * `strength: 1`, `acme` would read the rows of `Acme` too.
 */
export function withScopeCollation(options: Emitted, call: CallContext): Emitted {
  return hasText(call) ? Object.freeze(Object.assign(emptyDocument(), options, { collation: SIMPLE })) : options;
}

/** The collation of one model of a bulk. */
export function scopeCollation(call: CallContext): Emitted | undefined {
  return hasText(call) ? SIMPLE : undefined;
}

/** Throws if a call with a scope of strings compares loosely. */
export function refuseLooseScope(collation: Emitted, call: CallContext): void {
  if (!hasText(call) || collation['locale'] === 'simple') return;
  call.refuse(
    'option_value',
    "The scope has a string, which must match exactly; with a collation, other scopes' rows could match too. Leave `collation` out, or use an ObjectId for the scope.",
    'collation',
  );
}

function hasText({ scope }: CallContext): boolean {
  if (scope === undefined) return false;
  for (const value of scope.values()) if (typeof value === 'string') return true;
  return false;
}
