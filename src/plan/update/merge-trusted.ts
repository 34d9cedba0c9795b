import { quote } from '../../errors/quote.ts';
import type { Site } from '../../errors/site.ts';
import { isInertObject, type Inert, type InertObject } from '../../input/snapshot.ts';
import { emptyDocument, type Emitted } from '../emit.ts';

/**
 * Merges a caller's fields and the program's into a new document. A path in both is an error. An array comes entirely from one of
 * them: if elements were merged, a caller could choose which private value is next to its own.
 */
export function mergeTrusted(input: InertObject, set: InertObject, site: Site, prefix = ''): Emitted {
  const merged = Object.assign(emptyDocument(), input);
  for (const key of Object.keys(set)) {
    merged[key] = Object.hasOwn(input, key) ? mergeField(input[key], set[key], `${prefix}${key}`, site) : set[key];
  }
  return merged;
}

function mergeField(input: Inert, set: Inert, path: string, site: Site): Emitted {
  if (isInertObject(input) && isInertObject(set)) return mergeTrusted(input, set, site, `${path}.`);
  return site.refuse(
    'write_conflict',
    `${quote(path)} is in the input and in \`trusted\`: only one of them may set it.`,
    path,
  );
}
