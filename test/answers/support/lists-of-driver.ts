import { createRequire } from 'node:module';

import type { AnswerList } from './answer-list.ts';

/** The driver that the known answers were written with. */
const WRITTEN_WITH = '7.9.';

/**
 * Lists with answers that the driver or its BSON decides: the commands for the next batches, the order in which a `Long` is printed, the indexes of the ids
 * that an unordered bulk inserted.
 */
const DECIDED_BY_DRIVER: readonly string[] = [
  'bulks',
  'crowds',
  'damaged',
  'decoding',
  'driver-options',
  'live',
  'results',
  'sessions',
];

/** The lists whose answers hold with the installed driver. */
export function listsOfDriver(lists: readonly AnswerList[]): readonly AnswerList[] {
  const unknown = DECIDED_BY_DRIVER.find((name) => !lists.some((list) => list.name === name));
  if (unknown !== undefined) throw new Error(`There is no list ${unknown}.`);
  const { version } = createRequire(import.meta.url)('mongodb/package.json') as { readonly version: string };
  return version.startsWith(WRITTEN_WITH) ? lists : lists.filter(({ name }) => !DECIDED_BY_DRIVER.includes(name));
}
