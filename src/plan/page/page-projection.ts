import type { CallContext } from '../../errors/call-context.ts';
import type { PlacedKey } from '../../results/bson/sort-key-reader.ts';
import { isWithin } from '../../view/path.ts';
import type { ViewPolicy } from '../../view/policy.ts';
import type { ResolvedProjection } from '../../view/resolve-projection.ts';
import { emptyDocument, type Emitted } from '../emit.ts';
import { emitLimited } from '../projection/emit-limited.ts';
import type { SortKey } from './page-sort.ts';

/** What is sent for a page, and where the answer has the values of the sort. */
interface PageProjection {
  readonly projection: Emitted;
  readonly keys: readonly PlacedKey[];
}

/**
 * The projection of a page, with the paths of the sort. The decoder reads only the projected paths, so a caller never gets the others.
 */
export function pageProjection(
  projection: ResolvedProjection,
  keys: readonly SortKey[],
  call: CallContext<ViewPolicy>,
): PageProjection {
  const sent = Object.assign(emptyDocument(), emitLimited(projection, call));
  if (sent['_id'] === 0) delete sent['_id'];
  const place = projection.limits.size === 0 ? include : compute;
  return { projection: sent, keys: keys.map(([path]) => place(sent, path)) };
}

/** The server takes no path beside one around it or below it. */
function include(sent: Emitted, path: string): PlacedKey {
  const sentPaths = Object.keys(sent);
  if (!sentPaths.some((other) => isWithin(path, other))) {
    for (const other of sentPaths) if (isWithin(other, path)) delete sent[other];
    sent[path] = 1;
  }
  return { path, segments: path.split('.') };
}

/** A projection with limits has expressions for whole fields, so the value gets a field of its own. */
function compute(sent: Emitted, path: string): PlacedKey {
  if (path === '_id') return include(sent, path);
  let name = 'sort';
  while (Object.keys(sent).some((other) => isWithin(other, name))) name += '_';
  sent[name] = `$${path}`;
  return { path, segments: [name] };
}
