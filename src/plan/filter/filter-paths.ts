import { isDocument, type Emitted } from '../emit.ts';

/** The distinct paths of an emitted filter, in their order, without values. */
export function filterPaths(filter: Emitted): readonly string[] {
  const paths = new Set<string>();
  collect(filter, '', paths);
  return [...paths];
}

/** Collects the paths of a filter, or of the operators at one path: `prefix` is that path with a dot. */
function collect(part: unknown, prefix: string, paths: Set<string>): void {
  if (Array.isArray(part)) for (const element of part) collect(element, prefix, paths);
  if (!isDocument(part)) return;
  for (const [key, value] of Object.entries(part)) {
    // The keys of GeoJSON are no paths.
    if (key === '$geometry') continue;
    if (!key.startsWith('$')) paths.add(`${prefix}${key}`);
    collect(value, key.startsWith('$') ? prefix : `${prefix}${key}.`, paths);
  }
}
