/** Replaces the keys of a document that is used as a map. */
export const ANY_KEY = '*';

/** Keys that are data and not names: ids, numbers, dates, mail addresses. They are values, so they are not stored. */
const DATA_KEY =
  /^(?:\d+|[\da-f]{24}|[\da-f]{32,}|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|\d{4}-\d\d(?:-\d\d.*)?|.*@.*|.{64,})$/i;

export function segmentOf(key: string): string {
  return DATA_KEY.test(key) || key === '' || key.includes('.') ? ANY_KEY : key;
}
