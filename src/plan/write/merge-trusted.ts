import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isInertObject, type InertObject } from '../../inert/snapshot.ts';
import { emptyDocument, type Emitted } from '../emit.ts';

/**
 * A new document of a caller's fields and of those that the program sets. A path in both is an error, and an array belongs
 * to one of them whole: merging elements would let a caller choose which private value stands beside its own.
 */
export function mergeTrusted(asked: InertObject, set: InertObject | undefined, site: Site, prefix = ''): Emitted {
  const merged = Object.assign(emptyDocument(), asked);
  if (set === undefined) return merged;
  for (const key of Object.keys(set)) {
    const path = `${prefix}${key}`;
    const [other, value] = [asked[key], set[key]];
    if (!Object.hasOwn(asked, key)) merged[key] = value;
    else if (isInertObject(other) && isInertObject(value)) merged[key] = mergeTrusted(other, value, site, `${path}.`);
    else site.refuse('write_conflict', `${quote(path)} is in the input and in \`trusted\`: a path is set by one of them.`, path);
  }
  return merged;
}
