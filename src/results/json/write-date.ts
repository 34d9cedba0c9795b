import type { JsonBuffer } from './json-buffer.ts';

const [ZERO, COLON, POINT, LETTER_Z, QUOTE] = [...Buffer.from('0:.Z"')] as [number, number, number, number, number];
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The dates of the years 1970 to 9999, whose days are counted from the epoch. */
const END_OF_YEAR_9999 = 253_402_300_800_000;
const DATE_LENGTH = 12;
const TIME_LENGTH = 14;
const DAYS_KEPT = 4096;

/** The days that were written before: `"2024-02-29T`. The same few days come again and again. */
const days = new Map<number, Buffer>();

/** Writes a date as `JSON.stringify` does: an ISO string, or `null` for a date beyond JavaScript's range. */
export function writeDate(out: JsonBuffer, time: number): void {
  if (!(time >= 0 && time < END_OF_YEAR_9999)) return out.text(JSON.stringify(new Date(time)));
  const day = Math.floor(time / DAY);
  const rest = time - day * DAY;
  out.raw(dayOf(day));
  const target = out.reserve(TIME_LENGTH);
  let at = out.length;
  at = writeDigits(target, at, Math.floor(rest / HOUR), 2, COLON);
  at = writeDigits(target, at, Math.floor(rest / MINUTE) % 60, 2, COLON);
  at = writeDigits(target, at, Math.floor(rest / SECOND) % 60, 2, POINT);
  at = writeDigits(target, at, rest % SECOND, 3, LETTER_Z);
  target[at] = QUOTE;
  out.length = at + 1;
}

function dayOf(day: number): Buffer {
  let text = days.get(day);
  if (text === undefined) {
    if (days.size >= DAYS_KEPT) days.clear();
    days.set(day, (text = Buffer.from(JSON.stringify(new Date(day * DAY)).slice(0, DATE_LENGTH))));
  }
  return text;
}

/** Writes so many digits and a character after them. */
function writeDigits(target: Buffer, at: number, value: number, count: number, after: number): number {
  let rest = value;
  for (let index = at + count - 1; index >= at; index -= 1) {
    target[index] = ZERO + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  target[at + count] = after;
  return at + count + 1;
}
