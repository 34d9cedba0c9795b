import { malformed } from './decode-fault.ts';

const REPLACEMENT = '\ufffd';
const strict = new TextDecoder('utf-8', { fatal: true });

/** Texts of so many bytes are read here where they are ASCII: Node.js goes to native code for each, which costs more than the text. */
const SHORT = 24;
const LARGEST_ASCII = 0x7f;
/** Where their characters are gathered: an array for each length. Full from the beginning, so that no setter on a prototype is met. */
const UNITS = Array.from({ length: SHORT + 1 }, (_, length) => Array.from({ length }, () => 0));

/** The text between two places. What is not UTF-8 ends the read; without `validates` it is replaced, as in the driver. */
export function readText(bytes: Buffer, at: number, end: number, validates: boolean): string {
  const short = end - at > SHORT ? undefined : readAscii(bytes, at, end - at);
  if (short !== undefined) return short;
  const text = bytes.toString('utf8', at, end);
  if (validates && text.includes(REPLACEMENT)) requireUtf8(bytes.subarray(at, end));
  return text;
}

/** `undefined` where there is more than ASCII. */
function readAscii(bytes: Uint8Array, at: number, length: number): string | undefined {
  const units = UNITS[length] as number[];
  for (let index = 0; index < length; index += 1) {
    const unit = bytes[at + index] as number;
    if (unit > LARGEST_ASCII) return undefined;
    units[index] = unit;
  }
  return Reflect.apply(String.fromCharCode, undefined, units);
}

/** A replacement character may have been stored as such. */
function requireUtf8(bytes: Uint8Array): void {
  try {
    strict.decode(bytes);
  } catch {
    malformed('a text is not UTF-8');
  }
}
