import { quote } from '../errors/quote.ts';
import type { Site } from '../errors/site.ts';
import type { InertObject } from '../inert/snapshot.ts';
import { payloadIn } from '../marks/trusted.ts';
import { EMPTY } from './emit.ts';

/** The parts of `options.trusted`. A part that the method has no use for would be dropped silently, so it is refused. */
export function trustedParts(trusted: unknown, used: readonly string[], site: Site): InertObject {
  if (trusted === undefined) return EMPTY;
  const parts = payloadIn(trusted);
  if (parts === undefined) return site.refuse('trusted_forged', '`options.trusted` takes what trusted() made, and nothing else.', 'trusted');
  const surplus = Object.keys(parts).find((part) => !used.includes(part));
  if (surplus !== undefined) return site.refuse('argument', `This method has no use for ${quote(surplus)} in \`trusted\`; it takes ${used.join(', ')}.`, 'trusted');
  return parts;
}
