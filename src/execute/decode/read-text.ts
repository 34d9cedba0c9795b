import { malformed } from './decode-fault.ts';

const REPLACEMENT = '\ufffd';
const strict = new TextDecoder('utf-8', { fatal: true });

/** The text between two places. What is not UTF-8 ends the read; without `validates` it is replaced, as in the driver. */
export function readText(bytes: Buffer, at: number, end: number, validates: boolean): string {
  const text = bytes.toString('utf8', at, end);
  if (validates && text.includes(REPLACEMENT)) requireUtf8(bytes.subarray(at, end));
  return text;
}

/** A replacement character may have been stored as such. */
function requireUtf8(bytes: Uint8Array): void {
  try {
    strict.decode(bytes);
  } catch {
    malformed('a text is not UTF-8');
  }
}
