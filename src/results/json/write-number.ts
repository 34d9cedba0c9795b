import type { JsonBuffer } from './json-buffer.ts';

const ZERO = 0x30;
const MINUS = 0x2d;
const TEN = 10;
/** The most digits of a 32-bit integer, and its sign. */
const LONGEST = 11;
const LARGEST_INT = 2 ** 31;

/** Writes a number as `JSON.stringify` does: what JSON can't hold is `null`. */
export function writeNumber(out: JsonBuffer, value: number): void {
  if (Number.isInteger(value) && value > -LARGEST_INT && value < LARGEST_INT) writeInt(out, value);
  else out.text(Number.isFinite(value) ? String(value) : 'null');
}

/** Writes an integer of 32 bits. */
export function writeInt(out: JsonBuffer, value: number): void {
  const target = out.reserve(LONGEST);
  let rest = value;
  if (rest < 0) {
    target[out.length] = MINUS;
    out.length += 1;
    rest = -rest;
  }
  const end = out.length + digitsOf(rest);
  for (let at = end - 1; at >= out.length; at -= 1) {
    target[at] = ZERO + (rest % TEN);
    rest = Math.trunc(rest / TEN);
  }
  out.length = end;
}

function digitsOf(value: number): number {
  let count = 1;
  for (let bound = TEN; value >= bound; bound *= TEN) count += 1;
  return count;
}
