import { BSON } from 'mongodb';

import { VALUES } from './values.ts';

/** A value that no honest caller passes. */
export interface Hostile {
  readonly name: string;
  readonly reason: string;
  make(): unknown;
}

export interface Huge {
  readonly name: string;
  /** The size of the input. */
  readonly bytes: number;
  make(): unknown;
}

/** All values of the table of values that no place takes, and some that only look like data. */
export const HOSTILE: readonly Hostile[] = VALUES.filter(({ group }) =>
  ['never', 'object', 'operator without op()', 'mark', 'array of arrays'].includes(group),
).map(({ name, make }) => ({ name, make, reason: 'is refused or harmless' }));

const MEGABYTE = 1_000_000;

function huge(name: string, make: () => object): Huge {
  return { name, make, bytes: sizeOf(make()) };
}

/** The size as BSON, or what the text alone takes. */
function sizeOf(value: object): number {
  return Math.max(BSON.calculateObjectSize(Array.isArray(value) ? { value } : value), MEGABYTE);
}

export const HUGE: readonly Huge[] = [
  huge('a key of a megabyte', () => ({ ['k'.repeat(MEGABYTE)]: 1 })),
  huge('a path of a million segments', () => ({ ['a.'.repeat(MEGABYTE / 2) + 'a']: 1 })),
  huge('100,000 keys', () => Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key_${at}`, at]))),
  huge('$or of 100,000', () => ({ $or: Array.from({ length: 100_000 }, (_, at) => ({ age: at })) })),
  huge('an array of 200,000', () => Array.from({ length: 200_000 }, (_, at) => at)),
  huge('an array of 100,000 paths', () => Array.from({ length: 100_000 }, (_, at) => `path_${at}`)),
  huge('a text of ten megabytes', () => ({ username: 'x'.repeat(10 * MEGABYTE) })),
  huge('a $set of 100,000 paths', () => ({
    $set: Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`settings.key_${at}`, at])),
  })),
  huge('100,000 stages', () => Array.from({ length: 100_000 }, () => ({ $match: { age: 1 } }))),
];
