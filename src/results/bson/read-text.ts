import { malformed } from './decode-fault.ts';

const REPLACEMENT = '\ufffd';
const strict = new TextDecoder('utf-8', { fatal: true });

/** ASCII texts of up to so many bytes are decoded here, because a call of Node's native decoder takes longer for them. */
const SHORT = 24;
const LARGEST_ASCII = 0x7f;
/** Buffers for their characters, one array for each length. They are filled, so that no setter on a prototype is called. */
const UNITS = Array.from({ length: SHORT + 1 }, (_, length) => Array.from({ length }, () => 0));

/** The text between two offsets. Invalid UTF-8 ends the read; without `validates` it is replaced, as in the driver. */
export function readText(bytes: Buffer, at: number, end: number, validates: boolean): string {
  const short = end - at > SHORT ? undefined : readAscii(bytes, at, end - at);
  if (short !== undefined) return short;
  const text = bytes.toString('utf8', at, end);
  if (validates && text.includes(REPLACEMENT)) requireUtf8(bytes.subarray(at, end));
  return text;
}

/** `undefined` if the text is not ASCII. */
function readAscii(bytes: Uint8Array, at: number, length: number): string | undefined {
  const units = UNITS[length] as number[];
  for (let index = 0; index < length; index += 1) {
    const unit = bytes[at + index] as number;
    if (unit > LARGEST_ASCII) return undefined;
    units[index] = unit;
  }
  return Reflect.apply(String.fromCharCode, undefined, units);
}

/** Throws for invalid UTF-8. A stored replacement character is valid. */
function requireUtf8(bytes: Uint8Array): void {
  try {
    strict.decode(bytes);
  } catch {
    malformed('a text is not UTF-8');
  }
}
