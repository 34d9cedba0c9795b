import { append } from '../../input/append.ts';
import { OPAQUE_LENGTH } from '../../seal/opaque-text.ts';
import type { IdSealer } from '../../seal/id-sealer.ts';
import { PendingIds } from '../pending-ids.ts';
import type { JsonBuffer } from './json-buffer.ts';

const QUOTE = 0x22;

/** The places in JSON for the texts of ids, which all have the same length. They are written when the ids are sealed. */
export class PendingTexts {
  readonly #ids = new PendingIds();
  #places: number[] = [];
  /** Whether a decoder writes ids here. */
  isUsed = false;

  /** Adds an id, and leaves room for its text. */
  add(out: JsonBuffer, bytes: Uint8Array, at: number, tag: number): void {
    const target = out.reserve(OPAQUE_LENGTH + 2);
    const start = out.length;
    target[start] = QUOTE;
    target[start + OPAQUE_LENGTH + 1] = QUOTE;
    out.length = start + OPAQUE_LENGTH + 2;
    this.#ids.add(bytes, at, tag);
    append(this.#places, start + 1);
  }

  clear(): void {
    this.#ids.clear();
    this.#places = [];
  }

  finish(out: JsonBuffer, sealer: IdSealer): void {
    this.#ids.write(sealer, out.bytes, this.#places);
    this.clear();
  }
}
