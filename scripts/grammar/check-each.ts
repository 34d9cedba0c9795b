import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { changeNames, type Change } from './change-names.ts';
import { compileChanged } from './compile-changed.ts';
import type { List } from './lists.ts';

const SOURCE = resolve(import.meta.dirname, '../../src');

export const SIDES = ['grammar', 'guard', 'types'] as const;
export const CHANGES = ['delete', 'add'] as const;

/** One change of one list, and whether the compiler reports it. */
export interface Outcome {
  readonly list: string;
  readonly side: (typeof SIDES)[number];
  readonly change: Change;
  readonly isNoticed: boolean;
}

/**
 * Deletes and adds one name on each side of each list. All lists are changed at once, one side at a time, so the compiler runs only
 * six times. A change counts as noticed if an error in a file of the list contains the name. If several names in one place are
 * wrong, the compiler may report only one, so each change that was not noticed is tried again by itself.
 */
export async function checkLists(lists: readonly List[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const side of SIDES) {
    for (const change of CHANGES) {
      for (const outcome of await changeSide(lists, side, change)) {
        const list = lists.find(({ grammar }) => grammar.name === outcome.list);
        outcomes.push(
          ...(outcome.isNoticed || list === undefined ? [outcome] : await changeSide([list], side, change)),
        );
      }
    }
  }
  return outcomes;
}

async function changeSide(lists: readonly List[], side: Outcome['side'], change: Change): Promise<readonly Outcome[]> {
  const texts = new Map<string, string>();
  const changed: { readonly list: List; readonly name: string }[] = [];
  for (const [index, list] of lists.entries()) {
    const place = list[side];
    if (place === undefined) continue;
    const text = texts.get(place.file) ?? (await readFile(join(SOURCE, place.file), 'utf8'));
    const after = changeNames(text, place.name, change, `$added${index}x`);
    texts.set(place.file, after.text);
    changed.push({ list, name: after.name });
  }
  const errors = await compileChanged(texts);
  return changed.map(({ list, name }) => {
    const files = filesOf(list);
    const isNoticed = errors.some(({ file, text }) => files.includes(file) && text.includes(name));
    return { list: list.grammar.name, side, change, isNoticed };
  });
}

function filesOf({ grammar, guard, types, seenIn = [] }: List): readonly string[] {
  return [grammar, guard, types].flatMap((place) => (place === undefined ? [] : [place.file])).concat(seenIn);
}
