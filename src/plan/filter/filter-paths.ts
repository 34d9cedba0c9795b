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
    if (VALUES.has(key)) continue;
    if (!key.startsWith('$')) paths.add(`${prefix}${key}`);
    if (key.startsWith('$') || !isWholeValue(value))
      collect(value, key.startsWith('$') ? prefix : `${prefix}${key}.`, paths);
  }
}

/** Operators that take values: the keys of a whole `_id` and of GeoJSON are no paths. */
const VALUES: ReadonlySet<string> = new Set(['$eq', '$in', '$geometry']);

/** Whether a value at a path is a document that is compared as a whole, and not the operators at the path. */
export function isWholeValue(value: unknown): value is Emitted {
  return isDocument(value) && Object.keys(value).some((key) => !key.startsWith('$'));
}
