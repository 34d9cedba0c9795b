import { isUtf8 } from 'node:buffer';

import { malformed } from '../bson/decode-fault.ts';
import { readText } from '../bson/read-text.ts';
import type { JsonBuffer } from './json-buffer.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;
const FIRST_PRINTABLE = 0x20;
const LARGEST_ASCII = 0x7f;
/** Texts of up to so many bytes are copied here, because a call of Node's native copy takes longer for them. */
const SHORT = 40;

/** Whether JSON writes a byte as it is. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= FIRST_PRINTABLE && byte !== QUOTE && byte !== BACKSLASH && byte <= LARGEST_ASCII ? 1 : 0,
);

/** The letter after the backslash for the bytes that have a short escape: `\n`, `\"`. */
const LETTERS: ReadonlyMap<number, number> = new Map(
  ['\b', '\t', '\n', '\f', '\r', '"', '\\'].map((text) => [text.charCodeAt(0), JSON.stringify(text).charCodeAt(2)]),
);

/** The hexadecimal digits. */
export const HEX = Buffer.from('0123456789abcdef');

/** Writes the text between two offsets as JSON. Invalid UTF-8 ends the read; without `validates` it is replaced, as in the driver. */
export function writeText(out: JsonBuffer, bytes: Buffer, at: number, end: number, validates: boolean): void {
  const size = end - at;
  const target = out.reserve(size + 2);
  let next = out.length;
  target[next++] = QUOTE;
  let position = at;
  if (size <= SHORT) {
    while (position < end && IS_PLAIN[bytes[position] as number] === 1) target[next++] = bytes[position++] as number;
  } else {
    while (position < end && IS_PLAIN[bytes[position] as number] === 1) position += 1;
    if (position === end) next += bytes.copy(target, next, at, end);
  }
  if (position < end) return writeUnusual(out, bytes, at, end, validates);
  target[next++] = QUOTE;
  out.length = next;
}

/** Writes a text that has a byte to escape, or that is not ASCII. */
function writeUnusual(out: JsonBuffer, bytes: Buffer, at: number, end: number, validates: boolean): void {
  if (!isUtf8(bytes.subarray(at, end))) {
    if (validates) return malformed('a text is not UTF-8');
    return out.text(JSON.stringify(readText(bytes, at, end, validates)));
  }
  // The longest escape is `\u0000`.
  const target = out.reserve((end - at) * 6 + 2);
  let next = out.length;
  target[next++] = QUOTE;
  for (let position = at; position < end; position += 1) {
    const byte = bytes[position] as number;
    if (byte > LARGEST_ASCII || IS_PLAIN[byte] === 1) target[next++] = byte;
    else next = escape(target, next, byte);
  }
  target[next++] = QUOTE;
  out.length = next;
}

function escape(target: Buffer, at: number, byte: number): number {
  let next = at;
  target[next++] = BACKSLASH;
  const letter = LETTERS.get(byte);
  if (letter !== undefined) {
    target[next++] = letter;
    return next;
  }
  target[next++] = LOWER_U;
  for (const digit of [0, 0, byte >> 4, byte & 15]) target[next++] = HEX[digit] as number;
  return next;
}
