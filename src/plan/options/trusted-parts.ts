import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import type { InputCopy } from '../../input/copy-input.ts';
import { NO_PARTS, payloadIn, type TrustedParts, type TrustedPayload } from '../../values/trusted.ts';
import { TRUSTED_PARTS, USED_PARTS } from '../../grammar/trusted-parts.ts';

/** The fields that the program sets in new documents. If they are plain, they need no second check. */
export interface TrustedFields {
  readonly set: InputCopy;
  readonly isPlain: boolean;
}

/** The parts of `options.trusted`. A part that the method has no use for would be dropped silently, so it is refused. */
export function trustedParts(trusted: unknown, used: readonly string[], site: Site): TrustedParts {
  return payloadFor(trusted, used, site).parts;
}

/** The part that an insert uses. */
export function trustedSet(trusted: unknown, site: Site): TrustedFields {
  const { parts, isPlain } = payloadFor(trusted, USED_PARTS.insert, site);
  return { set: parts.set, isPlain };
}

function payloadFor(trusted: unknown, used: readonly string[], site: Site): TrustedPayload {
  if (trusted === undefined) return NO_PARTS;
  const payload = payloadIn(trusted);
  if (payload === undefined)
    return site.refuse('trusted_invalid', '`options.trusted` must be a value made by trusted().', 'trusted');
  const surplus = TRUSTED_PARTS.find((part) => payload.parts[part] !== undefined && !used.includes(part));
  if (surplus !== undefined)
    return site.refuse(
      'argument_invalid',
      `This method does not use ${quote(surplus)} in \`trusted\`; it takes ${used.join(', ')}.`,
      'trusted',
    );
  return payload;
}
