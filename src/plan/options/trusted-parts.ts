import { quote } from '../../errors/quote.ts';
import type { CallContext } from '../../errors/call-context.ts';
import { TRUSTED_PARTS, USED_PARTS, type TrustedPart } from '../../grammar/trusted-parts.ts';
import { isInputObject, NO_FIELDS, type InputCopy, type InputObject } from '../../input/copy-input.ts';
import { payloadIn } from '../../values/trusted.ts';
import { bare } from '../emit.ts';

/** Each part of `options.trusted` by its name; one that was not given is `undefined`. */
export type TrustedParts = Readonly<Record<TrustedPart, InputCopy>>;

/** The parts, and whether the server would store their values unchanged. */
export interface TrustedOptions {
  readonly parts: TrustedParts;
  readonly isPlain: boolean;
}

const PARTS: ReadonlySet<string> = new Set(TRUSTED_PARTS);

const NO_PARTS: TrustedOptions = Object.freeze({ parts: partsOf(NO_FIELDS), isPlain: true });

/** The fields that the program sets in new documents. If they are plain, they need no second check. */
export interface TrustedFields {
  readonly set: InputCopy;
  readonly isPlain: boolean;
}

/** The parts of `options.trusted`. A part that the method has no use for would be dropped silently, so it is refused. */
export function trustedParts(trusted: unknown, used: readonly string[], call: CallContext): TrustedParts {
  return readTrusted(trusted, used, call).parts;
}

/** The part that an insert uses. */
export function trustedSet(trusted: unknown, call: CallContext): TrustedFields {
  const { parts, isPlain } = readTrusted(trusted, USED_PARTS.insert, call);
  return { set: parts.set, isPlain };
}

/** The same, with whether its values are plain. */
export function readTrusted(trusted: unknown, used: readonly string[], call: CallContext): TrustedOptions {
  if (trusted === undefined) return NO_PARTS;
  const payload = payloadIn(trusted);
  if (payload === undefined)
    return call.refuse('trusted_invalid', '`options.trusted` must be a value made by trusted().', 'trusted');
  const { value: parts, isPlain } = payload;
  if (!isInputObject(parts))
    return call.refuse(
      'argument_invalid',
      `In \`options.trusted\`, trusted() takes an object with ${used.join(', ')}, not an array.`,
      'trusted',
    );
  const surplus = Object.keys(parts).find((part) => !used.includes(part));
  if (surplus === undefined) return { parts: partsOf(parts), isPlain };
  const what = PARTS.has(surplus)
    ? `This method does not use ${quote(surplus)} in \`trusted\`; it takes ${used.join(', ')}.`
    : `${quote(surplus)} is not a part of \`options.trusted\`; it takes ${used.join(', ')}. A whole filter, update or document goes in the place of the argument itself.`;
  return call.refuse('argument_invalid', what, 'trusted');
}

function partsOf({ filter, joins, set, update, arrayFilters }: InputObject): TrustedParts {
  const byName = { filter, joins, set, update, arrayFilters } satisfies TrustedParts;
  return Object.freeze(bare(byName));
}
