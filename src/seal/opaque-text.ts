/** The length of a sealed id as text. */
export const OPAQUE_LENGTH = 22;
/** From one text to the next, if many are one text. */
export const OPAQUE_STRIDE = 24;

const BLOCK = 16;
/**
 * Base64 makes four characters of three bytes. With two bytes of zero after it, a block fills its characters, so that Node encodes all blocks
 * in one call. The text of a block by itself is the same without the last two.
 */
const SPACED_BLOCK = 18;

/** Memory for most batches, because to make new memory takes longer than to encode a hundred blocks. Nobody writes the zeros between the blocks. */
const shared = new DataView(new ArrayBuffer(2048 * SPACED_BLOCK));

/** One text with the base64url texts of so many blocks of 16 bytes: each begins at a multiple of `OPAQUE_STRIDE`. */
export function opaqueTexts(blocks: Uint8Array, count: number): string {
  const length = count * SPACED_BLOCK;
  const spaced = length <= shared.byteLength ? shared : new DataView(new ArrayBuffer(length));
  const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.length);
  for (let index = 0; index < count; index += 1) copyBlock(view, index * BLOCK, spaced, index * SPACED_BLOCK);
  return Buffer.from(spaced.buffer, 0, length).toString('base64url');
}

/** Four bytes at once take a third of the time of each by itself. */
function copyBlock(source: DataView, from: number, target: DataView, to: number): void {
  target.setInt32(to, source.getInt32(from));
  target.setInt32(to + 4, source.getInt32(from + 4));
  target.setInt32(to + 8, source.getInt32(from + 8));
  target.setInt32(to + 12, source.getInt32(from + 12));
}
