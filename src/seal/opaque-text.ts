/** The length of a sealed id as text. */
export const OPAQUE_LENGTH = 22;

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
const SIX_BITS = 0x3f;
const BLOCK = 16;
/** The pairs of characters of a text. */
const PAIRS = OPAQUE_LENGTH / 2;

/** The two characters for each number of twelve bits, as they are in memory, so that both are written at once. */
const pairs = new Uint16Array(
  Uint8Array.from({ length: 2 * 4096 }, (_, index) => {
    const bits = index >> 1;
    return ALPHABET[index % 2 === 0 ? bits >> 6 : bits & SIX_BITS] as number;
  }).buffer,
);

/**
 * Writes the base64url text of a block of 16 bytes, in pairs of characters. Node's own encoding has to be called once for each id, which takes
 * longer than the encoding itself.
 */
function writePairs(target: Uint16Array, at: number, block: Uint8Array, from: number): void {
  let next = at;
  let source = from;
  for (let group = 0; group < 5; group += 1) {
    const two = block[source + 1] as number;
    target[next] = pairs[((block[source] as number) << 4) | (two >> 4)] as number;
    target[next + 1] = pairs[((two & 0x0f) << 8) | (block[source + 2] as number)] as number;
    source += 3;
    next += 2;
  }
  target[next] = pairs[(block[source] as number) << 4] as number;
}

/** The base64url texts of so many blocks of 16 bytes, one after another. */
export function opaqueTexts(blocks: Uint8Array, count: number): Buffer {
  const texts = new Uint16Array(count * PAIRS);
  for (let index = 0; index < count; index += 1) writePairs(texts, index * PAIRS, blocks, index * BLOCK);
  return Buffer.from(texts.buffer);
}
