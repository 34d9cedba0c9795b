import type { StoredValue } from '../../results/bson/sort-position.ts';
import { emit, emptyDocument, type Emitted } from '../emit.ts';
import { beyond, sameAs } from './beyond.ts';
import type { PagePosition } from './page-cursor.ts';
import { turned, type SortKey } from './page-sort.ts';

/**
 * The condition of the documents after a place: beyond its document at the first path, or equal there and beyond it at the next one,
 * and so on. Backwards it is of the documents before the place. The document itself is on one of the two sides. Each alternative is a
 * document of its own, so that the server can walk an index for each and merge them in order.
 */
export function pageCondition(keys: readonly SortKey[], position: PagePosition, backwards: boolean): Emitted {
  const { values, side } = position;
  const alternatives: Emitted[] = [];
  const same: Emitted[] = [];
  for (const [index, [path, direction]] of keys.entries()) {
    const value = values[index] as StoredValue;
    for (const condition of beyond(path, value, turned(direction, backwards)))
      alternatives.push(together([...same, condition]));
    same.push(sameAs(path, value));
  }
  const isIncluded = side === (backwards ? 'after' : 'before');
  if (isIncluded) alternatives.push(together(same));
  // Nothing is beyond the largest key; the server takes no empty $or.
  return alternatives.length > 0 ? emit('$or', alternatives) : emit('_id', emit('$in', []));
}

/** Conditions of different paths as one document. */
function together(conditions: readonly Emitted[]): Emitted {
  return Object.assign(emptyDocument(), ...conditions) as Emitted;
}
