import { ID_BLOCK, ID_LENGTH, type IdSealer } from '../seal/id-sealer.ts';
import { OPAQUE_LENGTH, OPAQUE_STRIDE, opaqueTexts } from '../seal/opaque-text.ts';

/** Room for the ids of a piece of a batch. It is made for the first id, because most shapes have none. */
const FIRST_COUNT = 256;

const NOTHING = Buffer.alloc(0);

/**
 * Ids that were decoded and are sealed together, because one call of the cipher for many takes a fraction of a call for each. They are sealed
 * before other code runs, so a decoder needs only one of these.
 */
export class PendingIds {
  #blocks: Buffer = NOTHING;
  /** Views of the blocks and of the bytes that ids are read from, because four bytes at once take a third of the time of each by itself. */
  #view: DataView = new DataView(NOTHING.buffer, 0, 0);
  #source: Uint8Array = NOTHING;
  #sourceView: DataView = this.#view;
  #count = 0;

  /** Adds the id at an offset. Returns its number. */
  add(bytes: Uint8Array, at: number, tag: number): number {
    const number = this.#count;
    const from = number * ID_BLOCK;
    if (from + ID_BLOCK > this.#blocks.length) this.#grow();
    if (bytes !== this.#source) this.#readFrom(bytes);
    const source = this.#sourceView;
    const view = this.#view;
    view.setInt32(from, source.getInt32(at));
    view.setInt32(from + 4, source.getInt32(at + 4));
    view.setInt32(from + 8, source.getInt32(at + 8));
    view.setInt32(from + ID_LENGTH, tag);
    this.#count = number + 1;
    return number;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Forgets the ids and the bytes they are from. */
  clear(): void {
    this.#count = 0;
    this.#source = NOTHING;
  }

  /** The texts of all, as a look-up by number. */
  texts(sealer: IdSealer): (number: number) => string {
    // One text for all, of which each id is a part.
    const text = this.#seal(sealer);
    return (number) => text.slice(number * OPAQUE_STRIDE, number * OPAQUE_STRIDE + OPAQUE_LENGTH);
  }

  /** Writes the text of each to its offset. */
  write(sealer: IdSealer, target: Uint8Array, places: readonly number[]): void {
    const texts = Buffer.from(this.#seal(sealer), 'latin1');
    for (let number = 0; number < this.#count; number += 1) {
      const from = number * OPAQUE_STRIDE;
      const at = places[number] as number;
      for (let index = 0; index < OPAQUE_LENGTH; index += 1) target[at + index] = texts[from + index] as number;
    }
  }

  #seal(sealer: IdSealer): string {
    return opaqueTexts(sealer.sealAll(this.#blocks.subarray(0, this.#count * ID_BLOCK)), this.#count);
  }

  #readFrom(bytes: Uint8Array): void {
    this.#source = bytes;
    this.#sourceView = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  #grow(): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(FIRST_COUNT * ID_BLOCK, this.#blocks.length * 2));
    this.#blocks.copy(larger);
    this.#blocks = larger;
    this.#view = new DataView(larger.buffer);
  }
}
