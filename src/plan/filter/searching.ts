import { emit, type Emitted } from '../emit.ts';

/** The emitted filters that search a text index. */
const searching = new WeakSet<Emitted>();

/** Notes that a filter searches a text index. The parser does so, and whatever puts parsed filters together. */
export function noteSearch(filter: Emitted): void {
  searching.add(filter);
}

/** Whether a filter searches a text index. */
export function searchesText(filter: Emitted): boolean {
  return searching.has(filter);
}

/** A filter that demands all of these, as `$and`. */
export function allOf(filters: readonly Emitted[]): Emitted {
  const joined = emit('$and', filters);
  if (filters.some(searchesText)) noteSearch(joined);
  return joined;
}
