import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isBare } from '../../inert/bare.ts';
import { emptyDocument, type Emitted } from '../emit.ts';

/**
 * A caller's document together with what the program sets. A path in both is an error, and an array belongs to one of
 * them whole: merging elements would let a caller choose which private value stands beside its own.
 */
export function mergeTrusted(asked: Emitted, set: Emitted, site: Site, prefix = ''): Emitted {
  const merged = Object.assign(emptyDocument(), asked);
  for (const [key, value] of Object.entries(set)) {
    const path = `${prefix}${key}`;
    const other = asked[key];
    if (!Object.hasOwn(asked, key)) merged[key] = value;
    else if (isDocument(other) && isDocument(value)) merged[key] = mergeTrusted(other, value, site, `${path}.`);
    else site.refuse('write_conflict', `${quote(path)} is in the input and in \`trusted\`: a path is set by one of them.`, path);
  }
  return merged;
}

/** Whether an emitted value is a subdocument. BSON's own classes and arrays inherit something. */
export function isDocument(value: unknown): value is Emitted {
  return typeof value === 'object' && value !== null && isBare(value);
}
