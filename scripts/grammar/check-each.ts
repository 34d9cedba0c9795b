import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { changeNames, type Change } from './change-names.ts';
import { ChangedSource } from './compile-changed.ts';
import type { List } from './lists.ts';

const SOURCE = resolve(import.meta.dirname, '../../src');

export const SIDES = ['grammar', 'guard', 'types'] as const;
export const CHANGES = ['delete', 'add'] as const;

/** A name that is in no list. */
const ADDED = '$added';

/** One change of one list, and the first error that the compiler reports. */
export interface Outcome {
  readonly list: string;
  readonly side: (typeof SIDES)[number];
  readonly change: Change;
  readonly error: string | undefined;
}

/** Deletes and adds one name on each side of each list, one change at a time, and compiles the source after each change. */
export function checkLists(lists: readonly List[]): readonly Outcome[] {
  const source = new ChangedSource();
  return lists.flatMap((list) => SIDES.flatMap((side) => CHANGES.flatMap((change) => outcomeOf(list, side, change))));

  function outcomeOf(list: List, side: Outcome['side'], change: Change): readonly Outcome[] {
    const place = list[side];
    if (place === undefined) return [];
    const { text } = changeNames(readFileSync(join(SOURCE, place.file), 'utf8'), place.name, change, ADDED);
    return [{ list: list.grammar.name, side, change, error: source.firstError(place.file, text) }];
  }
}
