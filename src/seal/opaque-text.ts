/** The length of a sealed id as text. */
export const OPAQUE_LENGTH = 22;

const ALPHABET = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
const SIX_BITS = 0x3f;
const TWELVE_BITS = 0xfff;
const BLOCK = 16;
/** The pairs of characters of a text. */
const PAIRS = OPAQUE_LENGTH / 2;

/** The two characters for each number of twelve bits, as they are in memory, so that both are written at once. */
const pairs = new Uint16Array(
  Uint8Array.from({ length: 2 * (TWELVE_BITS + 1) }, (_, index) => {
    const bits = index >> 1;
    return ALPHABET[index % 2 === 0 ? bits >> 6 : bits & SIX_BITS] as number;
  }).buffer,
);

/**
 * Writes the base64url text of a block of 16 bytes, in pairs of characters. Node's own encoding has to be called once for each id, which takes
 * longer than the encoding itself.
 */
function writePairs(target: Uint16Array, at: number, blocks: DataView, from: number): void {
  const first = blocks.getInt32(from);
  const second = blocks.getInt32(from + 4);
  const third = blocks.getInt32(from + 8);
  const fourth = blocks.getInt32(from + 12);
  target[at] = pairOf(first >>> 20);
  target[at + 1] = pairOf(first >>> 8);
  target[at + 2] = pairOf((first << 4) | (second >>> 28));
  target[at + 3] = pairOf(second >>> 16);
  target[at + 4] = pairOf(second >>> 4);
  target[at + 5] = pairOf((second << 8) | (third >>> 24));
  target[at + 6] = pairOf(third >>> 12);
  target[at + 7] = pairOf(third);
  target[at + 8] = pairOf(fourth >>> 20);
  target[at + 9] = pairOf(fourth >>> 8);
  target[at + 10] = pairOf(fourth << 4);
}

/** The pair of characters for the lower twelve bits. */
function pairOf(bits: number): number {
  return pairs[bits & TWELVE_BITS] as number;
}

/** Memory for the texts of most batches, because to make new memory takes longer than to write a hundred texts. */
const shared = new Uint16Array(2048 * PAIRS);

/** The base64url texts of so many blocks of 16 bytes, one after another. They have to be read before the next call. */
export function opaqueTexts(blocks: Uint8Array, count: number): Buffer {
  const length = count * PAIRS;
  const texts = length <= shared.length ? shared : new Uint16Array(length);
  const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.length);
  for (let index = 0; index < count; index += 1) writePairs(texts, index * PAIRS, view, index * BLOCK);
  return Buffer.from(texts.buffer, 0, 2 * length);
}
