import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { NO_FIELDS, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { payloadIn, type TrustedPayload } from '../../values/trusted.ts';
import { USED_PARTS } from '../../grammar/trusted-parts.ts';

const NO_PARTS: TrustedPayload = Object.freeze({ parts: NO_FIELDS, isPlain: true });

/** What the program sets in new documents. One that is plain needs no second look. */
export interface TrustedFields {
  readonly set: InputCopy;
  readonly isPlain: boolean;
}

/** The parts of `options.trusted`. A part that the method has no use for would be dropped silently, so it is refused. */
export function trustedParts(trusted: unknown, used: readonly string[], site: Site): InputObject {
  return payloadFor(trusted, used, site).parts;
}

/** The one part that an insert has a use for. */
export function trustedSet(trusted: unknown, site: Site): TrustedFields {
  const { parts, isPlain } = payloadFor(trusted, USED_PARTS.insert, site);
  return { set: parts['set'], isPlain };
}

function payloadFor(trusted: unknown, used: readonly string[], site: Site): TrustedPayload {
  if (trusted === undefined) return NO_PARTS;
  const payload = payloadIn(trusted);
  if (payload === undefined)
    return site.refuse('trusted_invalid', '`options.trusted` must be a value made by trusted().', 'trusted');
  const surplus = Object.keys(payload.parts).find((part) => !used.includes(part));
  if (surplus !== undefined)
    return site.refuse(
      'argument_invalid',
      `This method does not use ${quote(surplus)} in \`trusted\`; it takes ${used.join(', ')}.`,
      'trusted',
    );
  return payload;
}
