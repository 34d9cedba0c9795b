/** The length of a sealed id as text. */
export const OPAQUE_LENGTH = 22;

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
const SIX_BITS = 0x3f;

/** The two characters for each number of twelve bits. A look-up for two characters takes half of the time of two. */
const FIRST = Uint8Array.from({ length: 4096 }, (_, bits) => ALPHABET[bits >> 6] as number);
const SECOND = Uint8Array.from({ length: 4096 }, (_, bits) => ALPHABET[bits & SIX_BITS] as number);

/**
 * Writes the base64url text of a block of 16 bytes. Node's own encoding has to be called once for each id, which takes longer than the
 * encoding itself.
 */
export function writeOpaqueText(target: Uint8Array, at: number, block: Uint8Array, from: number): void {
  let next = at;
  let source = from;
  for (let group = 0; group < 5; group += 1) {
    const one = block[source] as number;
    const two = block[source + 1] as number;
    const three = block[source + 2] as number;
    const high = (one << 4) | (two >> 4);
    const low = ((two & 0x0f) << 8) | three;
    target[next] = FIRST[high] as number;
    target[next + 1] = SECOND[high] as number;
    target[next + 2] = FIRST[low] as number;
    target[next + 3] = SECOND[low] as number;
    source += 3;
    next += 4;
  }
  const last = (block[source] as number) << 4;
  target[next] = FIRST[last] as number;
  target[next + 1] = SECOND[last] as number;
}

/** The base64url texts of blocks of 16 bytes. They are parts of one text, which is made at once. */
export function opaqueTexts(blocks: Uint8Array, count: number): string {
  const bytes = Buffer.allocUnsafe(count * OPAQUE_LENGTH);
  for (let index = 0; index < count; index += 1) writeOpaqueText(bytes, index * OPAQUE_LENGTH, blocks, index * 16);
  return bytes.toString('latin1');
}
