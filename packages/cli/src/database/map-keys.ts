import { isRandom } from '../sensitive/randomness.ts';

/** Replaces the keys of a document that is used as a map. */
export const ANY_KEY = '*';

/**
 * Keys that are data and not names: ids, numbers, dates, mail addresses, telephone numbers, names of people (with spaces), addresses of
 * any kind. They are values, so they are not stored.
 */
const DATA_KEY =
  /^(?:\d+|[\da-f]{24}|[\da-f]{32,}|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|\d{4}-\d\d(?:-\d\d.*)?|.{64,})$|[\s@+/:.\p{C}]|\d{5}/iu;

export function segmentOf(key: string): string {
  return key === '' || DATA_KEY.test(key) || isRandom(key) ? ANY_KEY : key;
}

interface Limits {
  /** With fewer different keys, they may be the names of optional fields. */
  readonly fewest: number;
  /** The share of documents that have a key, on average. Names are in more. */
  readonly share: number;
}

export const OF_BRANCH: Limits = { fewest: 8, share: 0.25 };
/** Some keys of the same document are data by their form. */
export const OF_MIXED: Limits = { fewest: 1, share: 0.25 };
/** A whole document may have many optional fields. */
export const OF_ROOT: Limits = { fewest: 64, share: 0.05 };

/** One key of a document, with the number of documents that have it. */
export interface KeyFacts {
  readonly documents: number;
  /** The types of its values, as one text. */
  readonly types: string;
}

/**
 * Whether the keys of a document are data, such as user names: there are many, each is in few documents, and their values have the same
 * types. Optional fields have values of different types, or are in more documents.
 */
export function isMap(keys: readonly KeyFacts[], documents: number, { fewest, share }: Limits): boolean {
  if (keys.length < fewest || documents === 0) return false;
  const mean = keys.reduce((sum, key) => sum + key.documents, 0) / keys.length;
  if (mean / documents >= share) return false;
  const counts = new Map<string, number>();
  for (const { types } of keys) counts.set(types, (counts.get(types) ?? 0) + 1);
  return Math.max(...counts.values()) >= keys.length * 0.8;
}
