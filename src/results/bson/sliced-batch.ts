import type { RawBatch } from './raw-batch.ts';
import { asBuffer } from '../result-reader.ts';

/** How many slices are asked for at once: enough to make the asking cheap, few enough to hold. */
const CHUNK = 128;

/** The slices that a driver's cursor hands out of its batch. */
interface RawCursor {
  readBufferedDocuments(number?: number): unknown[];
}

/** A batch that the driver cuts into one slice for each document. */
export class SlicedBatch implements RawBatch {
  readonly #cursor: RawCursor;
  #slices: unknown[];
  #next = 0;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(slices: unknown[], cursor: RawCursor) {
    this.#slices = slices;
    this.#cursor = cursor;
  }

  get bytes(): Buffer {
    return this.#bytes;
  }

  get start(): number {
    return 0;
  }

  get end(): number {
    return this.#bytes.length;
  }

  advance(): boolean {
    if (this.#next >= this.#slices.length) {
      this.#slices = this.#cursor.readBufferedDocuments(CHUNK);
      this.#next = 0;
    }
    if (this.#slices.length === 0) return false;
    this.#bytes = asBuffer(this.#slices[this.#next]);
    this.#slices[this.#next] = undefined;
    this.#next += 1;
    return true;
  }
}
